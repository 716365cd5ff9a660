Describe 'Compare-OpenRouterByokConfiguration' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $null = Connect-Sandbox $sandbox
        $there = @{ Workspace = 'Scratch' }
        $null = Add-Credential openai -With ($there + @{ Name = 'One'; AllowedModel = 'openai/gpt-4o' })
        $null = Add-Credential openai -With ($there + @{ Name = 'Two'; Disabled = $true })
        $null = Add-Credential groq -With ($there + @{ Name = 'Three' })
        $script:account = Get-Account
        $script:folder = Join-Path $TestDrive 'configurations'
        $null = New-Item $folder -ItemType Directory
        $script:exported = Join-Path $folder 'exported.json'
        Export-OpenRouterByokConfiguration $exported -Workspace Scratch -WarningAction SilentlyContinue

        # What the file says after a script block has changed the object that it describes.
        function Get-Edited {
            param([scriptblock] $Edit)

            $configuration = Get-Content -LiteralPath $exported -Raw -Encoding UTF8 | ConvertFrom-Json
            $configuration.credentials | ForEach-Object $Edit
            ConvertTo-Json $configuration -Depth 9
        }

        # A new file in a folder of its own.
        function Write-File {
            param([string] $Text, [string] $Name = 'edited.json')

            $path = Join-Path (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory) $Name
            Set-Content -LiteralPath $path -Value $Text -Encoding utf8
            $path
        }

        # A plan as text, without what stands for colors.
        function Get-Shown {
            param($Plan)

            ($Plan | Out-String -Width 120) -replace "$([char]27)\[[\d;]*m" -replace [char]0x2192, '->'
        }
    }

    AfterAll { Close-Sandbox $sandbox }

    AfterEach { Get-Account | Should -Be $account }

    It 'outputs nothing for what was exported, and says so' {
        Compare-OpenRouterByokConfiguration $exported -InformationVariable said 6>$null | Should -BeNullOrEmpty

        "$said" | Should -BeLike 'No differences: 3 credentials match the configuration.*'
    }

    It 'outputs what was changed in the file' {
        $file = Write-File (Get-Edited {
                if ($_.name -eq 'One') { $_.allowedModels = $null; $_.declaredZdr = $true }
                if ($_.name -eq 'Two') { $_.disabled = $false }
            })

        $plan = Compare-OpenRouterByokConfiguration $file

        $plan | Should -HaveCount 2
        $plan[0] | Should -BeOfType OpenRouter.Byok.ByokConfigurationChange
        $plan.Name | Should -Be 'One', 'Two'
        $plan.Action | Select-Object -Unique | Should -Be 'Update'
        $plan.Status | Select-Object -Unique | Should -Be 'Planned'
        $plan[0].KeyId | Should -Be (Get-OpenRouterByokKey One -Workspace Scratch).Id
        $plan[0].Differences.Property | Should -Be 'allowedModels', 'declaredZdr'
        $plan[0].Differences[0].Current | Should -Be 'openai/gpt-4o'
        $null -eq $plan[0].Differences[0].Wanted | Should -BeTrue
        $plan[1].Differences.Wanted | Should -BeFalse
        $plan.WritesKey | Should -Not -Contain $true
    }

    It 'takes a file that -replace changed' {
        $text = (Get-Content -LiteralPath $exported -Raw) -replace '"isFallback": false', '"isFallback": true'

        $plan = Compare-OpenRouterByokConfiguration (Write-File $text)

        $plan.Differences.Property | Should -Be 'isFallback', 'isFallback', 'isFallback'
    }

    It 'shows a plan' {
        $file = Write-File (Get-Edited {
                if ($_.name -eq 'One') { $_.allowedModels = 'openai/gpt-4o', 'openai/o3' }
                if ($_.name -eq 'Two') {
                    $_.name = 'New'
                    $_ | Add-Member key @{ env = 'OPENROUTER_TESTS_KEY' }
                }
                if ($_.name -eq 'Three') { $_.declaredRegion = 'us' }
            })

        $plan = Compare-OpenRouterByokConfiguration $file
        $shown = Get-Shown $plan

        $shown | Should -Match '(?m)^~ groq ''Three'' in Scratch\s+declaredRegion: null -> us\s*$'
        $shown | Should -Match '(?m)^~ openai ''One'' in Scratch\s+allowedModels: \[?\+openai/o3\]?\s*$'
        $shown | Should -Match '(?m)^\+ openai ''New'' in Scratch$'
        $shown | Should -Match '(?m)^ +key: environment variable OPENROUTER_TESTS_KEY\s*$'
        $shown | Should -Match '(?m)^\? openai ''Two'' in Scratch: not in the configuration, and disabled\s*$'
        $shown | Should -Match '1 to create, 2 to update, 0 to disable, 0 to remove\.\s+1 extra, 0 blocked, 0 unchanged'
        $shown | Should -Match $plan[0].PlanId
        # In a table or a list, too.
        $plan | Format-Table Action, Name | Out-String | Should -Match 'Create +New'
    }

    It 'outputs what matches with -IncludeEqual' {
        $plan = Compare-OpenRouterByokConfiguration $exported -IncludeEqual 6>$null

        $plan.Action | Select-Object -Unique | Should -Be 'None'
        ($plan.PlanId | Select-Object -Unique) | Should -Match '^[0-9a-f]{32}$'
        Get-Shown $plan | Should -Match '(?m)^= groq ''Three'' in Scratch\s*$'
    }

    It 'shows what pruning would take away' {
        $file = Write-File (
            '{ "version": 1, "credentials": [{ "provider": "openai", "workspace": "scratch", "name": "Two" }] }')

        foreach ($action in 'Extra', 'Disable', 'Remove') {
            $with = @{}
            if ($action -ne 'Extra') { $with.Prune = $action }

            $plan = Compare-OpenRouterByokConfiguration $file @with

            "$($plan.Action) $($plan.Name)" | Should -Be "$action One"
        }

        Get-Shown $plan | Should -Match '(?m)^- openai ''One'' in Scratch: remove\s*$'
    }

    It 'makes only requests that read' {
        $file = Write-File (Get-Edited { $_.isRequired = $true })

        $requests = Get-Request { Compare-OpenRouterByokConfiguration $file -Prune Remove }

        $requests | Should -Not -BeNullOrEmpty
        $requests | Where-Object { $_ -notlike 'GET *' } | Should -BeNullOrEmpty
    }

    It 'takes another workspace' {
        $plan = Compare-OpenRouterByokConfiguration $exported -Workspace Production

        $plan.Workspace | Select-Object -Unique | Should -Be 'Production'
        $blocked = $plan | Where-Object Action -EQ Blocked
        $blocked.Name | Sort-Object | Should -Be 'One', 'Three', 'Two'
        $blocked[0].Reason | Should -Be 'it does not exist, and the configuration has no key for it'
    }

    It 'takes another session' {
        $other = Get-OtherSession $sandbox
        Disconnect-OpenRouter
        try {
            (Get-Failure { Compare-OpenRouterByokConfiguration $exported }).FullyQualifiedErrorId |
                Should -BeLike 'OpenRouterByok.NoKey,*'
            Compare-OpenRouterByokConfiguration $exported -Session $other 6>$null | Should -BeNullOrEmpty
        }
        finally { $null = Connect-Sandbox $sandbox }
    }

    Context 'takes' {
        It 'files of Get-ChildItem' {
            $first = Write-File (Get-Edited { $_.isRequired = $true })
            $parts = Split-Path $first
            $configuration = Get-Content -LiteralPath $first -Raw | ConvertFrom-Json
            foreach ($credential in $configuration.credentials) {
                $one = @{ version = 1; credentials = @($credential) }
                ConvertTo-Json $one -Depth 9 | Set-Content (Join-Path $parts "$($credential.name).json")
            }

            Remove-Item -LiteralPath $first
            $plan = Get-ChildItem $parts -Filter *.json | Compare-OpenRouterByokConfiguration

            $plan.Name | Sort-Object | Should -Be 'One', 'Three', 'Two'
            Push-Location $parts
            try { $other = Compare-OpenRouterByokConfiguration ./*.json }
            finally { Pop-Location }
            $other[0].PlanId | Should -Be $plan[0].PlanId
        }

        It 'a path of a PowerShell drive' {
            $text = Get-Edited { $_.isRequired = $_.name -eq 'One' }
            Set-Content -LiteralPath 'TestDrive:/a [draft].json' -Value $text -Encoding utf8

            (Compare-OpenRouterByokConfiguration -LiteralPath 'TestDrive:/a [draft].json').Name | Should -Be 'One'
        }

        It 'an object, as ConvertFrom-Json or ConvertFrom-Yaml outputs it' {
            $plan = Get-Edited { $_.isRequired = $_.name -eq 'One' } |
                ConvertFrom-Json |
                Compare-OpenRouterByokConfiguration

            $plan.Name | Should -Be 'One'
            $list = New-Object System.Collections.Generic.List[object]
            $list.Add(@{ provider = 'openai'; workspace = 'scratch'; name = 'One'; isRequired = $true })
            $other = @{ version = 1; credentials = $list } | Compare-OpenRouterByokConfiguration
            @($other | Where-Object Action -EQ Update).Name | Should -Be 'One'
        }

        It 'rows of a CSV file, in which a blank cell is absent' {
            $csv = Join-Path $TestDrive 'credentials.csv'
            Set-Content -LiteralPath $csv -Encoding utf8 -Value @(
                'Provider,Workspace,Name,AllowedModels,Disabled,IsFallback'
                'openai,scratch,One,,,true'
                'openai,scratch,Two,openai/o3;openai/gpt-5,False,'
                'groq,scratch,Three,,false,FALSE'
            )
            $models = @{
                Name       = 'AllowedModels'
                Expression = { if ($_.AllowedModels) { , ($_.AllowedModels -split ';') } }
            }

            $plan = Import-Csv $csv |
                Select-Object Provider, Workspace, Name, $models, Disabled, IsFallback |
                Compare-OpenRouterByokConfiguration

            $plan.Name | Should -Be 'One', 'Two'
            $plan[0].Differences.Property | Should -Be 'isFallback'
            $plan[1].Differences.Property | Should -Be 'allowedModels', 'disabled'
            $plan[1].Differences[0].Wanted | Sort-Object | Should -Be 'openai/gpt-5', 'openai/o3'
        }

        It 'a PowerShell data file' {
            $file = Write-File -Name 'openrouter.psd1' @'
@{
    version     = 1
    defaults    = @{ isByokOnly = $false }
    credentials = @(
        # A comment.
        @{ provider = 'openai'; workspace = 'scratch'; name = 'One'; allowedModels = 'openai/gpt-4o', 'openai/o3' }
        @{ provider = 'openai'; workspace = 'scratch'; name = 'Two'; key = @{ env = 'OPENAI_KEY' }; disabled = $true }
    )
}
'@
            $plan = Compare-OpenRouterByokConfiguration $file

            $plan.Name | Should -Be 'One'
            (Import-PowerShellDataFile $file | Compare-OpenRouterByokConfiguration).PlanId | Should -Be $plan.PlanId
        }
    }

    Context 'refuses' {
        It 'a data file with code, which it does not run' {
            $trace = Join-Path $TestDrive 'trace.txt'
            $file = Write-File -Name 'code.psd1' "@{ version = 1; credentials = @(Set-Content '$trace' 1) }"

            $failure = Get-Failure { Compare-OpenRouterByokConfiguration $file }

            Assert-Failure $failure InvalidConfiguration InvalidData
            $failure | Should -BeLike '*code.psd1:1:*Nothing in the file was run.*'
            Test-Path $trace | Should -BeFalse
        }

        It 'all mistakes at once, with their places, before it asks' {
            $file = Write-File @'
{
  "version": 1,
  "credentials": [
    { "provider": "openai", "name": "One", "alowedModels": null },
    { "provider": "openai", "name": "Two", "disabled": "no" }
  ]
}
'@
            $failure = Get-Failure { Compare-OpenRouterByokConfiguration $file }

            Assert-Failure $failure InvalidConfiguration InvalidData
            $lines = "$failure" -split '\r?\n'
            $lines | Should -HaveCount 2
            $lines[0] | Should -BeLike "*edited.json:4:*'alowedModels'*'allowedModels'*"
            $lines[1] | Should -BeLike '*edited.json:5:*disabled must be true or false, not text.*'
            Get-Request { try { Compare-OpenRouterByokConfiguration $file } catch { $null = $_ } } |
                Should -BeNullOrEmpty
        }

        It 'a key in the file, without showing it' {
            $marker = 'sk-proj-5f2c9d81e07b46a3'
            $file = Write-File (
                '{ "version": 1, "credentials": [{ "provider": "openai", "name": "x", "key": "' + $marker + '" }] }')

            $said = Get-Speech { Compare-OpenRouterByokConfiguration $file } | Out-String
            Get-Speech { Write-Error "x $marker" } | Out-String | Should -Match $marker
            $said | Should -Match 'InvalidConfiguration'
            $said | Should -Not -Match $marker
        }

        It 'a plan: <name>' -ForEach @(
            @{ name = 'as it is'; store = { $_ } }
            @{ name = 'from Import-Clixml'; store = {
                    Export-Clixml (Join-Path $TestDrive 'plan.xml') -InputObject $_
                    Import-Clixml (Join-Path $TestDrive 'plan.xml')
                } }
            @{ name = 'from ConvertFrom-Json'; store = { $_ | ConvertTo-Json -Depth 4 | ConvertFrom-Json } }
            @{ name = 'from Select-Object'; store = { $_ | Select-Object * } }
        ) {
            $plan = Compare-OpenRouterByokConfiguration $exported -IncludeEqual 6>$null
            $stored = $plan | ForEach-Object $store

            $failure = Get-Failure { $stored | Compare-OpenRouterByokConfiguration }

            Assert-Failure $failure InvalidArgument InvalidArgument
            $failure.Exception.Message | Should -Be (
                'Compare-OpenRouterByokConfiguration takes configurations, not the changes of a plan.')
        }

        It 'a file that does not exist' {
            $failure = Get-Failure { Compare-OpenRouterByokConfiguration (Join-Path $TestDrive 'nowhere.json') }

            Assert-Failure $failure InvalidArgument InvalidArgument
            $failure | Should -BeLike '*nowhere.json does not exist.*'
        }
    }

    Context '-FailOnDifference' {
        BeforeAll {
            # As docs/configuration.md shows it.
            $lines = "Import-Module '$manifest'", '$ErrorActionPreference = ''Stop''',
            'Compare-OpenRouterByokConfiguration $env:OPENROUTER_TESTS_FILE -FailOnDifference', '"It goes on."'
            $script:nightly = Write-File ($lines -join "`n") 'nightly.ps1'
        }

        It 'outputs what differs, and then ends a script with exit code 1' {
            $file = Write-File (Get-Edited { $_.isRequired = $_.name -eq 'One' })

            $run = Invoke-Script $sandbox $nightly @{ OPENROUTER_TESTS_FILE = $file }

            $run.ExitCode | Should -Be 1
            $run.Output | Should -Match "~ openai 'One' in Scratch"
            $run.Output -replace '[\s|]+', ' ' |
                Should -Match 'differs from the configuration: 0 to create, 1 to update'
            $run.Output | Should -Not -Match 'It goes on'
        }

        It 'lets a script go on if nothing differs' {
            $run = Invoke-Script $sandbox $nightly @{ OPENROUTER_TESTS_FILE = $exported }

            $run.ExitCode | Should -Be 0
            $run.Output | Should -Match 'It goes on'
        }

        It 'outputs all before it fails' {
            $file = Write-File (Get-Edited { $_.isRequired = $true })
            $output = New-Object System.Collections.ArrayList

            $failure = Get-Failure { Compare-OpenRouterByokConfiguration $file -FailOnDifference -OutVariable +output }

            Assert-Failure $failure ConfigurationDiffers InvalidData
            $output | Should -HaveCount 3
        }
    }

    It 'completes workspaces and modes' {
        $null = Get-OpenRouterWorkspace

        (Get-Completion 'Compare-OpenRouterByokConfiguration x.json -Workspace Scr').CompletionText |
            Should -Be 'Scratch'
        (Get-Completion 'Compare-OpenRouterByokConfiguration x.json -Prune ').CompletionText |
            Should -Be 'Disable', 'Remove'
        (Get-Completion 'Compare-OpenRouterByokConfiguration x.json -KeyUpdate ').CompletionText |
            Should -Be 'Always', 'Changed', 'Never'
    }

    It 'has help' { Assert-Help Compare-OpenRouterByokConfiguration }
}
