Describe 'Export-OpenRouterByokConfiguration' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $null = Connect-Sandbox $sandbox
        # Of global credentials, which the sample account has.
        $WarningPreference = 'SilentlyContinue'

        # What the text says. Windows PowerShell outputs an array of JSON as one object.
        function Get-Entry {
            param([Parameter(ValueFromPipeline)] [string] $Text)

            process { (ConvertFrom-Json $Text).credentials | ForEach-Object { $_ } }
        }

        function Get-Text {
            param([string] $Path)

            Get-Content -LiteralPath $Path -Raw -Encoding UTF8
        }
    }

    AfterAll { Close-Sandbox $sandbox }

    It 'outputs text, with each setting of each credential' {
        $text = Export-OpenRouterByokConfiguration -Workspace Production

        $text | Should -HaveCount 1
        $text | Should -BeOfType string
        $entries = $text | Get-Entry
        $held = Get-OpenRouterByokKey -Workspace Production | Where-Object WorkspaceId
        $entries | Should -HaveCount $held.Count
        $batch = $entries | Where-Object name -EQ 'EU batch'
        $batch.workspace | Should -Be 'production'
        $batch.allowedModels | Should -Be 'google/gemini-2.5-flash'
        $batch.allowedApiKeys | Should -Be 'EU batch', 'Storefront'
        $batch.PSObject.Properties.Name | Should -Be @(
            'provider', 'workspace', 'name', 'allowedModels', 'allowedApiKeys', 'allowedUsers', 'disabled',
            'isFallback', 'isRequired', 'isByokOnly', 'declaredZdr', 'declaredRegion')
    }

    It 'outputs no keys, and nothing of their labels' {
        $labels = (Get-OpenRouterByokKey -AllWorkspaces).Label

        $text = Export-OpenRouterByokConfiguration -AllWorkspaces

        # The labels stand where they are looked for, so that it would be seen.
        Get-Account | Should -BeLike "*$($labels[0])*"
        foreach ($label in $labels) { $text | Should -Not -BeLike "*$label*" }
        $text | Should -Not -Match '"key"'
    }

    It 'writes the same text to a file of a PowerShell drive' {
        $made = Add-Credential -With @{ Name = "K$([char]0xFC)nstler, ""x"" & <y>"; Workspace = 'Scratch' }

        Export-OpenRouterByokConfiguration TestDrive:/written.json -Workspace Scratch | Should -BeNullOrEmpty

        $text = Get-Text TestDrive:/written.json
        $text.TrimEnd() | Should -Be (Export-OpenRouterByokConfiguration -Workspace Scratch).TrimEnd()
        ($text | Get-Entry).name | Should -Be $made.Name
        $bytes = [IO.File]::ReadAllBytes((Join-Path $TestDrive written.json))
        $bytes[0] | Should -Be ([byte][char]'{')
    }

    It 'fits the schema' -Skip:(-not (Get-Command Test-Json -ErrorAction Ignore).Parameters.SchemaFile) {
        $schema = Join-Path $repository 'schema/openrouter-byok.schema.json'
        $text = Export-OpenRouterByokConfiguration -AllWorkspaces

        Test-Json -Json $text -SchemaFile $schema | Should -BeTrue
        # What does not fit is found.
        $wrong = $text -replace '"disabled"', '"off"'
        Test-Json -Json $wrong -SchemaFile $schema -ErrorAction SilentlyContinue | Should -BeFalse
    }

    It 'leaves out global credentials, with a warning' {
        $globals = Get-OpenRouterByokKey | Where-Object { -not $_.WorkspaceId }
        $globals | Should -Not -BeNullOrEmpty

        $text = Export-OpenRouterByokConfiguration -WarningVariable warnings

        "$warnings" | Should -BeLike "$(@($globals).Count) global credentials are left out*"
        ($text | Get-Entry).name | Should -Not -Contain 'Shared'
    }

    It 'writes credentials from the pipeline' {
        $text = Get-OpenRouterByokKey -Provider anthropic -AllWorkspaces | Export-OpenRouterByokConfiguration

        $entries = $text | Get-Entry
        $entries.provider | Sort-Object -Unique | Should -Be 'anthropic'
        $entries.workspace | Sort-Object -Unique | Should -Be 'default', 'production'
    }

    It 'writes an id only where the name does not tell' {
        $entries = Export-OpenRouterByokConfiguration -Workspace Production | Get-Entry

        $nameless = Get-OpenRouterByokKey -Workspace Production | Where-Object { $_.WorkspaceId -and -not $_.Name }
        @($entries | Where-Object id).id | Should -Be $nameless.Id
    }

    Context 'to a file that exists' {
        BeforeEach {
            $script:there = Join-Path $TestDrive 'there.json'
            Set-Content -LiteralPath $there -Encoding utf8 -Value @'
{
  "version": 1,
  "scope": [{ "provider": "groq", "workspace": "production" }],
  "credentials": [
    { "provider": "openai", "workspace": "Production", "name": "Production", "key": { "env": "OPENAI_KEY" } }
  ]
}
'@
            $script:before = Get-Text $there
        }

        It 'writes nothing without -Force' {
            $failure = Get-Failure { Export-OpenRouterByokConfiguration $there -Workspace Production }

            Assert-Failure $failure InvalidArgument InvalidArgument
            $failure | Should -BeLike '*exists already*-Force*'
            Get-Text $there | Should -Be $before
        }

        It 'keeps the references to keys, and the scope, with -Force' {
            Export-OpenRouterByokConfiguration $there -Workspace Production -Force

            $after = Get-Text $there | ConvertFrom-Json
            $after.scope.provider | Should -Be 'groq'
            $kept = @($after.credentials | Where-Object key)
            $kept | Should -HaveCount 1
            "$($kept.provider) $($kept.name) $($kept.key.env)" | Should -Be 'openai Production OPENAI_KEY'
            Compare-OpenRouterByokConfiguration $there 6>$null | Should -BeNullOrEmpty
        }

        It 'writes nothing under -WhatIf' {
            $screen = Get-Screen { Export-OpenRouterByokConfiguration $there -Workspace Production -Force -WhatIf }

            $screen -replace '\s+', ' ' | Should -BeLike '*What if: *"Write 7 credentials"*there.json*'
            Get-Text $there | Should -Be $before
        }

        It 'does not replace one that it cannot read' {
            Set-Content -LiteralPath $there -Value '{ "version": 1, "credentials": ['

            $failure = Get-Failure { Export-OpenRouterByokConfiguration $there -Force }

            Assert-Failure $failure InvalidConfiguration InvalidData
            $failure | Should -BeLike '*references to keys in it would be lost*'
            Get-Text $there | Should -Match '\[\s*$'
        }
    }

    It 'refuses <path> before it asks' -ForEach @(
        @{ path = 'openrouter.yaml'; says = '*extension .json or .jsonc*' }
        @{ path = 'nowhere/openrouter.json'; says = '*folder*does not exist*' }
        @{ path = 'Env:/openrouter.json'; says = '*Env:*' }
    ) {
        Push-Location $TestDrive
        try {
            $failure = Get-Failure { Export-OpenRouterByokConfiguration $path }
            $requests = Get-Request { try { Export-OpenRouterByokConfiguration $path } catch { $null = $_ } }
        }
        finally { Pop-Location }

        Assert-Failure $failure InvalidArgument InvalidArgument
        $failure | Should -BeLike $says
        $requests | Should -BeNullOrEmpty
    }

    It 'completes workspaces' {
        $null = Get-OpenRouterWorkspace

        (Get-Completion 'Export-OpenRouterByokConfiguration -Workspace Pro').CompletionText |
            Should -Be 'Production'
    }

    It 'has help' { Assert-Help Export-OpenRouterByokConfiguration }
}
