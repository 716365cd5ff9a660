Describe 'Connect-OpenRouter' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $script:key = ConvertTo-Secret $sandbox.ManagementKey
        $script:workspace = '11111111-2222-3333-4444-555555555555'
        $script:where = @{ BaseUri = $sandbox.BaseUri; WarningAction = 'SilentlyContinue' }
    }

    BeforeEach {
        Disconnect-OpenRouter
        Clear-Environment
    }

    AfterAll { Close-Sandbox $sandbox }

    Context 'connects' {
        It 'the runspace, and says nothing' {
            Connect-OpenRouter $key @where | Should -BeNullOrEmpty

            Get-OpenRouterByokKey | Should -Not -BeNullOrEmpty
        }

        It 'and outputs the session under -PassThru, without the key' {
            $session = Connect-OpenRouter -ManagementKey $key @where -PassThru

            $session.GetType().FullName | Should -Be 'OpenRouter.Byok.OpenRouterSession'
            $session.KeySource | Should -Be 'Parameter'
            $session.KeyLabel | Should -Match '^sk-or-v1-\w{3}\.\.\.\w{4}$'
            $session | Format-List * -Force | Out-String | Should -Not -Match $sandbox.ManagementKey
        }

        It 'with its settings' {
            $settings = @{ WorkspaceId = $workspace; TimeoutSec = 7; MaximumRetryCount = 2 }

            $session = Connect-OpenRouter $key @where @settings -PassThru

            $session.WorkspaceId | Should -Be $workspace
            $session.Timeout.TotalSeconds | Should -Be 7
            $session.MaximumRetryCount | Should -Be 2
        }

        It 'two accounts beside each other' {
            $first = Connect-OpenRouter $key @where -PassThru
            $second = Connect-OpenRouter $key @where -WorkspaceId $workspace -PassThru

            (Get-OpenRouterContext).WorkspaceId | Should -Be $workspace
            Get-OpenRouterByokKey -Session $first | Should -Not -BeNullOrEmpty
            $first.WorkspaceId | Should -BeNullOrEmpty
            $second.WorkspaceId | Should -Be $workspace
        }

        It 'with the key of a credential object' {
            $credential = New-Object pscredential 'me', $key

            Connect-OpenRouter $credential @where

            Get-OpenRouterByokKey | Should -Not -BeNullOrEmpty
        }

        It 'once it has asked whom the key belongs to' {
            Get-Request { Connect-OpenRouter $key @where } | Should -Be 'GET /key'
        }

        It 'without asking under -SkipCheck' {
            Get-Request { Connect-OpenRouter $key @where -SkipCheck } | Should -BeNullOrEmpty
            (Get-OpenRouterContext).KeyLabel | Should -BeNullOrEmpty
        }

        It 'with a workspace by name or slug' {
            $null = Connect-Sandbox $sandbox -With @{ Workspace = 'production' }

            (Get-OpenRouterContext).WorkspaceId | Should -Be (Get-OpenRouterWorkspace Production).Id
            Get-OpenRouterContext | Out-String -Width 120 | Should -Match 'WorkspaceId\s+: Production \('
        }

        It 'not with a workspace that nobody knows, and keeps the session of before' {
            $null = Connect-Sandbox $sandbox -With @{ WorkspaceId = $workspace }

            Assert-Failure (
                Get-Failure { Connect-Sandbox $sandbox -With @{ Workspace = 'nowhere' } }
            ) UnknownName ObjectNotFound
            (Get-OpenRouterContext).WorkspaceId | Should -Be $workspace
        }

        It 'and warns of an address that is neither OpenRouter''s own nor this machine''s' {
            Connect-OpenRouter $key -BaseUri $sandbox.BaseUri -WarningVariable none -WarningAction SilentlyContinue
            Connect-OpenRouter $key -BaseUri https://gateway.example.com/api/v1 -SkipCheck `
                -WarningVariable warnings -WarningAction SilentlyContinue

            $none | Should -HaveCount 0
            $warnings | Should -HaveCount 1
            "$warnings" | Should -Match 'gateway\.example\.com'
        }
    }

    Context 'takes from the environment' {
        It 'the management key and the address' {
            $env:OPENROUTER_MANAGEMENT_KEY = $sandbox.ManagementKey
            $env:OPENROUTER_API_KEY = 'sk-or-v1-another'
            $env:OPENROUTER_BASE_URL = $sandbox.BaseUri

            $session = Connect-OpenRouter -PassThru -WarningAction SilentlyContinue

            $session.KeySource | Should -Be 'OPENROUTER_MANAGEMENT_KEY'
            $session.BaseUri | Should -Be $sandbox.BaseUri
        }

        It 'the API key, if there is no other' {
            $env:OPENROUTER_API_KEY = $sandbox.ManagementKey

            (Connect-OpenRouter @where -PassThru).KeySource | Should -Be 'OPENROUTER_API_KEY'
        }

        It 'nothing that a parameter says' {
            $env:OPENROUTER_MANAGEMENT_KEY = 'sk-or-v1-another'
            $env:OPENROUTER_BASE_URL = 'https://example.com'

            $session = Connect-OpenRouter $key @where -PassThru

            $session.KeySource | Should -Be 'Parameter'
            $session.BaseUri | Should -Be $sandbox.BaseUri
        }
    }

    Context 'refuses' {
        It 'the address <address>' -ForEach @(
            @{ address = 'http://example.com/api/v1' }
            @{ address = 'https://me:secret@example.com/api/v1' }
            @{ address = 'ftp://127.0.0.1/' }
            @{ address = 'api/v1' }
            @{ address = 'https://example.com/?key=1' }
        ) {
            $failure = Get-Failure { Connect-OpenRouter $key -BaseUri $address }

            Assert-Failure $failure UnsafeAddress SecurityError
            $failure.Exception.Message | Should -Not -Match 'me:secret'
            Get-OpenRouterContext | Should -BeNullOrEmpty
        }

        It 'a key that is not a management key, and says where those are made' {
            $failure = Get-Failure { Connect-OpenRouter (ConvertTo-Secret $sandbox.InferenceKey) @where }

            Assert-Failure $failure NotManagementKey PermissionDenied
            $failure.ErrorDetails.RecommendedAction | Should -Match 'https://openrouter.ai/settings/management-keys'
            Get-OpenRouterContext | Should -BeNullOrEmpty
        }

        It 'a key that nobody knows, without repeating it' {
            $wrong = ConvertTo-Secret 'sk-or-v1-not-a-key-of-anyone'

            Assert-Failure (Get-Failure { Connect-OpenRouter $wrong @where }) Unauthorized AuthenticationError
            Get-Speech { Connect-OpenRouter $wrong @where } | Should -Not -Match 'not-a-key'
            Get-OpenRouterContext | Should -BeNullOrEmpty
        }

        It 'a key that could forge a header' {
            $wrong = ConvertTo-Secret "sk-or-v1`r`nX-Forged: yes"

            Assert-Failure (Get-Failure { Connect-OpenRouter $wrong @where }) InvalidArgument InvalidArgument
        }

        It 'an empty key and a blank workspace' {
            $empty = ConvertTo-Secret ''

            $blank = Get-Failure { Connect-OpenRouter $key @where -WorkspaceId ' ' }

            Assert-Failure (Get-Failure { Connect-OpenRouter $empty @where }) InvalidArgument InvalidArgument
            Assert-Failure $blank InvalidArgument InvalidArgument
        }

        It 'a workspace id that is none, without repeating it, and points to -Workspace' {
            $failure = Get-Failure { Connect-OpenRouter $key @where -WorkspaceId my-workspace }

            Assert-Refusal $failure 'not the id of a workspace my-workspace'
            $failure.Exception.Message | Should -Match '-Workspace'
        }

        It 'plain text, and says how to make a SecureString' {
            $text = $sandbox.ManagementKey
            $failure = Get-Failure { Connect-OpenRouter $text @where }

            Assert-Failure $failure InvalidArgument InvalidArgument
            $failure.Exception.Message | Should -Match 'Read-Host -AsSecureString'
            Get-Speech { Connect-OpenRouter $text @where } | Should -Not -Match $text
        }

        It 'a proxy address with a password in it' {
            $failure = Get-Failure { Connect-OpenRouter $key @where -Proxy 'http://me:secret@127.0.0.1:8080' }

            Assert-Failure $failure UnsafeAddress SecurityError
            $failure.Exception.Message | Should -Not -Match 'secret'
        }

        It 'numbers out of range' {
            (Get-Failure { Connect-OpenRouter $key -TimeoutSec 0 }).FullyQualifiedErrorId |
                Should -BeLike 'ParameterArgumentValidationError,*'
            (Get-Failure { Connect-OpenRouter $key -MaximumRetryCount 101 }).FullyQualifiedErrorId |
                Should -BeLike 'ParameterArgumentValidationError,*'
        }
    }

    It 'fails with ConnectionFailed when nobody answers, and keeps the session of before' {
        Connect-OpenRouter $key @where
        $nobody = @{ BaseUri = 'http://127.0.0.1:1/api/v1'; MaximumRetryCount = 0 }

        Assert-Failure (Get-Failure { Connect-OpenRouter $key @nobody }) ConnectionFailed ConnectionError
        (Get-OpenRouterContext).BaseUri | Should -Be $sandbox.BaseUri
    }

    It 'never shows the key' {
        $said = Get-Speech { Connect-OpenRouter $key @where -PassThru }

        $said | Should -Match 'GET /key'
        $said | Should -Not -Match $sandbox.ManagementKey
    }

    It 'completes its parameters' {
        (Get-Completion 'Connect-OpenRouter -Man').CompletionText | Should -Be '-ManagementKey'
    }

    It 'has help' { Assert-Help Connect-OpenRouter }
}
