Describe 'Get-OpenRouterContext' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
    }

    BeforeEach {
        Disconnect-OpenRouter
        Clear-Environment
    }

    AfterAll { Close-Sandbox $sandbox }

    It 'shows nothing, and no error, where nothing is connected' {
        Get-OpenRouterContext -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -BeNullOrEmpty
    }

    It 'shows address, key label and workspace' {
        $null = Connect-Sandbox $sandbox -With @{ WorkspaceId = '11111111-2222-3333-4444-555555555555' }

        $context = Get-OpenRouterContext

        $context.GetType().FullName | Should -Be 'OpenRouter.Byok.OpenRouterSession'
        $context.BaseUri | Should -Be $sandbox.BaseUri
        $context.KeyLabel | Should -Match '^sk-or-v1-\w{3}\.\.\.\w{4}$'
        $context.WorkspaceId | Should -Be '11111111-2222-3333-4444-555555555555'
    }

    It 'shows the session that is named' {
        $ids = [guid]::NewGuid(), [guid]::NewGuid()
        $first = Connect-Sandbox $sandbox -With @{ WorkspaceId = $ids[0] }
        $null = Connect-Sandbox $sandbox -With @{ WorkspaceId = $ids[1] }

        (Get-OpenRouterContext).WorkspaceId | Should -Be "$($ids[1])"
        (Get-OpenRouterContext -Session $first).WorkspaceId | Should -Be "$($ids[0])"
    }

    It 'shows what the environment says: the management key first' {
        $env:OPENROUTER_API_KEY = $sandbox.ManagementKey
        (Get-OpenRouterContext).KeySource | Should -Be 'OPENROUTER_API_KEY'
        (Get-OpenRouterContext).BaseUri | Should -Be 'https://openrouter.ai/api/v1'

        $env:OPENROUTER_MANAGEMENT_KEY = $sandbox.ManagementKey
        $env:OPENROUTER_BASE_URL = $sandbox.BaseUri
        (Get-OpenRouterContext).KeySource | Should -Be 'OPENROUTER_MANAGEMENT_KEY'
        (Get-OpenRouterContext).BaseUri | Should -Be $sandbox.BaseUri
    }

    It 'prefers what is connected to the environment' {
        $env:OPENROUTER_MANAGEMENT_KEY = 'sk-or-v1-another'
        $null = Connect-Sandbox $sandbox

        (Get-OpenRouterContext).KeySource | Should -Be 'Parameter'
    }

    It 'refuses an unsafe address in the environment' {
        $env:OPENROUTER_MANAGEMENT_KEY = $sandbox.ManagementKey
        $env:OPENROUTER_BASE_URL = 'http://example.com'

        $failure = Get-Failure { Get-OpenRouterContext }

        Assert-Failure $failure UnsafeAddress SecurityError
        $failure | Format-List * -Force | Out-String | Should -Not -Match $sandbox.ManagementKey
    }

    It 'sends nothing, and never shows the key' {
        $null = Connect-Sandbox $sandbox

        Get-Request { Get-OpenRouterContext } | Should -BeNullOrEmpty
        Get-Speech { Get-OpenRouterContext } | Should -Not -Match $sandbox.ManagementKey
        $row = Get-OpenRouterContext | ConvertTo-Csv -NoTypeInformation | Out-String
        $row | Should -Not -Match $sandbox.ManagementKey
    }

    It 'is a list in which the defaults have names' {
        $null = Connect-Sandbox $sandbox

        Get-OpenRouterContext | Out-String -Width 120 | Should -Match "WorkspaceId\s+: the account's default"
    }

    It 'completes its parameters' {
        (Get-Completion 'Get-OpenRouterContext -Se').CompletionText | Should -Be '-Session'
    }

    It 'has help' { Assert-Help Get-OpenRouterContext }
}
