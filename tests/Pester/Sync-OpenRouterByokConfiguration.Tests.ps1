Describe 'Sync-OpenRouterByokConfiguration' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $null = Connect-Sandbox $sandbox
        $script:key = 'sk-proj-5f2c9d81e07b46a3'
        $script:there = @{ Workspace = 'Scratch' }
        $script:json = Join-Path $TestDrive 'openrouter.json'
        $script:keyVariable = $env:OPENROUTER_TESTS_KEY
        $env:OPENROUTER_TESTS_KEY = $key

        # What is not global, in the order in which it is tried.
        function Get-Scratch {
            Get-OpenRouterByokKey -Workspace Scratch | Where-Object WorkspaceId | Sort-Object Provider, SortOrder
        }

        function Write-Entry {
            param([hashtable[]] $Entry)

            $all = foreach ($one in $Entry) { @{ provider = 'openai'; workspace = 'scratch' } + $one }
            @{ version = 1; credentials = @($all) } | ConvertTo-Json -Depth 9 | Set-Content $json -Encoding utf8
        }

        # Changes the file as an editor would.
        function Edit-Text {
            param([string] $Pattern, [string] $Replacement)

            $text = (Get-Content -LiteralPath $json -Raw -Encoding UTF8) -replace $Pattern, $Replacement
            Set-Content -LiteralPath $json -Value $text -Encoding utf8
        }

        function Get-Write {
            param([scriptblock] $Script)

            Get-Request $Script 6>$null | Where-Object { $_ -notlike 'GET *' }
        }
    }

    AfterAll {
        if ($keyVariable) { $env:OPENROUTER_TESTS_KEY = $keyVariable }
        else { Remove-Item Env:OPENROUTER_TESTS_KEY -ErrorAction Ignore }
        Close-Sandbox $sandbox
    }

    # Two credentials of openai, and one of groq.
    BeforeEach {
        Get-Scratch | Remove-OpenRouterByokKey -Confirm:$false
        $null = Add-Credential openai -With ($there + @{ Name = 'One'; AllowedModel = 'openai/gpt-4o' })
        $null = Add-Credential openai -With ($there + @{ Name = 'Two' })
        $null = Add-Credential groq -With ($there + @{ Name = 'Three' })
        Export-OpenRouterByokConfiguration $json -Workspace Scratch -Force -WarningAction SilentlyContinue
        $script:before = Get-Account
    }

    It 'brings the account to what was edited, and then has nothing to do' {
        $configuration = Get-Content -LiteralPath $json -Raw -Encoding UTF8 | ConvertFrom-Json
        $one = $configuration.credentials | Where-Object name -EQ 'One'
        $one.allowedModels = $null
        $one.isRequired = $true
        $new = @{
            provider = 'openai'; workspace = 'Scratch'; name = 'New'; disabled = $true
            key = @{ env = 'OPENROUTER_TESTS_KEY' }
        }
        $configuration.credentials += [pscustomobject]$new
        $configuration | ConvertTo-Json -Depth 9 | Set-Content -LiteralPath $json -Encoding utf8

        $plan = Compare-OpenRouterByokConfiguration $json
        $screen = Get-Screen { Sync-OpenRouterByokConfiguration $json -WhatIf }
        Get-Account | Should -Be $before
        $changes = Sync-OpenRouterByokConfiguration $json -InformationVariable said 6>$null

        $plan.Name | Sort-Object | Should -Be 'New', 'One'
        $screen = $screen -replace '\s+', ' ' -replace [char]0x2192, '->'
        $screen | Should -BeLike '*What if: *"Create (*key: environment variable OPENROUTER_TESTS_KEY*"*''New''*'
        $screen | Should -BeLike '*What if: *"Update (*isRequired: false -> true*" on target "openai ''One''*'
        $changes | Should -HaveCount 2
        $changes.Status | Select-Object -Unique | Should -Be 'Completed'
        $changes.Action | Should -Be 'Create', 'Update'
        $changes | Out-String | Should -Match "openai 'New' in Scratch: created"
        "$said" | Should -BeLike '2 of 2 changes were made.*'
        $made = Get-OpenRouterByokKey New -Workspace Scratch
        $changes[0].KeyId | Should -Be $made.Id
        "$($made.Disabled) $($made.Label)" | Should -Be 'True sk-...46a3'
        $one = Get-OpenRouterByokKey One -Workspace Scratch
        $null -eq $one.AllowedModels | Should -BeTrue
        $one.IsRequired | Should -BeTrue

        Compare-OpenRouterByokConfiguration $json 6>$null | Should -BeNullOrEmpty
        Get-Write { Sync-OpenRouterByokConfiguration $json } | Should -BeNullOrEmpty
    }

    It 'sends nothing but what differs' {
        Edit-Text '"declaredZdr": null' '"declaredZdr": true'

        $writes = Get-Write { Sync-OpenRouterByokConfiguration $json }

        $writes | Should -HaveCount 3
        $writes | Should -BeLike 'PATCH /byok/*'
        Get-Scratch | ForEach-Object { $_.DeclaredZdr | Should -BeTrue }
        (Get-OpenRouterByokKey One -Workspace Scratch).AllowedModels | Should -Be 'openai/gpt-4o'
    }

    It 'creates what a CSV file lists, in its order' {
        $csv = Join-Path $TestDrive 'new.csv'
        Set-Content -LiteralPath $csv -Value 'Provider,Name,SecretName', 'mistral,B,OPENROUTER_TESTS_KEY',
        'mistral,A,OPENROUTER_TESTS_KEY'
        $reference = @{ Name = 'key'; Expression = { @{ env = $_.SecretName } } }
        $rows = Import-Csv $csv | Select-Object Provider, Name, $reference

        $changes = $rows | Sync-OpenRouterByokConfiguration -Workspace Scratch 6>$null

        $changes.Name | Should -Be 'B', 'A'
        (Get-Scratch | Where-Object Provider -EQ mistral).Name | Should -Be 'B', 'A'
        $rows | Compare-OpenRouterByokConfiguration -Workspace Scratch 6>$null | Should -BeNullOrEmpty
    }

    It 'replaces keys with -KeyUpdate' {
        Write-Entry @{ name = 'One'; key = @{ env = 'OPENROUTER_TESTS_KEY' } }

        Get-Write { Sync-OpenRouterByokConfiguration $json } | Should -BeNullOrEmpty
        $change = Sync-OpenRouterByokConfiguration $json -KeyUpdate Changed 6>$null

        $change.WritesKey | Should -BeTrue
        (Get-OpenRouterByokKey One -Workspace Scratch).Label | Should -Be 'sk-...46a3'
        Get-Write { Sync-OpenRouterByokConfiguration $json -KeyUpdate Changed } | Should -BeNullOrEmpty
    }

    It 'shows no key' {
        Write-Entry @{ name = 'One'; key = @{ env = 'OPENROUTER_TESTS_KEY' } }

        $said = Get-Speech { Sync-OpenRouterByokConfiguration $json -KeyUpdate Always } | Out-String

        $said | Should -Match 'PATCH /byok/'
        $said | Should -Not -Match $key
        Get-Speech { Write-Output "a $key" } | Out-String | Should -Match $key
    }

    Context 'with a plan from the pipeline' {
        BeforeEach {
            Edit-Text '"isRequired": false' '"isRequired": true'
            Edit-Text '"Two"' '"Renamed"'
            $script:plan = Compare-OpenRouterByokConfiguration $json -Prune Remove
        }

        It 'applies a part of it' {
            $changes = $plan | Where-Object Action -NE Remove | Where-Object Action -NE Blocked |
                Sync-OpenRouterByokConfiguration 6>$null

            $changes.Name | Sort-Object | Should -Be 'One', 'Three'
            (Get-OpenRouterByokKey Two -Workspace Scratch).IsRequired | Should -BeFalse
        }

        It 'refuses it when the account has changed since, and names the credential' {
            $null = Get-OpenRouterByokKey One -Workspace Scratch | Disable-OpenRouterByokKey
            $account = Get-Account

            $failure = Get-Failure { $plan | Sync-OpenRouterByokConfiguration }

            Assert-Failure $failure StalePlan InvalidOperation
            $failure | Should -BeLike 'The account changed*nothing was changed. One (openai) (*) was changed: *isabled*'
            Get-Account | Should -Be $account
            $null = Get-OpenRouterByokKey One -Workspace Scratch | Enable-OpenRouterByokKey
        }

        It 'refuses it a second time' {
            $work = $plan | Where-Object Action -EQ Update
            $null = $work | Sync-OpenRouterByokConfiguration 6>$null

            Assert-Failure (Get-Failure { $work | Sync-OpenRouterByokConfiguration }) StalePlan InvalidOperation
        }

        It 'refuses it when it comes <name>' -ForEach @(
            @{ name = 'from Import-Clixml'; store = {
                    Export-Clixml (Join-Path $TestDrive 'plan.xml') -InputObject $_
                    Import-Clixml (Join-Path $TestDrive 'plan.xml')
                } }
            @{ name = 'from ConvertFrom-Json'; store = { $_ | ConvertTo-Json -Depth 4 | ConvertFrom-Json } }
            @{ name = 'from Select-Object'; store = { $_ | Select-Object * } }
        ) {
            $stored = $plan | ForEach-Object $store

            $failure = Get-Failure { $stored | Sync-OpenRouterByokConfiguration }

            Assert-Failure $failure InvalidArgument InvalidArgument
            $failure | Should -BeLike '*not made by Compare-OpenRouterByokConfiguration in this process*'
            Get-Account | Should -Be $before
        }

        It 'applies one that was stored by its id' {
            $id = $plan[0].PlanId
            $wrong = '0' * 32

            $failure = Get-Failure {
                Sync-OpenRouterByokConfiguration $json -Prune Remove -ExpectedPlan $wrong
            }
            Assert-Failure $failure StalePlan InvalidOperation
            $failure | Should -BeLike "*$id*$wrong*"
            Get-Account | Should -Be $before
            (Sync-OpenRouterByokConfiguration $json -Prune Remove -ExpectedPlan $id -WhatIf) | Should -BeNullOrEmpty
            (Get-Failure { Sync-OpenRouterByokConfiguration $json -ExpectedPlan 'x' }) |
                Should -BeLike '-ExpectedPlan must be the id of a plan*'
        }
    }

    Context 'pruning' {
        BeforeEach { Write-Entry @{ name = 'One' } }

        It 'is done only on demand' {
            Sync-OpenRouterByokConfiguration $json 6>$null | Should -BeNullOrEmpty
            Get-Account | Should -Be $before

            (Sync-OpenRouterByokConfiguration $json -Prune Disable 6>$null).Action | Should -Be 'Disable'
            (Get-OpenRouterByokKey Two -Workspace Scratch).Disabled | Should -BeTrue

            (Sync-OpenRouterByokConfiguration $json -Prune Remove 6>$null).Action | Should -Be 'Remove'
            (Get-Scratch).Name | Should -Be 'Three', 'One'
        }

        It 'is refused for the last enabled credential, unless -Force is specified' {
            Set-Content -LiteralPath $json -Encoding utf8 -Value (
                '{ "version": 1, "credentials": [], "scope": [{ "provider": "groq", "workspace": "scratch" }] }')

            $failure = Get-Failure { Sync-OpenRouterByokConfiguration $json -Prune Remove }

            Assert-Failure $failure PruneRefused InvalidOperation
            $failure | Should -BeLike 'No credential of groq in * would be enabled any longer: Three *specify -Force*'
            Get-Account | Should -Be $before
            $change = Sync-OpenRouterByokConfiguration $json -Prune Remove -Force 6>$null
            "$($change.Action) $($change.Name) $($change.Status)" | Should -Be 'Remove Three Completed'
            (Get-Scratch).Name | Should -Be 'One', 'Two'
        }

        It 'is shown, and not done, under -WhatIf' {
            $screen = Get-Screen { Sync-OpenRouterByokConfiguration $json -Prune Remove -WhatIf }

            $screen -replace '\s+', ' ' | Should -BeLike '*"Remove (its key is wiped)" on target "openai ''Two''*'
            Get-Account | Should -Be $before
        }
    }

    Context 'with a key that cannot be read' {
        It 'sends nothing at all, and says which' {
            Write-Entry @{ name = 'One'; isRequired = $true },
            @{ name = 'A'; key = @{ env = 'OPENROUTER_TESTS_KEY' } },
            @{ name = 'B'; key = @{ env = 'OPENROUTER_TESTS_NO_SUCH_KEY' } },
            @{ name = 'C'; key = @{ file = 'no-such-file.txt' } }

            $failure = Get-Failure { Sync-OpenRouterByokConfiguration $json }

            Assert-Failure $failure SecretUnavailable ResourceUnavailable
            $lines = "$failure" -split '\r?\n'
            $lines | Should -HaveCount 2
            $lines[0] | Should -BeLike '*openrouter.json:*OPENROUTER_TESTS_NO_SUCH_KEY is not set.*'
            $lines[1] | Should -BeLike '*openrouter.json:*no-such-file.txt*does not exist.*'
            Get-Account | Should -Be $before
        }

        It 'plans all the same' {
            Write-Entry @{ name = 'B'; key = @{ env = 'OPENROUTER_TESTS_NO_SUCH_KEY' } }

            @(Compare-OpenRouterByokConfiguration $json | Where-Object Action -EQ Create).Name | Should -Be 'B'
            { Sync-OpenRouterByokConfiguration $json -WhatIf } | Should -Not -Throw
        }
    }

    Context '-SecretResolver' {
        BeforeEach {
            Write-Entry @{ name = 'One' }, @{ name = 'New'; key = @{ op = 'op://team/openai'; field = 'key' } }
        }

        It 'gets the object, and returns the key' {
            $seen = New-Object System.Collections.ArrayList
            $resolver = {
                param($reference)

                $null = $seen.Add("$($reference.op) $($reference.field)")
                ConvertTo-Secret $key
            }

            $change = Sync-OpenRouterByokConfiguration $json -SecretResolver $resolver 6>$null

            "$($change.Action) $($change.Name)" | Should -Be 'Create New'
            $seen | Should -Be 'op://team/openai key'
            (Get-OpenRouterByokKey New -Workspace Scratch).Label | Should -Be 'sk-...46a3'
        }

        It 'may not return <name>, which is not shown' -ForEach @(
            @{ name = 'text'; resolver = { $key } }
            @{ name = 'two secrets'; resolver = { ConvertTo-Secret $key; ConvertTo-Secret $key } }
            @{ name = 'a credential'; resolver = { [pscredential]::new('x', (ConvertTo-Secret $key)) } }
            @{ name = 'nothing'; resolver = { $null = $key } }
        ) {
            $failure = Get-Failure { Sync-OpenRouterByokConfiguration $json -SecretResolver $resolver }

            Assert-Failure $failure SecretUnavailable ResourceUnavailable
            $failure | Should -BeLike '*one SecureString is required*'
            $failure | Format-List * -Force | Out-String | Should -Not -Match $key
            Get-Account | Should -Be $before
        }

        It 'is named by the error when it is missing' {
            $failure = Get-Failure { Sync-OpenRouterByokConfiguration $json }

            Assert-Failure $failure InvalidConfiguration InvalidData
            $failure | Should -BeLike '*specify -SecretResolver*'
        }
    }

    It 'says how to get SecretManagement where it is missing' -Skip:(
        [bool](Get-Module Microsoft.PowerShell.SecretManagement)) {
        Write-Entry @{ name = 'New'; key = @{ secret = 'openai'; vault = 'Team' } }
        # Whoever runs the tests may have it.
        $global:PSModuleAutoLoadingPreference = 'None'
        try { $failure = Get-Failure { Sync-OpenRouterByokConfiguration $json } }
        finally { Remove-Variable PSModuleAutoLoadingPreference -Scope Global }

        Assert-Failure $failure SecretUnavailable ResourceUnavailable
        $failure | Should -BeLike '*the command Get-Secret was not found.*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Install-Module*SecretManagement*'
    }

    It 'makes the other changes when one is blocked, and ends with an error' {
        Write-Entry @{ name = 'One'; isRequired = $true }, @{ name = 'No key' }
        $output = New-Object System.Collections.ArrayList

        $failure = Get-Failure { Sync-OpenRouterByokConfiguration $json -Prune Remove -OutVariable +output }

        Assert-Failure $failure ConfigurationIncomplete OperationStopped
        $failure | Should -BeLike '1 of * changes were made. These were not:*''No key''*'
        (Get-OpenRouterByokKey One -Workspace Scratch).IsRequired | Should -BeTrue
        # After a failure, nothing is taken away.
        (Get-Scratch).Name | Should -Be 'Three', 'One', 'Two'
        @($output | Where-Object Status -EQ NotAttempted).Name | Should -Be 'No key', 'Two'
    }

    It 'tests keys first with -ProvingWorkspace' {
        Get-Scratch | Remove-OpenRouterByokKey -Confirm:$false
        $made = foreach ($name in 'Good', 'Bad') {
            @{ provider = 'groq'; name = "$name, tested"; key = @{ env = "OPENROUTER_TESTS_$name" } }
        }
        $env:OPENROUTER_TESTS_Good = $key
        $env:OPENROUTER_TESTS_Bad = "$key-revoked"
        try {
            $with = @{ ProvingWorkspace = 'Scratch'; ApiKey = ConvertTo-Secret $sandbox.ScratchKey }
            $failure = Get-Failure { $made | Sync-OpenRouterByokConfiguration @with }
        }
        finally { Remove-Item Env:OPENROUTER_TESTS_Good, Env:OPENROUTER_TESTS_Bad }

        $failure | Should -BeLike '*''Bad, tested''*'
        $held = Get-OpenRouterByokKey *tested
        try { $held.Name | Should -Be 'Good, tested' }
        finally { $held | Remove-OpenRouterByokKey -Confirm:$false }
        Get-Scratch | Should -BeNullOrEmpty
    }

    It 'has help' { Assert-Help Sync-OpenRouterByokConfiguration }
}
