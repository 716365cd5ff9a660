Describe 'Set-OpenRouterByokKey' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $script:session = Connect-Sandbox $sandbox
        $script:missing = '11111111-2222-3333-4444-555555555555'
        $bound = Get-OpenRouterByokKey -AllWorkspaces
        $script:hash = @($bound.AllowedApiKeyHashes | Where-Object { $_ })[0]
        $script:user = @($bound.AllowedUserIds | Where-Object { $_ })[0]
    }

    AfterAll { Close-Sandbox $sandbox }

    Context 'changes' {
        It 'what is given, and leaves the rest alone' {
            $made = Add-Credential -With @{ Name = 'Before'; AllowedModel = 'openai/gpt-4o'; DeclaredZdr = $true }

            $changed = Set-OpenRouterByokKey $made.Id -NewName 'After' -PassThru

            $changed.Name | Should -Be 'After'
            $changed.AllowedModels | Should -Be 'openai/gpt-4o'
            $changed.DeclaredZdr | Should -BeTrue
            $changed.Label | Should -Be $made.Label
        }

        It 'every setting' {
            $made = Add-Credential azure
            $settings = @{
                NewName           = 'Everything'
                AllowedModel      = 'openai/gpt-4o', 'openai/gpt-4o-mini'
                AllowedApiKeyHash = $hash
                AllowedUserId     = $user
                Disabled          = $true
                Fallback          = $true
                Required          = $true
                DeclaredZdr       = $false
                DeclaredRegion    = 'us'
            }

            $changed = Set-OpenRouterByokKey -Id $made.Id @settings -PassThru

            $changed.Name | Should -Be 'Everything'
            $changed.AllowedModels | Should -Be 'openai/gpt-4o', 'openai/gpt-4o-mini'
            $changed.AllowedApiKeyHashes | Should -Be $hash
            $changed.AllowedUserIds | Should -Be $user
            $changed.Disabled -and $changed.IsFallback -and $changed.IsRequired | Should -BeTrue
            $changed.DeclaredZdr | Should -BeFalse
            $changed.DeclaredRegion | Should -Be 'us'
        }

        It 'switches back with :$false' {
            $made = Add-Credential groq -With @{ ByokOnly = $true; Disabled = $true }

            $changed = Set-OpenRouterByokKey -Id $made.Id -ByokOnly:$false -Disabled:$false -PassThru

            $changed.IsByokOnly -or $changed.Disabled | Should -BeFalse
        }

        It 'clears, in words, what can be cleared' {
            $settings = @{
                Name              = 'Full'
                AllowedModel      = 'openai/gpt-4o'
                AllowedApiKeyHash = $hash
                AllowedUserId     = $user
                DeclaredZdr       = $true
                DeclaredRegion    = 'us'
            }
            $made = Add-Credential azure -With $settings
            $all = 'Name', 'AllowedModel', 'AllowedApiKey', 'AllowedUser', 'DeclaredZdr', 'DeclaredRegion'

            $cleared = Set-OpenRouterByokKey -Id $made.Id -Clear $all -PassThru

            $lists = 'AllowedModels', 'AllowedApiKeyHashes', 'AllowedUserIds'
            foreach ($name in $lists + 'Name', 'DeclaredZdr', 'DeclaredRegion') {
                $null -eq $made.$name | Should -BeFalse -Because "$name was set"
                $null -eq $cleared.$name | Should -BeTrue -Because "$name was cleared"
            }
        }

        It 'the key in place' {
            $made = Add-Credential

            $rotated = Set-OpenRouterByokKey -Id $made.Id -Key (ConvertTo-Secret 'sk-proj-9876543210zyxw') -PassThru

            $rotated.Id | Should -Be $made.Id
            $rotated.SortOrder | Should -Be $made.SortOrder
            $rotated.Label | Should -Be 'sk-...zyxw'
        }

        It 'several, and outputs nothing without -PassThru' {
            $ids = 1..3 | ForEach-Object { (Add-Credential).Id }

            Set-OpenRouterByokKey -Id $ids -NewName 'Together' | Should -BeNullOrEmpty
            $ids | Set-OpenRouterByokKey -NewName 'Piped' -ThrottleLimit 1 | Should -BeNullOrEmpty

            (Get-OpenRouterByokKey -Id $ids).Name | Should -Be 'Piped', 'Piped', 'Piped'
        }

        It 'what the pipeline brings, of which it takes the id alone' {
            $made = Add-Credential -With @{ Name = 'Old'; AllowedModel = 'openai/gpt-4o' }

            $changed = $made | Set-OpenRouterByokKey -Fallback -PassThru
            $row = [pscustomobject]@{ Id = $made.Id; Name = 'Sneaked in'; Disabled = $true }
            $row | Set-OpenRouterByokKey -Required

            $changed.IsFallback | Should -BeTrue
            $now = Get-OpenRouterByokKey -Id $made.Id
            $now.Name | Should -Be 'Old'
            $now.Disabled | Should -BeFalse
            $now.IsRequired | Should -BeTrue
        }
    }

    Context 'takes names in place of ids' {
        BeforeAll { $script:named = Add-Credential -With @{ Name = 'named' } }

        It 'of API keys and members' {
            $names = @{ AllowedApiKey = 'nightly eval', 'Storefront'; AllowedUser = 'mei.tanaka@example.com' }
            $changed = $named | Set-OpenRouterByokKey @names -PassThru

            ($changed.AllowedApiKeyHashes | Get-OpenRouterApiKey).Name | Should -Be 'Nightly eval', 'Storefront'
            ($changed.AllowedUserIds | Get-OpenRouterMember).FirstName | Should -Be 'Mei'
        }

        It 'and objects' {
            $changed = $named |
                Set-OpenRouterByokKey -AllowedApiKey (Get-OpenRouterApiKey), Storefront -AllowedUser (
                    Get-OpenRouterMember a*
                ) -PassThru

            ($changed.AllowedApiKeyHashes | Get-OpenRouterApiKey).Name |
                Should -Be 'Assistant', 'Nightly eval', 'Storefront'
            ($changed.AllowedUserIds | Get-OpenRouterMember).FirstName | Should -Be 'Ada'
        }

        It 'and says what there is when one is unknown' {
            $before = Get-Account

            $failure = Get-Failure { Get-OpenRouterByokKey | Set-OpenRouterByokKey -AllowedApiKey nigtly }

            Assert-Failure $failure UnknownName ObjectNotFound
            $failure.ToString() |
                Should -BeLike "There is no API key with the name 'nigtly'. The choices are: 'Nightly eval', *"
            Get-Account | Should -Be $before
        }

        It 'but not both' {
            Assert-Failure (
                Get-Failure { $named | Set-OpenRouterByokKey -AllowedUser a -AllowedUserId b }
            ) InvalidArgument InvalidArgument
        }

        It 'and completes them' {
            (Get-Completion 'Set-OpenRouterByokKey x -AllowedApiKey nig').CompletionText | Should -Be "'Nightly eval'"
            (Get-Completion 'Set-OpenRouterByokKey x -AllowedUser mei').CompletionText |
                Should -Be "'mei.tanaka@example.com'"
            (Get-Completion 'Set-OpenRouterByokKey x -AllowedModel grok').CompletionText | Should -Be 'x-ai/grok-4'
        }
    }

    It 'says that there is nothing to change, and sends nothing' {
        $made = Add-Credential

        Set-OpenRouterByokKey -Id $made.Id -WarningVariable warnings -WarningAction SilentlyContinue

        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match 'No setting was specified'
        Get-Request { Set-OpenRouterByokKey -Id $made.Id } | Should -BeNullOrEmpty
    }

    It 'sends and outputs nothing under -WhatIf' {
        $made = Add-Credential
        $before = Get-Account

        Get-Request { $made | Set-OpenRouterByokKey -NewName Never -PassThru -WhatIf } | Should -BeNullOrEmpty
        $made | Set-OpenRouterByokKey -NewName Never -PassThru -WhatIf | Should -BeNullOrEmpty

        Get-Account | Should -Be $before
    }

    Context 'refuses, before anything is sent,' {
        It '<because>' -ForEach @(
            @{ because = 'a blank name'; with = @{ NewName = '' } }
            @{ because = 'a name over 255'; with = @{ NewName = 'n' * 256 } }
            @{ because = 'an empty list'; with = @{ AllowedApiKeyHash = @() } }
            @{ because = 'more than 100 entries'; with = @{ AllowedUserId = 1..101 } }
            @{ because = 'a hash in capitals'; with = @{ AllowedApiKeyHash = 'A' * 64 } }
            @{ because = '-Fallback with -ByokOnly'; with = @{ Fallback = $true; ByokOnly = $true } }
            @{ because = 'a blank region'; with = @{ DeclaredRegion = ' ' } }
        ) {
            $failure = Get-Failure { Set-OpenRouterByokKey -Id $missing @with }

            Assert-Failure $failure InvalidArgument InvalidArgument
        }

        It 'a blank id, and goes on' {
            $made = Add-Credential

            ' ', $made.Id | Set-OpenRouterByokKey -NewName 'Reached' -ErrorAction SilentlyContinue -ErrorVariable failed

            $failed | Should -HaveCount 1
            Assert-Refusal $failed[0]
            (Get-OpenRouterByokKey -Id $made.Id).Name | Should -Be 'Reached'
        }

        It 'a key as plain text, without repeating it' {
            $text = 'sk-proj-0123456789abcdef'
            $failure = Get-Failure { Set-OpenRouterByokKey -Id $missing -Key $text }

            $failure.FullyQualifiedErrorId | Should -BeLike 'OpenRouterByok.InvalidArgument,*'
            Get-Speech { Set-OpenRouterByokKey -Id $missing -Key $text } | Should -Not -Match $text
        }
    }

    Context 'fails' {
        It 'with NotFound, and goes on' {
            $made = Add-Credential

            $missing, $made.Id |
                Set-OpenRouterByokKey -NewName 'Found' -ErrorAction SilentlyContinue -ErrorVariable failed

            $failed | Should -HaveCount 1
            Assert-Failure $failed[0] NotFound ObjectNotFound $missing
            (Get-OpenRouterByokKey -Id $made.Id).Name | Should -Be 'Found'
        }

        It 'with InvalidRequest when the API refuses a value' {
            $made = Add-Credential
            $failure = Get-Failure { $made | Set-OpenRouterByokKey -AllowedApiKeyHash ('0' * 64) }

            Assert-Failure $failure InvalidRequest InvalidArgument $made.Id
        }

        It 'without ever showing the secret' {
            $secret = ConvertTo-Secret 'sk-proj-9876543210zyxw'
            $made = Add-Credential

            $said = Get-Speech { $made.Id, $missing | Set-OpenRouterByokKey -Key $secret -PassThru }

            $said | Should -Match 'PATCH /byok'
            $said | Should -Not -Match '9876543210'
            $said | Should -Not -Match $sandbox.ManagementKey
        }
    }

    Context 'with -ProvingWorkspace' {
        BeforeAll {
            $script:scratch = ConvertTo-Secret $sandbox.ScratchKey
            $script:test = @{ ProvingWorkspace = 'Scratch'; ApiKey = $scratch }
        }

        AfterEach { Get-OpenRouterByokKey -Workspace Scratch | Where-Object WorkspaceId | Should -BeNullOrEmpty }

        It 'replaces a key that the provider accepts' {
            $made = Add-Credential

            $new = $made | Set-OpenRouterByokKey -Key (ConvertTo-Secret 'sk-proj-0123456789') @test -PassThru

            $new.Id | Should -Be $made.Id
            $new.Label | Should -Be 'sk-...6789'
        }

        It 'changes nothing if the provider refuses the key' {
            $made = Add-Credential
            $before = $made | Format-List * | Out-String

            $failure = Get-Failure {
                $made | Set-OpenRouterByokKey -NewName Other -Key (ConvertTo-Secret 'sk-0123456789-revoked') @test
            }

            Assert-Failure $failure KeyNotAccepted InvalidData $made.Id
            Get-OpenRouterByokKey -Id $made.Id | Format-List * | Out-String | Should -Be $before
        }

        It 'tests a key once for several credentials' {
            $made = Add-Credential
            $other = Add-Credential

            $requests = Get-Request {
                $made, $other | Set-OpenRouterByokKey -Key (ConvertTo-Secret 'sk-proj-0123456789') @test
            }

            $requests | Where-Object { $_ -like 'POST /chat*' } | Should -HaveCount 1
            $requests | Where-Object { $_ -like 'PATCH *' } | Should -HaveCount 2
        }

        It 'sends nothing but look-ups under -WhatIf' {
            $made = Add-Credential

            $requests = Get-Request {
                $made | Set-OpenRouterByokKey -Key (ConvertTo-Secret 'sk-proj-0123456789') @test -WhatIf
            }

            $requests | Where-Object { $_ -notlike 'GET *' } | Should -BeNullOrEmpty
        }

        It 'is refused without a key' {
            $failure = Get-Failure { Set-OpenRouterByokKey -Id $missing -NewName Other @test }

            Assert-Refusal $failure
        }
    }

    It 'completes ids, by the name too, and regions' {
        $made = Add-Credential -With @{ Name = 'Unmistakable' }

        (Get-Completion 'Set-OpenRouterByokKey -Id Unmist').CompletionText | Should -Be $made.Id
        (Get-Completion "Set-OpenRouterByokKey -Id x -DeclaredRegion eu").CompletionText | Should -Be 'europe'
    }

    It 'has help' { Assert-Help Set-OpenRouterByokKey }
}
