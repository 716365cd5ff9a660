Describe 'Get-OpenRouterWorkspace' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $null = Connect-Sandbox $sandbox
    }

    AfterAll { Close-Sandbox $sandbox }

    It 'lists all workspaces' {
        $workspaces = Get-OpenRouterWorkspace

        $workspaces[0].GetType().FullName | Should -Be 'OpenRouter.Byok.OpenRouterWorkspace'
        $workspaces.Name | Should -Be 'Default', 'Production', 'Scratch'
        Get-Request { Get-OpenRouterWorkspace } | Should -Be 'GET /workspaces?offset=0&limit=100'
    }

    It 'finds names and slugs, with wildcards, whatever the case' {
        (Get-OpenRouterWorkspace PROD*).Slug | Should -Be 'production'
        (Get-OpenRouterWorkspace default).Name | Should -Be 'Default'
        Get-OpenRouterWorkspace nobody | Should -BeNullOrEmpty
    }

    It 'gets one by id' {
        $id = (Get-OpenRouterWorkspace production).Id

        (Get-OpenRouterWorkspace -Id $id).Name | Should -Be 'Production'
        ($id | Get-OpenRouterWorkspace).Description | Should -Be 'What customers see'
        Get-Request { Get-OpenRouterWorkspace -Id $id } | Should -Be "GET /workspaces/$id"
    }

    It 'says that an id does not exist, and goes on' {
        $good = (Get-OpenRouterWorkspace production).Id
        $missing = '11111111-2222-3333-4444-555555555555'

        $found = $missing, 'nowhere', $good |
            Get-OpenRouterWorkspace -ErrorVariable failed -ErrorAction SilentlyContinue

        $found.Id | Should -Be $good
        Assert-Failure ($failed | Where-Object TargetObject -EQ $missing) NotFound ObjectNotFound $missing
        $failed.ErrorDetails.RecommendedAction -match 'Get-OpenRouterWorkspace' | Should -Not -BeNullOrEmpty
        Assert-Refusal ($failed | Where-Object TargetObject -NE $missing) 'of a workspace nowhere'
    }

    It 'is taken by -Workspace' {
        (Get-OpenRouterByokKey -Workspace (Get-OpenRouterWorkspace prod*)).Name | Should -Contain 'Production 2'
    }

    It 'says which workspaces credentials and API keys belong to' {
        (Get-OpenRouterByokKey 'Production 2' -Workspace production | Get-OpenRouterWorkspace).Name |
            Should -Be 'Production'
        (Get-OpenRouterApiKey Assistant | Get-OpenRouterWorkspace).Name | Should -Be 'Default'
    }

    It 'goes to what lists the credentials of workspaces, each global one once' {
        $keys = Get-OpenRouterWorkspace | Get-OpenRouterByokKey

        $keys.Id | Sort-Object | Should -Be ((Get-OpenRouterByokKey -AllWorkspaces).Id | Sort-Object)
        (Get-OpenRouterWorkspace production | Get-OpenRouterByokKey).Name | Should -Contain 'Production 2'
        (Get-OpenRouterWorkspace production | Get-OpenRouterByokKey).Name | Should -Not -Contain 'Main'
    }

    It 'completes names and ids' {
        (Get-Completion 'Get-OpenRouterWorkspace p').CompletionText | Should -Be 'Production'
        (Get-Completion 'Get-OpenRouterWorkspace -Id prod').CompletionText |
            Should -Be (Get-OpenRouterWorkspace prod*).Id
    }

    It 'gives credentials, once seen, the names of their workspaces' {
        $id = (Get-OpenRouterWorkspace prod*).Id

        Get-OpenRouterByokKey 'Production 2' -Workspace $id | Format-List | Out-String -Width 120 |
            Should -Match "WorkspaceId\s+: Production \($id\)"
    }

    It 'has help' { Assert-Help Get-OpenRouterWorkspace }
}
