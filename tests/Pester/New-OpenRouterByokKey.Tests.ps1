Describe 'New-OpenRouterByokKey' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $script:session = Connect-Sandbox $sandbox
        $script:text = 'sk-proj-0123456789abcdef'
        $script:key = ConvertTo-Secret $text
        $bound = Get-OpenRouterByokKey -AllWorkspaces
        $script:hash = @($bound.AllowedApiKeyHashes | Where-Object { $_ })[0]
        $script:user = @($bound.AllowedUserIds | Where-Object { $_ })[0]
        $script:production = ($bound | Where-Object Name -EQ 'Production 2').WorkspaceId
    }

    AfterAll { Close-Sandbox $sandbox }

    Context 'creates' {
        It 'and outputs what came to be' {
            $made = New-OpenRouterByokKey openai $key 'By position'

            $made.GetType().FullName | Should -Be 'OpenRouter.Byok.ByokKey'
            $made.Provider | Should -Be 'openai'
            $made.Name | Should -Be 'By position'
            $made.Label | Should -Be 'sk-...cdef'
            "$(Get-OpenRouterByokKey -Id $made.Id)" | Should -Be 'By position (openai)'
        }

        It 'with nothing restricted, unless told otherwise' {
            $made = New-OpenRouterByokKey -Provider mistral -Key $key

            $null -eq $made.Name | Should -BeTrue
            $null -eq $made.AllowedModels | Should -BeTrue
            $null -eq $made.AllowedApiKeyHashes | Should -BeTrue
            $null -eq $made.AllowedUserIds | Should -BeTrue
            $null -eq $made.DeclaredZdr | Should -BeTrue
            $null -eq $made.DeclaredRegion | Should -BeTrue
            $made.Disabled -or $made.IsFallback -or $made.IsRequired -or $made.IsByokOnly | Should -BeFalse
        }

        It 'with every setting' {
            $settings = @{
                Name              = 'Everything'
                WorkspaceId       = $production
                AllowedModel      = 'openai/gpt-4o', 'openai/gpt-4o-mini'
                AllowedApiKeyHash = $hash
                AllowedUserId     = $user
                Disabled          = $true
                Fallback          = $true
                Required          = $true
                DeclaredZdr       = $true
                DeclaredRegion    = 'europe'
            }

            $made = New-OpenRouterByokKey azure $key @settings

            $made.WorkspaceId | Should -Be $production
            $made.AllowedModels | Should -Be 'openai/gpt-4o', 'openai/gpt-4o-mini'
            $made.AllowedApiKeyHashes | Should -Be $hash
            $made.AllowedUserIds | Should -Be $user
            $made.Disabled -and $made.IsFallback -and $made.IsRequired -and $made.DeclaredZdr | Should -BeTrue
            $made.DeclaredRegion | Should -Be 'europe'
        }

        It 'with -ByokOnly' { (New-OpenRouterByokKey groq $key -ByokOnly).IsByokOnly | Should -BeTrue }

        It 'for a provider nobody has heard of, be there a slash in it' {
            (New-OpenRouterByokKey brand-new/2 $key).Provider | Should -Be 'brand-new/2'
        }

        It 'in the workspace of the session' {
            $other = Connect-Sandbox $sandbox -With @{ WorkspaceId = $production }
            try { (New-OpenRouterByokKey cohere $key).WorkspaceId | Should -Be $production }
            finally {
                $script:session = Connect-Sandbox $sandbox
                $other.Dispose()
            }
        }
    }

    Context 'takes from the pipeline' {
        It 'objects with the parameters as properties, in their order' {
            $rows = 1..5 | ForEach-Object { [pscustomobject]@{ Provider = 'deepinfra'; Name = "Row $_"; Key = $key } }

            $made = $rows | New-OpenRouterByokKey

            $made.Name | Should -Be 'Row 1', 'Row 2', 'Row 3', 'Row 4', 'Row 5'
            $made.SortOrder | Should -Be 0, 1, 2, 3, 4
        }

        It 'rows of a CSV file, whose blank cells count as not given' {
            $file = Join-Path $TestDrive 'new.csv'
            @(
                'Provider,Name,Secret,AllowedModels,Disabled,DeclaredZdr'
                'together,One,sk-together-one-1111,openai/gpt-oss-120b;meta/llama,true,false'
                'together,Two,sk-together-two-2222,,,'
            ) | Set-Content $file
            $secret = @{ Name = 'Key'; Expression = { ConvertTo-Secret $_.Secret } }

            $one, $two = Import-Csv $file | Select-Object *, $secret -ExcludeProperty Secret | New-OpenRouterByokKey

            $one.AllowedModels | Should -Be 'openai/gpt-oss-120b', 'meta/llama'
            $one.Disabled | Should -BeTrue
            $one.DeclaredZdr | Should -BeFalse
            $two.Label | Should -Be 'sk-...2222'
            $null -eq $two.AllowedModels | Should -BeTrue
            $null -eq $two.DeclaredZdr | Should -BeTrue
            $two.Disabled | Should -BeFalse
        }

        It 'switches whose property is null as off' {
            $row = [pscustomobject]@{ Provider = 'together'; Key = $key; Disabled = $null; IsFallback = $null }

            $made = $row | New-OpenRouterByokKey

            $made.Disabled -or $made.IsFallback | Should -BeFalse
        }

        It 'and goes on after a bad one' {
            $rows = 'xai', ' ', 'xai' | ForEach-Object { [pscustomobject]@{ Provider = $_; Key = $key } }

            $made = $rows | New-OpenRouterByokKey -ErrorAction SilentlyContinue -ErrorVariable failed

            $made | Should -HaveCount 2
            $failed | Should -HaveCount 1
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'OpenRouterByok.InvalidArgument,*'
        }
    }

    Context 'takes what the API calls a credential' {
        BeforeAll {
            $script:json = @{
                provider       = 'cohere'
                name           = 'As the API says'
                is_fallback    = $true
                allowed_models = 'cohere/command-a', 'cohere/command-r'
                workspace_id   = $production
                declared_zdr   = $true
            } | ConvertTo-Json
        }

        It 'by the names of the API' {
            $made = $json | ConvertFrom-Json | New-OpenRouterByokKey -Key $key

            $made.WorkspaceId | Should -Be $production
            $made.AllowedModels | Should -Be 'cohere/command-a', 'cohere/command-r'
            $made.IsFallback -and $made.DeclaredZdr | Should -BeTrue
        }

        It 'from JSON, but not a list without entries' {
            $before = Get-Account

            foreach ($list in 'allowed_models', 'allowed_api_key_hashes', 'allowed_user_ids', 'AllowedApiKey') {
                $failure = Get-Failure {
                    '{ "provider": "openai", "' + $list + '": [] }' | ConvertFrom-Json | New-OpenRouterByokKey -Key $key
                }
                Assert-Failure $failure InvalidArgument InvalidArgument $null
            }
            Get-Account | Should -Be $before
        }

        It 'from a hashtable as from any other object' {
            $made = [ordered]@{ Provider = 'openai'; AllowedApiKey = 'Storefront'; Workspace = 'Default'; Key = $key } |
                New-OpenRouterByokKey

            $made.AllowedApiKeyHashes | Should -HaveCount 1
            $made.WorkspaceId | Should -Not -BeNullOrEmpty
        }

        It 'with what a script block makes of each' {
            $rows = 'Vendor,Title', 'openai,One', 'azure,Two' | ConvertFrom-Csv

            $made = $rows | New-OpenRouterByokKey -Provider { $_.Vendor } -Key $key -Name { $_.Title }

            $made.Name | Should -Be 'One', 'Two'
            $made.Provider | Should -Be 'openai', 'azure'
        }

        It 'but for what is typed' {
            $made = $json | ConvertFrom-Json | New-OpenRouterByokKey groq $key -Name Typed -Workspace Default

            $made.Provider | Should -Be 'groq'
            $made.Name | Should -Be 'Typed'
            $made.WorkspaceId | Should -Be (Get-OpenRouterWorkspace default).Id
        }

        It 'and a credential of this account, to be made again with another key' {
            $old = Get-OpenRouterByokKey 'Claude only'

            $made = $old | New-OpenRouterByokKey -Key $key

            $made.Id | Should -Not -Be $old.Id
            $made.AllowedModels | Should -Be $old.AllowedModels
            $made.WorkspaceId | Should -Be $old.WorkspaceId
            $null -eq $made.DeclaredZdr | Should -BeTrue
        }

        It 'but a global one only with -Workspace' {
            $global = Get-OpenRouterByokKey Shared
            $before = Get-Account

            $failure = Get-Failure { $global | New-OpenRouterByokKey -Key $key }

            $failure.FullyQualifiedErrorId | Should -BeLike 'OpenRouterByok.InvalidArgument,*'
            $failure.Exception.Message | Should -Match '-Workspace'
            Get-Account | Should -Be $before
            ($global | New-OpenRouterByokKey -Key $key -Workspace Production).WorkspaceId | Should -Be $production
        }
    }

    Context 'takes names in place of ids' {
        It 'of the workspace, its API keys and members' {
            $names = @{ Workspace = 'production'; AllowedApiKey = 'Storefront'; AllowedUser = 'Ada Okafor' }
            $made = New-OpenRouterByokKey groq $key @names

            $made.WorkspaceId | Should -Be (Get-OpenRouterWorkspace production).Id
            ($made.AllowedApiKeyHashes | Get-OpenRouterApiKey).Name | Should -Be 'Storefront'
            ($made.AllowedUserIds | Get-OpenRouterMember).FirstName | Should -Be 'Ada'
        }

        It 'from a CSV file, where a wrong one keeps no other line back' {
            $made = 'Name,Workspace,AllowedApiKeys',
                'one,production,Storefront;Support desk',
                'two,nowhere,',
                'three,,' |
                ConvertFrom-Csv |
                New-OpenRouterByokKey groq $key -ErrorVariable failed -ErrorAction SilentlyContinue

            $made.Name | Should -Be 'one', 'three'
            $made[0].AllowedApiKeyHashes.Count | Should -Be 2
            Assert-Failure $failed[0] UnknownName ObjectNotFound 'two'
        }

        It 'and makes one for each API key that the pipeline brings, restricted to it' {
            $made = Get-OpenRouterApiKey s* -Workspace production | New-OpenRouterByokKey groq $key

            $made.Name | Should -Be 'Storefront', 'Support desk'
            $made | ForEach-Object { ($_.AllowedApiKeyHashes | Get-OpenRouterApiKey).Name | Should -Be $_.Name }
        }
    }

    It 'warns of a provider that nobody knows, names the nearest, and goes on' {
        $made = New-OpenRouterByokKey ' OpnAI ' $key -WarningVariable warnings -WarningAction SilentlyContinue

        $made.Provider | Should -Be 'opnai'
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike "*'opnai'*'openai'*"
    }

    It 'sends and outputs nothing under -WhatIf' {
        $before = Get-Account

        Get-Request { New-OpenRouterByokKey openai $key -Name Never -WhatIf } | Should -BeNullOrEmpty
        New-OpenRouterByokKey openai $key -Name Never -WhatIf | Should -BeNullOrEmpty
        New-OpenRouterByokKey openai -WhatIf | Should -BeNullOrEmpty

        Get-Account | Should -Be $before
    }

    Context 'refuses, before anything is sent,' {
        It '<because>' -ForEach @(
            @{ because = 'a blank provider'; with = @{ Provider = ' ' } }
            @{ because = 'a blank name'; with = @{ Name = ' ' } }
            @{ because = 'a name over 255'; with = @{ Name = 'n' * 256 } }
            @{ because = 'an empty list'; with = @{ AllowedModel = @() } }
            @{ because = 'a model that is $null'; with = @{ AllowedModel = $null } }
            @{ because = 'API keys that are $null'; with = @{ AllowedApiKey = $null } }
            @{ because = 'members that are $null'; with = @{ AllowedUser = $null } }
            @{ because = 'a name that is $null'; with = @{ Name = $null } }
            @{ because = 'a workspace that is $null'; with = @{ Workspace = $null } }
            @{ because = 'a declaration that is $null'; with = @{ DeclaredZdr = $null } }
            @{ because = 'a region that is $null'; with = @{ DeclaredRegion = $null } }
            @{ because = 'more than 100 entries'; with = @{ AllowedModel = 1..101 } }
            @{ because = 'a blank entry'; with = @{ AllowedUserId = 'user_1', ' ' } }
            @{ because = 'a hash that is none'; with = @{ AllowedApiKeyHash = 'ABC' } }
            @{ because = '-Fallback with -ByokOnly'; with = @{ Fallback = $true; ByokOnly = $true } }
            @{ because = 'a blank workspace'; with = @{ WorkspaceId = '' } }
        ) {
            $arguments = @{ Provider = 'openai'; Key = $key } + @{}
            foreach ($name in $with.Keys) { $arguments[$name] = $with[$name] }

            $failure = Get-Failure { New-OpenRouterByokKey @arguments }

            $failure.FullyQualifiedErrorId | Should -BeLike 'OpenRouterByok.InvalidArgument,*'
            $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
            $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            Get-Request { try { New-OpenRouterByokKey @arguments } catch { $null = $_ } } | Should -BeNullOrEmpty
        }

        It 'an empty key' {
            $empty = ConvertTo-Secret ''
            $failure = Get-Failure { New-OpenRouterByokKey openai $empty }

            $failure.FullyQualifiedErrorId | Should -BeLike 'OpenRouterByok.InvalidArgument,*'
        }

        It 'a key as plain text, says how to make one, and does not repeat it' {
            $failure = Get-Failure { New-OpenRouterByokKey openai $text }

            $failure.FullyQualifiedErrorId | Should -BeLike 'OpenRouterByok.InvalidArgument,*'
            $failure.Exception.Message | Should -Match 'ConvertTo-SecureString'
            Get-Speech { New-OpenRouterByokKey openai $text } | Should -Not -Match $text
        }

        It 'to go on without a key where nobody can be asked' {
            $before = Get-Account
            $runspace = [powershell]::Create()
            try {
                $null = $runspace.AddCommand('Import-Module').AddArgument($manifest).AddStatement()
                $null = $runspace.AddCommand('New-OpenRouterByokKey').AddArgument('openai')
                $null = $runspace.AddParameter('Session', $session)
                $null = $runspace.Invoke()
                Assert-Failure $runspace.Streams.Error[0] InvalidArgument InvalidArgument openai
            }
            finally { $runspace.Dispose() }

            Get-Account | Should -Be $before
        }
    }

    Context 'fails' {
        It 'with InvalidRequest when the API refuses a value' {
            $failure = Get-Failure { New-OpenRouterByokKey openai $key -Name Foreign -AllowedApiKeyHash ('0' * 64) }

            Assert-Failure $failure InvalidRequest InvalidArgument 'Foreign'
        }

        It 'with Forbidden when the session has no management key' {
            $other = Get-OtherSession $sandbox -Key $sandbox.InferenceKey

            $failure = Get-Failure { New-OpenRouterByokKey openai $key -Session $other }

            Assert-Failure $failure Forbidden PermissionDenied openai
        }

        It 'without ever showing the secret' {
            $said = Get-Speech {
                New-OpenRouterByokKey openai $key -Name Shown
                New-OpenRouterByokKey openai $key -AllowedApiKeyHash ('0' * 64)
            }

            $said | Should -Match 'Shown'
            $said | Should -Match 'POST /byok'
            $said | Should -Not -Match '0123456789'
            $said | Should -Not -Match $sandbox.ManagementKey
        }
    }

    It 'completes providers and regions' {
        (Get-Completion 'New-OpenRouterByokKey amazon').CompletionText | Should -Contain 'amazon-bedrock'
        $regions = Get-Completion 'New-OpenRouterByokKey azure -DeclaredRegion '

        $regions.CompletionText | Should -Be 'europe', 'global', 'us'
    }

    It 'has help' { Assert-Help New-OpenRouterByokKey }
}
