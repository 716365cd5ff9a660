Describe 'Get-OpenRouterByokKey' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $script:session = Connect-Sandbox $sandbox
        $script:missing = '11111111-2222-3333-4444-555555555555'
    }

    AfterAll { Close-Sandbox $sandbox }

    Context 'lists' {
        It 'the default workspace and the global ones' {
            $keys = Get-OpenRouterByokKey

            $keys | Should -Not -BeNullOrEmpty
            $keys.ForEach('GetType').FullName | Sort-Object -Unique | Should -Be 'OpenRouter.Byok.ByokKey'
            @($keys.WorkspaceId | Where-Object { $_ } | Sort-Object -Unique).Count | Should -Be 1
            @($keys | Where-Object { $null -eq $_.WorkspaceId }).Count | Should -BeGreaterThan 0
        }

        It 'every workspace, and names each global credential once' {
            $keys = Get-OpenRouterByokKey -AllWorkspaces

            @($keys.WorkspaceId | Where-Object { $_ } | Sort-Object -Unique).Count | Should -Be 2
            @($keys.Id | Sort-Object -Unique).Count | Should -Be $keys.Count
        }

        It 'the workspaces that are named' {
            $other = (Get-OpenRouterByokKey -AllWorkspaces Production*).WorkspaceId | Sort-Object -Unique

            $keys = Get-OpenRouterByokKey -WorkspaceId $other

            @($keys | Where-Object { $_.WorkspaceId -and $_.WorkspaceId -ne $other }) | Should -BeNullOrEmpty
            $keys.Name | Should -Contain 'Production 2'
        }

        It 'the workspace of the session' {
            $other = (Get-OpenRouterByokKey -AllWorkspaces Production*).WorkspaceId | Sort-Object -Unique
            $null = Connect-Sandbox $sandbox -With @{ WorkspaceId = $other }
            try { (Get-OpenRouterByokKey).Name | Should -Contain 'Production 2' }
            finally { $script:session = Connect-Sandbox $sandbox }
        }
    }

    Context 'filters' {
        It 'by name, with wildcards, whatever the case' {
            (Get-OpenRouterByokKey MAIN).Name | Should -BeExactly 'Main'
            (Get-OpenRouterByokKey -Name 'ma*', 'spare').Name | Sort-Object | Should -Be 'Main', 'Spare'
        }

        It 'by name, which one without a name never meets' {
            Get-OpenRouterByokKey -Name * | Where-Object { $null -eq $_.Name } | Should -BeNullOrEmpty
        }

        It 'by the workspace''s name' {
            (Get-OpenRouterByokKey -Workspace Production).Name | Should -Contain 'Production 2'
            (Get-OpenRouterByokKey -Workspace production, Default).Name | Should -Contain 'Main'
        }

        It 'by who may use them, and for what' {
            (Get-OpenRouterByokKey -User 'mei.tanaka@example.com' -Provider anthropic).Name | Should -Contain 'Mei, own'
            (Get-OpenRouterByokKey -User 'ada.okafor@example.com' -Provider anthropic).Name |
                Should -Not -Contain 'Mei, own'
            (Get-OpenRouterByokKey -ApiKey 'Nightly eval' -Provider openai).Name | Should -Contain 'Nightly eval'
            (Get-OpenRouterByokKey -ApiKey Assistant -Provider openai).Name | Should -Not -Contain 'Nightly eval'
            (Get-OpenRouterByokKey -Model openai/gpt-5 -Provider google-vertex) | Should -BeNullOrEmpty
        }

        It 'and says so when a name leads nowhere' {
            Assert-Failure (Get-Failure { Get-OpenRouterByokKey -ApiKey nobody }) UnknownName ObjectNotFound
            Assert-Failure (Get-Failure { Get-OpenRouterByokKey -User nobody }) UnknownName ObjectNotFound
            Assert-Failure (Get-Failure { Get-OpenRouterByokKey -Workspace nobody }) UnknownName ObjectNotFound
        }

        It 'by provider, asking the API' {
            $keys = Get-OpenRouterByokKey -Provider openai, anthropic/2

            $keys.Provider | Sort-Object -Unique | Should -Be 'anthropic/2', 'openai'
            Get-Request { Get-OpenRouterByokKey -Provider openai } | Should -BeLike 'GET /byok?*provider=openai'
        }

        It 'by provider, trimmed and whatever the case' {
            Get-Request { Get-OpenRouterByokKey -Provider ' OpenAI ' } | Should -BeLike 'GET /byok?*provider=openai'
        }

        It 'by provider with wildcards' {
            $keys = Get-OpenRouterByokKey -Provider anthropic*

            $keys.Provider | Sort-Object -Unique | Should -Be 'anthropic', 'anthropic/2'
        }

        It 'by state' {
            $off = @(Get-OpenRouterByokKey -AllWorkspaces -State Disabled)
            $on = @(Get-OpenRouterByokKey -AllWorkspaces -State Enabled)

            $off.Disabled | Sort-Object -Unique | Should -BeTrue
            $on.Disabled | Sort-Object -Unique | Should -BeFalse
            $off.Count + $on.Count | Should -Be @(Get-OpenRouterByokKey -AllWorkspaces).Count
        }

        It 'and finds nothing without an error' {
            Get-OpenRouterByokKey 'no such name' -ErrorVariable failed | Should -BeNullOrEmpty
            $failed | Should -BeNullOrEmpty
        }
    }

    Context 'pages' {
        BeforeAll {
            $script:crowd = Open-Sandbox '--keys 250'
            $script:many = Get-OtherSession $crowd
        }

        AfterAll {
            Close-Sandbox $crowd
            $script:session = Connect-Sandbox $sandbox
        }

        It 'through all of them' {
            $keys = Get-OpenRouterByokKey -AllWorkspaces -Session $many

            $keys.Count | Should -Be 250
            @($keys.Id | Sort-Object -Unique).Count | Should -Be 250
        }

        It 'no further than it has to' {
            Get-Request { Get-OpenRouterByokKey -First 5 -Session $many } | Should -Be 'GET /byok?offset=0&limit=5'
            Get-Request { Get-OpenRouterByokKey -First 0 -Session $many } | Should -BeNullOrEmpty
            Get-Request { Get-OpenRouterByokKey -Session $many | Select-Object -First 1 } | Should -HaveCount 1
        }

        It 'to the part that is asked for' {
            $keys = Get-OpenRouterByokKey -Session $many

            (Get-OpenRouterByokKey -First 3 -Skip 120 -Session $many).Id | Should -Be $keys[120..122].Id
            Get-OpenRouterByokKey -Skip 1000 -Session $many | Should -BeNullOrEmpty
        }

        It 'and counts' {
            $count, $keys = Get-OpenRouterByokKey -First 3 -IncludeTotalCount -Session $many

            $count | Should -Be @(Get-OpenRouterByokKey -Session $many).Count
            $keys | Should -HaveCount 3
        }
    }

    Context 'by id' {
        BeforeAll { $script:ids = (Get-OpenRouterByokKey -First 4).Id }

        It 'from the parameter' { (Get-OpenRouterByokKey -Id $ids).Id | Should -Be $ids }

        It 'from the pipeline, as text' { ($ids | Get-OpenRouterByokKey).Id | Should -Be $ids }

        It 'from the pipeline, as objects with an Id' {
            ($ids | ForEach-Object { [pscustomobject]@{ Id = $_ } } | Get-OpenRouterByokKey).Id | Should -Be $ids
            (Get-OpenRouterByokKey -First 4 | Get-OpenRouterByokKey).Id | Should -Be $ids
        }

        It 'given in place of a name' { (Get-OpenRouterByokKey $ids[0]).Id | Should -Be $ids[0] }

        It 'in the order of the input, however many at once' {
            $backwards = $ids[3..0]

            ($backwards | Get-OpenRouterByokKey -ThrottleLimit 1).Id | Should -Be $backwards
            ($backwards | Get-OpenRouterByokKey -ThrottleLimit 4).Id | Should -Be $backwards
        }

        It 'goes on after one that does not exist' {
            $keys = $ids[0], $missing, $ids[1] |
                Get-OpenRouterByokKey -ErrorAction SilentlyContinue -ErrorVariable failed

            $keys.Id | Should -Be $ids[0, 1]
            $failed | Should -HaveCount 1
            Assert-Failure $failed[0] NotFound ObjectNotFound $missing
        }

        It 'refuses a blank one without asking' {
            $failure = Get-Failure { Get-OpenRouterByokKey -Id ' ' }

            Assert-Refusal $failure
            Get-Request { Get-OpenRouterByokKey -Id ' ' } | Should -BeNullOrEmpty
        }
    }

    Context 'what comes out' {
        It 'has null for a list that is not set, and a list for one that is' {
            $free = Get-OpenRouterByokKey Main
            $bound = Get-OpenRouterByokKey Research

            $null -eq $free.AllowedModels | Should -BeTrue
            $null -eq $free.DeclaredZdr | Should -BeTrue
            $bound.AllowedModels | Should -Be 'google/gemini-2.5-pro', 'google/gemini-2.5-flash'
            $bound.AllowedModels.Count | Should -Be 2
        }

        It 'has types that sort and compare' {
            $key = Get-OpenRouterByokKey Main

            $key.CreatedAt | Should -BeOfType [DateTimeOffset]
            $key.SortOrder | Should -BeOfType [int]
            $key.Disabled | Should -BeOfType [bool]
        }

        It 'never has a secret' {
            (Get-OpenRouterByokKey Main).PSObject.Properties.Name | Should -Not -Contain 'Key'
        }

        It 'says what it is' { "$(Get-OpenRouterByokKey Main)" | Should -Be 'Main (anthropic)' }

        It 'sorts, groups and filters' {
            $keys = Get-OpenRouterByokKey -AllWorkspaces
            $sorted = $keys | Sort-Object CreatedAt
            $groups = $keys | Group-Object Provider

            $sorted[0].CreatedAt | Should -BeLessThan $sorted[-1].CreatedAt
            ($groups | Measure-Object Count -Sum).Sum | Should -Be $keys.Count
            $groups.Name | Should -Contain 'anthropic/2'
            ($keys | Where-Object { $_.AllowedModels -contains 'google/gemini-2.5-pro' }).Name | Should -Be 'Research'
        }

        It 'goes to a CSV file, lists with semicolons' {
            $file = Join-Path $TestDrive 'inventory.csv'
            Get-OpenRouterByokKey -AllWorkspaces | Export-Csv $file -NoTypeInformation -Encoding UTF8

            $rows = Import-Csv $file
            $rows.Count | Should -Be @(Get-OpenRouterByokKey -AllWorkspaces).Count
            ($rows | Where-Object Name -EQ Research).AllowedModels |
                Should -Be 'google/gemini-2.5-pro;google/gemini-2.5-flash'
            ($rows | Where-Object Name -EQ Main).AllowedModels | Should -BeNullOrEmpty
            ($rows | Where-Object Name -EQ Main).Disabled | Should -Be 'False'
        }

        It 'is one table, and a list with everything' {
            $table = Get-OpenRouterByokKey -Provider anthropic | Out-String -Width 120
            $list = Get-OpenRouterByokKey Main | Format-List | Out-String -Width 120

            $table | Should -Match 'Provider\s+Order\s+Name\s+Use\s+Workspace\s+Restricted to\s+Label\s+Id'
            $table | Should -Match '1 user'
            $list | Should -Match 'AllowedModels\s+: any'
            $list | Should -Match 'DeclaredZdr\s+: inherited'
        }
    }

    Context 'refuses' {
        It '-WorkspaceId together with -AllWorkspaces' {
            $failure = Get-Failure { Get-OpenRouterByokKey -WorkspaceId $missing -AllWorkspaces }

            Assert-Failure $failure InvalidArgument InvalidArgument
        }

        It 'a blank provider' {
            Assert-Failure (Get-Failure { Get-OpenRouterByokKey -Provider ' ' }) InvalidArgument InvalidArgument
        }

        It 'an unknown state' {
            (Get-Failure { Get-OpenRouterByokKey -State Asleep }).FullyQualifiedErrorId |
                Should -BeLike 'CannotConvertArgumentNoMessage,*'
        }
    }

    Context 'fails' {
        It 'with Unauthorized, without naming the key' {
            $wrong = 'sk-or-v1-not-a-key-of-anyone'
            $other = Get-OtherSession $sandbox -Key $wrong

            Assert-Failure (Get-Failure { Get-OpenRouterByokKey -Session $other }) Unauthorized AuthenticationError
            Get-Speech { Get-OpenRouterByokKey -Session $other } | Out-String | Should -Not -Match $wrong
        }

        It 'with Forbidden when the key is for inference' {
            $other = Get-OtherSession $sandbox -Key $sandbox.InferenceKey

            Assert-Failure (Get-Failure { Get-OpenRouterByokKey -Session $other }) Forbidden PermissionDenied
        }

        It 'with ConnectionFailed when nobody answers' {
            $other = Get-OtherSession $sandbox -BaseUri 'http://127.0.0.1:1/api/v1'

            Assert-Failure (Get-Failure { Get-OpenRouterByokKey -Session $other }) ConnectionFailed ConnectionError
        }

        It 'with NoKey when there is no session' {
            Disconnect-OpenRouter
            try { Assert-Failure (Get-Failure { Get-OpenRouterByokKey }) NoKey AuthenticationError }
            finally { $script:session = Connect-Sandbox $sandbox }
        }
    }

    Context 'completes' {
        It 'names and ids of credentials, and says which they are' {
            $key = Get-OpenRouterByokKey Main

            (Get-Completion 'Get-OpenRouterByokKey Mai').CompletionText | Should -Contain 'Main'
            $match = Get-Completion "Get-OpenRouterByokKey -Id $($key.Id.Substring(0, 6))"
            $match.CompletionText | Should -Be $key.Id
            $match.ToolTip | Should -Match 'Main'
        }

        It 'providers and states' {
            (Get-Completion 'Get-OpenRouterByokKey -Provider anthropic').CompletionText | Should -Contain 'anthropic/2'
            (Get-Completion 'Get-OpenRouterByokKey -State ').CompletionText | Should -Be 'Disabled', 'Enabled'
        }
    }

    It 'works in parallel with one session' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $shared = $session
        $module = $manifest
        $ids = (Get-OpenRouterByokKey -First 4).Id

        $keys = $ids | ForEach-Object -Parallel {
            Import-Module $using:module
            Get-OpenRouterByokKey -Id $_ -Session $using:shared
        }

        $keys.Id | Sort-Object | Should -Be ($ids | Sort-Object)
    }

    It 'has help' { Assert-Help Get-OpenRouterByokKey }
}
