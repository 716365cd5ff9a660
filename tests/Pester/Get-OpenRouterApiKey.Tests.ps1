Describe 'Get-OpenRouterApiKey' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $null = Connect-Sandbox $sandbox
        $script:missing = '0' * 64
    }

    AfterAll { Close-Sandbox $sandbox }

    Context 'lists' {
        It 'what is switched on in the default workspace' {
            $keys = Get-OpenRouterApiKey

            $keys[0].GetType().FullName | Should -Be 'OpenRouter.Byok.OpenRouterApiKey'
            $keys.Name | Should -Be 'Assistant', 'Nightly eval'
            Get-Request { Get-OpenRouterApiKey } | Should -Be 'GET /keys?offset=0'
        }

        It 'what is switched off, too' {
            (Get-OpenRouterApiKey -IncludeDisabled | Where-Object Disabled).Name | Should -Be 'Prototype 2025'
        }

        It 'other workspaces, by name, by id, all of them' {
            (Get-OpenRouterApiKey -Workspace production).Name | Should -Contain 'Storefront'
            (Get-OpenRouterApiKey -WorkspaceId (Get-OpenRouterWorkspace prod*).Id).Name |
                Should -Not -Contain 'Assistant'
            (Get-OpenRouterApiKey -AllWorkspaces).Count | Should -Be 6
        }

        It 'the workspace of the session' {
            $null = Connect-Sandbox $sandbox -With @{ Workspace = 'Production' }
            try { (Get-OpenRouterApiKey).Name | Should -Contain 'Storefront' }
            finally { $null = Connect-Sandbox $sandbox }
        }

        It 'names, with wildcards, whatever the case' {
            (Get-OpenRouterApiKey *EVAL, assi*).Name | Should -Be 'Assistant', 'Nightly eval'
            Get-OpenRouterApiKey nobody | Should -BeNullOrEmpty
        }
    }

    Context 'hashes' {
        It 'come by parameter, as values and as objects' {
            $key = Get-OpenRouterApiKey 'Nightly eval'

            (Get-OpenRouterApiKey -Hash $key.Hash).Name | Should -Be 'Nightly eval'
            ($key.Hash | Get-OpenRouterApiKey).Name | Should -Be 'Nightly eval'
            ($key | Get-OpenRouterApiKey).Name | Should -Be 'Nightly eval'
        }

        It 'tell who may use a credential' {
            ((Get-OpenRouterByokKey 'Nightly eval').AllowedApiKeyHashes | Get-OpenRouterApiKey).Name |
                Should -Be 'Nightly eval'
        }

        It 'that do not exist are errors' {
            Assert-Failure (Get-Failure { Get-OpenRouterApiKey -Hash $missing }) NotFound ObjectNotFound $missing
            Assert-Refusal (Get-Failure { Get-OpenRouterApiKey -Hash not-a-hash-9 }) 'of an API key not-a-hash-9'
        }
    }

    It 'refuses two ways to name workspaces' {
        $failure = Get-Failure { Get-OpenRouterApiKey -Workspace production -AllWorkspaces }

        Assert-Failure $failure InvalidArgument InvalidArgument
        Get-Request { try { Get-OpenRouterApiKey -Workspace production -AllWorkspaces } catch { $null } } |
            Should -BeNullOrEmpty
    }

    It 'says which workspaces there are when one is unknown' {
        $failure = Get-Failure { Get-OpenRouterApiKey -Workspace nowhere }

        Assert-Failure $failure UnknownName ObjectNotFound
        # PowerShell 7.4 and Windows PowerShell have the advice in the text of the error, too.
        $failure.Exception.Message |
            Should -Be ("There is no workspace with the name or slug 'nowhere'. " +
                "The choices are: 'Default', 'Production', 'Scratch'.")
    }

    It 'says who made it, once the members were seen' {
        $null = Get-OpenRouterMember

        Get-OpenRouterApiKey 'Nightly eval' | Format-List | Out-String -Width 120 |
            Should -Match 'CreatorUserId\s+: mei\.tanaka@example\.com'
    }

    It 'is a table of 80 columns' {
        $lines = (Get-OpenRouterApiKey -AllWorkspaces | Out-String -Width 80) -split '\r?\n'

        $lines | Where-Object { $_.Length -gt 80 } | Should -BeNullOrEmpty
        $lines -match '^Name\s+Label\s+State\s+Month\s+Own keys Hash' | Should -Not -BeNullOrEmpty
    }

    It 'completes names, hashes and workspaces' {
        (Get-Completion 'Get-OpenRouterApiKey nig').CompletionText | Should -Be "'Nightly eval'"
        # PowerShell could read what begins with a digit as a number. The sandbox makes another hash at each start.
        $hash = (Get-OpenRouterApiKey 'Nightly eval').Hash
        (Get-Completion 'Get-OpenRouterApiKey -Hash nig').CompletionText |
            Should -Be $(if ($hash -match '^\d') { "'$hash'" } else { $hash })
        (Get-Completion 'Get-OpenRouterApiKey -Workspace pro').CompletionText | Should -Be 'Production'
    }

    It 'goes to what lists the credentials that API keys may use' {
        $ofEval = Get-OpenRouterApiKey *eval | Get-OpenRouterByokKey
        $ofBatch = Get-OpenRouterApiKey 'EU batch' -AllWorkspaces | Get-OpenRouterByokKey

        $ofEval.Id | Should -Be (Get-OpenRouterByokKey -ApiKey 'Nightly eval').Id
        $ofEval.Name | Should -Contain 'Nightly eval'
        (Get-OpenRouterApiKey Assistant | Get-OpenRouterByokKey).Name | Should -Not -Contain 'Nightly eval'
        $production = (Get-OpenRouterWorkspace production).Id
        $ofBatch.WorkspaceId | Where-Object { $_ } | Select-Object -Unique | Should -Be $production
    }

    It 'has help' { Assert-Help Get-OpenRouterApiKey }
}
