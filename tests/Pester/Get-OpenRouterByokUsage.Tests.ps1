Describe 'Get-OpenRouterByokUsage' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $script:session = Connect-Sandbox $sandbox
        $script:yesterday = [datetime]::UtcNow.Date.AddDays(-1)

        # Measure-Object adds up as double, which is not exact.
        function Get-Sum {
            param([decimal[]] $Amount)

            $sum = [decimal]0
            foreach ($one in $Amount) { $sum += $one }
            $sum
        }
    }

    AfterAll { Close-Sandbox $sandbox }

    It 'gives a line for each of the last 30 days' {
        $lines = Get-OpenRouterByokUsage

        $lines | Should -HaveCount 30
        $lines[0].GetType().FullName | Should -Be 'OpenRouter.Byok.ByokUsage'
        $lines[-1].Date | Should -Be $yesterday
        $lines.Date | Should -Be ($lines.Date | Sort-Object)
        $lines[0].OwnSpend | Should -BeOfType decimal
    }

    It 'adds up to the same by <_>' -ForEach 'Day', 'Model', 'Provider', 'Workspace', 'ApiKey', 'User' {
        $total = Get-OpenRouterByokUsage -GroupBy Total

        $lines = Get-OpenRouterByokUsage -GroupBy $_

        Get-Sum $lines.OwnSpend | Should -Be $total.OwnSpend
        Get-Sum $lines.CreditsSpent | Should -Be $total.CreditsSpent
        ($lines.Requests | Measure-Object -Sum).Sum | Should -Be $total.Requests
        $lines[0].GroupBy | Should -Be $_
    }

    It 'gives a line for each API key, with one request for each and one for all' {
        $keys = Get-OpenRouterApiKey -AllWorkspaces -IncludeDisabled
        $lines = Get-OpenRouterByokUsage ApiKey

        $lines.ApiKey | Should -Contain 'Storefront'
        $lines.ApiKey | Should -Contain '(no current API key)'
        $lines | Where-Object ApiKeyHash | ForEach-Object { $keys.Hash | Should -Contain $_.ApiKeyHash }
        @(Get-Request { Get-OpenRouterByokUsage ApiKey } | Where-Object { $_ -like 'GET /activity*' }) |
            Should -HaveCount ($keys.Count + 1)
        Get-OpenRouterByokUsage ApiKey | Out-String -Width 80 | Should -Match 'API key .*\n.*\n(.*\n)*Nightly eval '
    }

    It 'gives a line for each member' {
        $lines = Get-OpenRouterByokUsage User -Workspace Production -Days 30

        $lines.User | Should -Contain 'jonas.lindqvist@example.com'
        $lines.User | Should -Contain '(no current member)'
        $jonas = $lines | Where-Object User -Like jonas*
        $jonas.UserId | Should -Be (Get-OpenRouterMember jonas*).Id
    }

    It 'says that a personal account has no members' {
        $personal = Open-Sandbox '--personal'
        try {
            $other = Get-OtherSession $personal
            $failure = Get-Failure { Get-OpenRouterByokUsage User -Session $other }

            Assert-Failure $failure InvalidArgument InvalidArgument
            $failure | Should -BeLike '*personal account*'
        } finally {
            $personal.Process.Kill()
            $personal.Process.Dispose()
        }
    }

    It 'gives the share of requests on own keys' {
        $lines = Get-OpenRouterByokUsage Model

        ($lines | Where-Object Model -EQ 'openai/gpt-5').OwnShare | Should -Be 1
        ($lines | Where-Object Model -EQ 'meta-llama/llama-3.3-70b-instruct').OwnShare | Should -Be 0
    }

    It 'takes one day' {
        $line = Get-OpenRouterByokUsage -Date $yesterday

        $line.Date | Should -Be $yesterday
        $line.OwnSpend | Should -Be (Get-OpenRouterByokUsage -Days 1).OwnSpend
        Get-Request { Get-OpenRouterByokUsage -Date $yesterday } |
            Should -Be ('GET /activity?date={0:yyyy-MM-dd}' -f $yesterday)
    }

    It 'refuses a day that is not over or not kept, without asking' {
        foreach ($date in $yesterday.AddDays(1), $yesterday.AddDays(-30)) {
            Assert-Failure (Get-Failure { Get-OpenRouterByokUsage -Date $date }) InvalidArgument InvalidArgument
            Get-Request { try { Get-OpenRouterByokUsage -Date $date } catch { $null = $_ } } | Should -BeNullOrEmpty
        }
    }

    It 'narrows by provider and model, with wildcards' {
        (Get-OpenRouterByokUsage Provider -Provider google-vertex).Provider | Should -Be 'Google'
        (Get-OpenRouterByokUsage Provider -Provider open*, Azure).Provider | Sort-Object | Should -Be 'Azure', 'OpenAI'
        (Get-OpenRouterByokUsage Model -Model openai/*).Model | Sort-Object |
            Should -Be 'openai/gpt-5', 'openai/gpt-5-mini'
    }

    It 'narrows by workspace and API key, by name' {
        $production = Get-OpenRouterWorkspace Production
        $line = Get-OpenRouterByokUsage Total -Workspace Production -ApiKey Storefront

        $line.OwnSpend | Should -BeGreaterThan 0
        $line.OwnSpend | Should -BeLessThan (Get-OpenRouterByokUsage Total -WorkspaceId $production.Id).OwnSpend
        $hash = (Get-OpenRouterApiKey Storefront -AllWorkspaces).Hash
        (Get-OpenRouterByokUsage Total -ApiKeyHash $hash).OwnSpend | Should -Be $line.OwnSpend
    }

    It 'lists the choices for a name that is unknown' {
        Get-Failure { Get-OpenRouterByokUsage -Workspace nowhere } | Should -BeLike "*'Default', 'Production'*"
    }

    It 'says nothing when nothing was used' {
        Get-OpenRouterByokUsage -Model nobody/nothing | Should -BeNullOrEmpty
    }

    It 'shows the sums and a bar' {
        $shown = Get-OpenRouterByokUsage -Days 3 | Out-String -Width 120

        $shown | Should -Match 'Usage: .* UTC, own [\d.,]+ USD, credits [\d.,]+ USD'
        $shown | Should -Match '\d[ \d]+ [\u2588#]{20}'
    }

    It 'has help' { Assert-Help Get-OpenRouterByokUsage }
}
