Describe 'Resolve-OpenRouterByokRoute' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $script:session = Connect-Sandbox $sandbox
        $script:account = Get-Account
    }

    AfterAll {
        Get-Account | Should -Be $account -Because 'nothing of this changes anything'
        Close-Sandbox $sandbox
    }

    It 'outputs the steps in order' {
        $steps = Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai

        $steps[0].GetType().FullName | Should -Be 'OpenRouter.Byok.ByokRouteStep'
        $steps.Step | Should -Be 1, 2, 3, 4
        $steps.Kind | Should -Be Credential, Credential, Shared, Credential
        $steps.Name | Should -Be 'Team account', 'EU data', $null, $null
        $steps.Model | Sort-Object -Unique | Should -Be 'openai/gpt-5'
    }

    It 'outputs what is out under -IncludeExcluded, each with a reason' {
        $out = Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai -IncludeExcluded |
            Where-Object { -not $_.Step }

        $out.Name | Should -Be 'Old laptop', 'Nightly eval', 'Admins'
        $out[0].Reason | Should -Be 'Disabled.'
    }

    It 'goes by the API key, the member and the workspace' {
        $key = Get-OpenRouterApiKey 'Nightly eval'
        $member = Get-OpenRouterMember mei*

        (Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai -ApiKey $key).Name | Should -Contain 'Nightly eval'
        (Resolve-OpenRouterByokRoute anthropic/claude-haiku-4.5 -Provider anthropic -User $member).Name |
            Should -Contain 'Mei, own'
        (Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai -Workspace production).Kind |
            Should -Not -Contain Shared
    }

    It 'asks nothing when the credentials come from the pipeline' {
        $keys = Get-OpenRouterByokKey

        Get-Request { $keys | Resolve-OpenRouterByokRoute openai/gpt-5 } | Should -BeNullOrEmpty
        Get-Request { @() | Resolve-OpenRouterByokRoute openai/gpt-5 } | Should -BeNullOrEmpty
    }

    It 'gives the same route to an inventory in a file: <name>' -ForEach @(
        @{ name = 'CSV'; write = { $input | Export-Csv $file -NoTypeInformation }; read = { Import-Csv $file } }
        @{
            name = 'JSON'
            write = { @($input) | ConvertTo-Json -Depth 4 | Set-Content $file }
            read = { Get-Content $file -Raw | ConvertFrom-Json }
        }
        @{ name = 'CLIXML'; write = { $input | Export-Clixml $file }; read = { Import-Clixml $file } }
    ) {
        $script:file = Join-Path $TestDrive inventory
        $keys = Get-OpenRouterByokKey
        $route = @{ Model = 'anthropic/claude-haiku-4.5'; IncludeExcluded = $true }

        $keys | & $write
        $again = & $read

        $again | Resolve-OpenRouterByokRoute @route | Out-String |
            Should -Be ($keys | Resolve-OpenRouterByokRoute @route | Out-String)
    }

    It 'judges a change before it is made' {
        $new = @{ Provider = 'openai'; Name = 'Spare'; Fallback = $true }

        (@(Get-OpenRouterByokKey) + $new | Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai)[-1].Name |
            Should -Be 'Spare'
        (Get-OpenRouterByokKey | Where-Object Name -NE 'Team account' |
            Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai)[0].Name |
            Should -Be 'EU data'
    }

    It 'refuses credentials of several workspaces unless it is told one' {
        $failure = Get-Failure { Get-OpenRouterByokKey -AllWorkspaces | Resolve-OpenRouterByokRoute openai/gpt-5 }

        Assert-Failure $failure InvalidArgument InvalidArgument
    }

    It 'refuses a name that nobody has' {
        Assert-Failure (
            Get-Failure { Resolve-OpenRouterByokRoute openai/gpt-5 -ApiKey Nobody }
        ) UnknownName ObjectNotFound 'openai/gpt-5'
    }

    It 'completes models, API keys and workspaces' {
        # What was listed is at hand, however slow the machine is.
        $null = Get-OpenRouterModel; $null = Get-OpenRouterApiKey; $null = Get-OpenRouterWorkspace

        (Get-Completion 'Resolve-OpenRouterByokRoute openai/gpt-5-').CompletionText | Should -Be 'openai/gpt-5-mini'
        (Get-Completion 'Resolve-OpenRouterByokRoute openai/gpt-5 -ApiKey Stor').CompletionText |
            Should -Be 'Storefront'
        (Get-Completion 'Resolve-OpenRouterByokRoute openai/gpt-5 -Workspace prod').CompletionText |
            Should -Be 'Production'
    }

    It 'fits a window of 80 columns' {
        Resolve-OpenRouterByokRoute anthropic/claude-sonnet-4.5 -IncludeExcluded | Out-String -Width 80 -Stream |
            ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 80 }
    }

    It 'has help' { Assert-Help Resolve-OpenRouterByokRoute }
}
