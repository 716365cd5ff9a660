Describe '<Command>' -ForEach @(
    @{ Command = 'Enable-OpenRouterByokKey'; Disabled = $false }
    @{ Command = 'Disable-OpenRouterByokKey'; Disabled = $true }
) {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $script:session = Connect-Sandbox $sandbox
        $script:missing = '11111111-2222-3333-4444-555555555555'
        $script:before = @{ Disabled = -not $Disabled }
    }

    AfterAll { Close-Sandbox $sandbox }

    It 'switches one, and says nothing' {
        $made = Add-Credential -With $before

        & $Command $made.Id | Should -BeNullOrEmpty

        $made.Disabled | Should -Be (-not $Disabled)
        (Get-OpenRouterByokKey -Id $made.Id).Disabled | Should -Be $Disabled
    }

    It 'outputs the credential under -PassThru, all else as it was' {
        $made = Add-Credential -With ($before + @{ Name = 'Kept'; AllowedModel = 'openai/gpt-4o'; Fallback = $true })

        $switched = & $Command -Id $made.Id -PassThru

        $switched.GetType().FullName | Should -Be 'OpenRouter.Byok.ByokKey'
        $switched.Disabled | Should -Be $Disabled
        $switched.Name | Should -Be 'Kept'
        $switched.AllowedModels | Should -Be 'openai/gpt-4o'
        $switched.IsFallback | Should -BeTrue
    }

    It 'does the same twice without an error' {
        $made = Add-Credential -With $before

        $switched = $made.Id, $made.Id | & $Command -PassThru -ThrottleLimit 1

        $switched.Disabled | Should -Be $Disabled, $Disabled
    }

    It 'takes text and objects from the pipeline, in their order' {
        $made = 1..4 | ForEach-Object { Add-Credential -With $before }

        $switched = @(
            $made[0, 1].Id | & $Command -PassThru
            $made[2, 3] | & $Command -PassThru
        )

        $switched.Id | Should -Be $made.Id
        (Get-OpenRouterByokKey -Id $made.Id).Disabled | Sort-Object -Unique | Should -Be $Disabled
    }

    It 'sends and outputs nothing under -WhatIf' {
        $made = Add-Credential -With $before
        $account = Get-Account

        Get-Request { $made | & $Command -PassThru -WhatIf } | Should -BeNullOrEmpty
        $made | & $Command -PassThru -WhatIf | Should -BeNullOrEmpty

        Get-Account | Should -Be $account
    }

    It 'goes on after one that does not exist, and after a blank one' {
        $made = Add-Credential -With $before

        $missing, '', $made.Id |
            & $Command -ErrorAction SilentlyContinue -ErrorVariable failed

        Assert-Failure ($failed | Where-Object TargetObject -EQ $missing) NotFound ObjectNotFound $missing
        (Get-OpenRouterByokKey -Id $made.Id).Disabled | Should -Be $Disabled
    }

    It 'stops at a key that is refused' {
        $other = Get-OtherSession $sandbox -Key 'sk-or-v1-not-a-key-of-anyone'

        $failure = Get-Failure { $missing | & $Command -Session $other }

        Assert-Failure $failure Unauthorized AuthenticationError
        $failure | Format-List * -Force | Out-String | Should -Not -Match 'not-a-key'
    }

    It 'completes ids, by the name too' {
        $made = Add-Credential -With ($before + @{ Name = 'Unmistakable' })

        (Get-Completion "$Command -Id Unmist").CompletionText | Should -Be $made.Id
    }

    It 'has help' { Assert-Help $Command }
}
