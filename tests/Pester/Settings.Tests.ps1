Describe 'Clearing and changing settings' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $null = Connect-Sandbox $sandbox
        $script:two = @{ AllowedModel = 'openai/gpt-4o', 'openai/gpt-4o-mini' }
    }

    AfterAll { Close-Sandbox $sandbox }

    Context 'Nothing that is given as a value clears:' {
        It '<name>' -ForEach @(
            @{ name = 'a look-up of API keys'; change = { $made | Set-OpenRouterByokKey -AllowedApiKey (
                        Get-OpenRouterApiKey 'nightly evl*') } }
            @{ name = 'a look-up of models'; change = { $made | Set-OpenRouterByokKey -AllowedModel (
                        Get-OpenRouterModel 'opnai/*') } }
            @{ name = 'a look-up of members'; change = { $made | Set-OpenRouterByokKey -AllowedUser (
                        Get-OpenRouterMember 'nobody*') } }
            @{ name = 'a list from which the last one went'; change = { $made | Set-OpenRouterByokKey -AllowedModel (
                        $made.AllowedModels | Where-Object { $_ -notlike 'openai/*' }) } }
            @{ name = '$null for models'; change = { $made | Set-OpenRouterByokKey -AllowedModel $null } }
            @{ name = '$null for hashes'; change = { $made | Set-OpenRouterByokKey -AllowedApiKeyHash $null } }
            @{ name = '$null for user ids'; change = { $made | Set-OpenRouterByokKey -AllowedUserId $null } }
            @{ name = '$null to add'; change = { $made | Set-OpenRouterByokKey -AddAllowedModel $null } }
            @{ name = '$null to remove'; change = { $made | Set-OpenRouterByokKey -RemoveAllowedUser $null } }
            @{ name = '$null for the name'; change = { $made | Set-OpenRouterByokKey -NewName $null } }
            @{ name = '$null for ZDR'; change = { $made | Set-OpenRouterByokKey -DeclaredZdr $null } }
            @{ name = '$null for the region'; change = { $made | Set-OpenRouterByokKey -DeclaredRegion $null } }
        ) {
            $made = Add-Credential -With ($two + @{ Name = 'Restricted'; DeclaredZdr = $true })

            $failure = Get-Failure $change

            $failure.FullyQualifiedErrorId | Should -BeLike 'OpenRouterByok.InvalidArgument,*'
            $failure.ErrorDetails.RecommendedAction | Should -Match '-Clear|lookup'
            Get-OpenRouterByokKey -Id $made.Id | ConvertTo-Json | Should -Be ($made | ConvertTo-Json)
            Get-Request { try { & $change } catch { $null = $_ } } |
                Where-Object { $_ -notlike 'GET *' } |
                Should -BeNullOrEmpty
        }

        It 'a switch that is $null' {
            $made = Add-Credential

            Get-Request { try { $made | Set-OpenRouterByokKey -Disabled:$null } catch { $null = $_ } } |
                Should -BeNullOrEmpty
        }
    }

    Context '-Clear' {
        It 'takes <setting> away and leaves the rest' -ForEach @(
            @{ setting = 'AllowedModel'; property = 'AllowedModels' }
            @{ setting = 'AllowedApiKey'; property = 'AllowedApiKeyHashes' }
            @{ setting = 'AllowedUser'; property = 'AllowedUserIds' }
            @{ setting = 'Name'; property = 'Name' }
            @{ setting = 'DeclaredZdr'; property = 'DeclaredZdr' }
            @{ setting = 'DeclaredRegion'; property = 'DeclaredRegion' }
        ) {
            $settings = @{
                Name           = 'Full'
                AllowedApiKey  = 'Assistant'
                AllowedUser    = 'ada.okafor@example.com'
                DeclaredZdr    = $true
                DeclaredRegion = 'us'
            }
            $made = Add-Credential azure -With ($two + $settings)

            $changed = Set-OpenRouterByokKey $made.Id -Clear $setting -PassThru

            foreach ($name in 'AllowedModels', 'AllowedApiKeyHashes', 'AllowedUserIds', 'Name', 'DeclaredZdr',
                'DeclaredRegion') {
                $null -eq $changed.$name | Should -Be ($name -eq $property) -Because $name
            }
        }

        It 'and a value for the same setting exclude each other' {
            $made = Add-Credential -With $two

            foreach ($change in @{ AllowedModel = 'openai/o3' }, @{ AddAllowedModel = 'openai/o3' }) {
                $failure = Get-Failure { $made | Set-OpenRouterByokKey -Clear AllowedModel @change }
                $failure.FullyQualifiedErrorId | Should -BeLike 'OpenRouterByok.InvalidArgument,*'
            }
        }

        It 'completes' {
            (Get-Completion 'Set-OpenRouterByokKey x -Clear Allowed').CompletionText |
                Sort-Object |
                Should -Be 'AllowedApiKey', 'AllowedModel', 'AllowedUser'
        }
    }

    Context 'Entries' {
        It 'are added and removed' {
            $made = Add-Credential -With $two

            $changed = $made |
                Set-OpenRouterByokKey -AddAllowedModel openai/gpt-5 -RemoveAllowedModel OpenAI/gpt-4o -PassThru

            $changed.AllowedModels | Should -Be 'openai/gpt-4o-mini', 'openai/gpt-5'
        }

        It 'are API keys and members by name, too' {
            $made = Add-Credential -With @{ AllowedApiKey = 'Assistant'; AllowedUser = 'ada.okafor@example.com' }

            $changes = @{ AddAllowedApiKey = 'Nightly eval', 'Storefront'; AddAllowedUser = 'mei.tanaka@example.com' }
            $made | Set-OpenRouterByokKey @changes
            $changed = $made |
                Set-OpenRouterByokKey -RemoveAllowedApiKey Assistant -RemoveAllowedUser (
                    Get-OpenRouterMember ada*
                ) -PassThru

            ($changed.AllowedApiKeyHashes | Get-OpenRouterApiKey).Name | Should -Be 'Nightly eval', 'Storefront'
            ($changed.AllowedUserIds | Get-OpenRouterMember).FirstName | Should -Be 'Mei'
        }

        It 'that are there, or gone, already need no change' {
            $made = Add-Credential -With $two

            $changed = $made |
                Set-OpenRouterByokKey -AddAllowedModel openai/gpt-4o -RemoveAllowedModel openai/o3 -PassThru

            $changed.AllowedModels | Should -Be $made.AllowedModels
        }

        It 'are never the last to go, which would open the credential' {
            $made = Add-Credential -With $two

            $failure = Get-Failure { $made | Set-OpenRouterByokKey -RemoveAllowedModel $made.AllowedModels }

            Assert-Failure $failure InvalidArgument InvalidArgument $made.Id
            $failure.ErrorDetails.RecommendedAction | Should -Match '-Clear AllowedModel'
            (Get-OpenRouterByokKey -Id $made.Id).AllowedModels | Should -Be $made.AllowedModels
        }

        It 'are not added where there is no list, which would close the credential' {
            $made = Add-Credential

            $failure = Get-Failure { $made | Set-OpenRouterByokKey -AddAllowedModel openai/gpt-5 }

            Assert-Failure $failure InvalidArgument InvalidArgument $made.Id
            $null -eq (Get-OpenRouterByokKey -Id $made.Id).AllowedModels | Should -BeTrue
        }
    }

    Context '-WhatIf says' {
        It 'what <name>' -ForEach @(
            @{
                name   = 'opens'
                change = { $made | Set-OpenRouterByokKey -Clear AllowedModel -WhatIf }
                says   = 'AllowedModels: openai/gpt-4o, openai/gpt-4o-mini -> any'
            }
            @{
                name   = 'closes'
                change = { $made | Set-OpenRouterByokKey -AllowedApiKey Assistant -WhatIf }
                says   = 'AllowedApiKeyHashes: any -> Assistant'
            }
            @{
                name   = 'is added'
                change = { $made | Set-OpenRouterByokKey -AddAllowedModel openai/o3 -WhatIf }
                says   = 'AllowedModels: openai/gpt-4o, openai/gpt-4o-mini -> ' +
                    'openai/gpt-4o, openai/gpt-4o-mini, openai/o3'
            }
            @{
                name   = 'gets another name, and is not declared any more'
                change = { $made | Set-OpenRouterByokKey -NewName New -Clear DeclaredZdr -WhatIf }
                says   = "Name: 'Old' -> 'New'; DeclaredZdr: True -> inherited"
            }
            @{
                name   = 'is rotated, without the key'
                change = { $made | Set-OpenRouterByokKey -Key (ConvertTo-Secret 'sk-9876543210zyxw') -WhatIf }
                says   = 'Key: sk-...cdef -> a new key'
            }
            @{
                name   = 'is created'
                change = { New-OpenRouterByokKey openai (ConvertTo-Secret 'sk-9876543210') -Fallback @two -WhatIf }
                says   = 'Create with AllowedModels: openai/gpt-4o, openai/gpt-4o-mini; IsFallback: True'
            }
        ) {
            $script:made = Add-Credential -With ($two + @{ Name = 'Old'; DeclaredZdr = $true })
            $null = Get-OpenRouterApiKey
            $before = Get-Account

            # A transcript breaks no lines, but the screen may.
            $screen = (Get-Screen $change) -replace '\s+', ' ' -replace [char]0x2192, '->'

            $screen | Should -BeLike "*What if: Performing the operation `"*$says`" on target `"*"
            $screen | Should -Not -Match '9876543210'
            Get-Account | Should -Be $before
        }
    }
}
