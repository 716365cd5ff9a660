Describe 'Remove-OpenRouterByokKey' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $script:session = Connect-Sandbox $sandbox
        $script:missing = '11111111-2222-3333-4444-555555555555'
    }

    AfterAll { Close-Sandbox $sandbox }

    It 'removes one, and says nothing' {
        $made = Add-Credential

        Remove-OpenRouterByokKey $made.Id -Confirm:$false | Should -BeNullOrEmpty

        $failure = Get-Failure { Get-OpenRouterByokKey -Id $made.Id }
        $failure.FullyQualifiedErrorId | Should -BeLike 'OpenRouterByok.NotFound,*'
    }

    It 'removes several: from the parameter, as text and as objects of the pipeline' {
        $made = 1..6 | ForEach-Object { Add-Credential -With @{ Name = 'Doomed' } }

        Remove-OpenRouterByokKey -Id $made[0, 1].Id -Confirm:$false
        $made[2, 3].Id | Remove-OpenRouterByokKey -Confirm:$false
        $made[4, 5] | Remove-OpenRouterByokKey -Confirm:$false -ThrottleLimit 1

        Get-OpenRouterByokKey Doomed | Should -BeNullOrEmpty
    }

    It 'leaves the others alone' {
        $before = Get-Account
        $made = Add-Credential

        $made | Remove-OpenRouterByokKey -Confirm:$false

        Get-Account | Should -Be $before
    }

    It 'sends nothing under -WhatIf' {
        $made = Add-Credential
        $before = Get-Account

        Get-Request { $made | Remove-OpenRouterByokKey -WhatIf } | Should -BeNullOrEmpty
        $made | Remove-OpenRouterByokKey -WhatIf

        Get-Account | Should -Be $before
    }

    It 'asks first, and removes nothing where nobody can be asked' {
        $made = Add-Credential
        $runspace = [powershell]::Create()
        try {
            $null = $runspace.AddCommand('Import-Module').AddArgument($manifest).AddStatement()
            $null = $runspace.AddCommand('Remove-OpenRouterByokKey').AddArgument($made.Id)
            $null = $runspace.AddParameter('Session', $session)
            try { $null = $runspace.Invoke() }
            catch { $thrown = $_ }
            $runspace.HadErrors -or $thrown | Should -BeTrue
        }
        finally { $runspace.Dispose() }

        (Get-OpenRouterByokKey -Id $made.Id).Id | Should -Be $made.Id
    }

    It 'goes on after one that does not exist' {
        $made = Add-Credential

        $missing, ' ', $made.Id |
            Remove-OpenRouterByokKey -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed

        $failed | Should -HaveCount 2
        Assert-Failure ($failed | Where-Object TargetObject -EQ $missing) NotFound ObjectNotFound $missing
        Assert-Refusal ($failed | Where-Object TargetObject -NE $missing)
        Get-OpenRouterByokKey -AllWorkspaces | Where-Object Id -EQ $made.Id | Should -BeNullOrEmpty
    }

    It 'stops at a key that is refused' {
        $other = Get-OtherSession $sandbox -Key 'sk-or-v1-not-a-key-of-anyone'
        $made = Add-Credential

        $failure = Get-Failure { $made | Remove-OpenRouterByokKey -Confirm:$false -Session $other }

        Assert-Failure $failure Unauthorized AuthenticationError
        $failure | Format-List * -Force | Out-String | Should -Not -Match 'not-a-key'
    }

    It 'completes ids' {
        $made = Add-Credential -With @{ Name = 'Marked' }

        $match = Get-Completion "Remove-OpenRouterByokKey -Id $($made.Id.Substring(0, 8))"

        $match.CompletionText | Should -Be $made.Id
        $match.ToolTip | Should -Match 'Marked'
    }

    It 'has help' { Assert-Help Remove-OpenRouterByokKey }
}
