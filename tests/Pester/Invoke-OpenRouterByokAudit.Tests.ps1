Describe 'Invoke-OpenRouterByokAudit' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $script:session = Connect-Sandbox $sandbox
    }

    AfterAll { Close-Sandbox $sandbox }

    It 'outputs findings, the gravest first' {
        $findings = Invoke-OpenRouterByokAudit

        $findings[0].GetType().FullName | Should -Be 'OpenRouter.Byok.ByokAuditFinding'
        $findings.Severity | Should -Be ($findings.Severity | Sort-Object -Descending)
        $findings | ForEach-Object { $_.Message, $_.Remedy, $_.KeyId | Should -Not -BeNullOrEmpty }
    }

    It 'changes nothing' {
        $account = Get-Account

        $null = Invoke-OpenRouterByokAudit

        Get-Account | Should -Be $account
    }

    It 'goes by rule, severity and age' {
        (Invoke-OpenRouterByokAudit -Rule NameMissing, RotationDue).Rule | Sort-Object -Unique |
            Should -Be RotationDue, NameMissing
        (Invoke-OpenRouterByokAudit -ExcludeRule NameMissing).Rule | Should -Not -Contain NameMissing
        (Invoke-OpenRouterByokAudit -Severity Warning).Severity | Sort-Object -Unique | Should -Be Warning
        Invoke-OpenRouterByokAudit -Rule RotationDue, DisabledOld -MaxAgeDays 36500 | Should -BeNullOrEmpty
    }

    It 'has remedies that mend when they are run' {
        $made = Add-Credential mistral -With @{ AllowedModel = 'mistralai/codestral-2508', 'gone/model' }
        $mine = { Invoke-OpenRouterByokAudit -Rule UnknownModel, NameMissing | Where-Object KeyId -EQ $made.Id }

        $findings = & $mine
        $findings.Rule | Should -Be UnknownModel, NameMissing
        $findings | ForEach-Object { & ([scriptblock]::Create($_.Remedy)) }

        & $mine | Should -BeNullOrEmpty
        (Get-OpenRouterByokKey -Id $made.Id).AllowedModels | Should -Be 'mistralai/codestral-2508'
    }

    It 'quotes names so that they stay names' {
        $made = Add-Credential cohere -With @{ Name = "Ada's `$(throw 'never')" }
        $finding = Invoke-OpenRouterByokAudit -Rule NoBackup | Where-Object KeyId -EQ $made.Id

        $backup = & ([scriptblock]::Create($finding.Remedy + " -Key (ConvertTo-Secret 'co-another-key')"))

        $backup.Name | Should -Be "Backup of Ada's `$(throw 'never')"
        Invoke-OpenRouterByokAudit -Rule NoBackup | Where-Object KeyId -EQ $made.Id | Should -BeNullOrEmpty
    }

    It 'fails on what it is told to fail on, when all findings are out' {
        $script:count = 0
        $failure = Get-Failure { Invoke-OpenRouterByokAudit -FailOn Warning | ForEach-Object { $script:count++ } }

        Assert-Failure $failure AuditFailed InvalidData
        $count | Should -BeGreaterThan 10
        Get-Failure { Invoke-OpenRouterByokAudit -FailOn Error -ExcludeRule Unreachable } | Should -BeNullOrEmpty
    }

    It 'audits a plan from the pipeline, and nothing else' {
        $findings = @{ Provider = 'openai'; AllowedModel = 'gone/model' } | Invoke-OpenRouterByokAudit -Severity Error

        $findings.Rule | Should -Be Unreachable
        $findings.Remedy | Should -BeNullOrEmpty
        Get-Request { @() | Invoke-OpenRouterByokAudit } | Should -BeNullOrEmpty
    }

    It 'finds what shared capacity served in place of a credential, and has a remedy that tests it' {
        $asked = Get-Request { Invoke-OpenRouterByokAudit -Rule SharedSpend }
        $finding = Invoke-OpenRouterByokAudit -Rule SharedSpend -UsageDays 7 | Where-Object Name -EQ 'Team account'

        $asked -like 'GET /activity*' | Should -Be 'GET /activity?group_by=workspace'
        $finding.Severity | Should -Be Warning
        $finding.Message |
            Should -Match '^Spent on shared capacity since \d{4}-\d\d-\d\d: \d+\.\d\d USD, \d+% of the spend\.$'
        $test = [scriptblock]::Create('param($ApiKey) ' + $finding.Remedy + ' -ApiKey $ApiKey')
        $result = & $test (ConvertTo-Secret $sandbox.InferenceKey)
        $result.Outcome | Should -Be Passed
        $result.Model | Should -Be openai/gpt-5-mini
        { Invoke-OpenRouterByokAudit -UsageDays 31 } | Should -Throw
        Get-Request { Invoke-OpenRouterByokAudit -ExcludeRule SharedSpend } | Should -Not -BeLike 'GET /activity*'
    }

    It 'pipes to what takes an id' {
        $made = Add-Credential xai

        Invoke-OpenRouterByokAudit -Rule NameMissing | Where-Object KeyId -EQ $made.Id | Disable-OpenRouterByokKey

        (Get-OpenRouterByokKey -Id $made.Id).Disabled | Should -BeTrue
    }

    It 'fits a window of 80 columns' {
        Invoke-OpenRouterByokAudit | Out-String -Width 80 -Stream |
            ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 80 }
    }

    It 'has help' { Assert-Help Invoke-OpenRouterByokAudit }
}
