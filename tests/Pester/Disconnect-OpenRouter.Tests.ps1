Describe 'Disconnect-OpenRouter' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
    }

    AfterAll { Close-Sandbox $sandbox }

    It 'ends the session of the runspace, and says nothing' {
        $session = Connect-Sandbox $sandbox

        Disconnect-OpenRouter | Should -BeNullOrEmpty

        Get-OpenRouterContext | Should -BeNullOrEmpty
        Assert-Failure (Get-Failure { Get-OpenRouterByokKey }) NoKey AuthenticationError
        Assert-Failure (Get-Failure { Get-OpenRouterByokKey -Session $session }) SessionClosed InvalidOperation
    }

    It 'ends one of several, and leaves the others' {
        $first = Connect-Sandbox $sandbox
        $second = Connect-Sandbox $sandbox

        Disconnect-OpenRouter -Session $first

        Assert-Failure (Get-Failure { Get-OpenRouterByokKey -Session $first }) SessionClosed InvalidOperation
        Get-OpenRouterByokKey -Session $second | Should -Not -BeNullOrEmpty
        Get-OpenRouterByokKey | Should -Not -BeNullOrEmpty
    }

    It 'ends the session of the runspace when that is named' {
        $session = Connect-Sandbox $sandbox

        Disconnect-OpenRouter -Session $session

        Get-OpenRouterContext | Should -BeNullOrEmpty
    }

    It 'does nothing where nothing is connected' {
        Disconnect-OpenRouter
        { Disconnect-OpenRouter -ErrorAction Stop } | Should -Not -Throw
    }

    It 'leaves the environment alone' {
        $env:OPENROUTER_MANAGEMENT_KEY = $sandbox.ManagementKey
        $env:OPENROUTER_BASE_URL = $sandbox.BaseUri
        try {
            Get-OpenRouterByokKey | Should -Not -BeNullOrEmpty

            Disconnect-OpenRouter

            $env:OPENROUTER_MANAGEMENT_KEY | Should -Be $sandbox.ManagementKey
            Get-OpenRouterByokKey | Should -Not -BeNullOrEmpty
        }
        finally { Clear-Environment }
    }

    It 'sends nothing' {
        $null = Connect-Sandbox $sandbox

        Get-Request { Disconnect-OpenRouter } | Should -BeNullOrEmpty
    }

    It 'refuses what is no session' {
        (Get-Failure { Disconnect-OpenRouter -Session 'text' }).FullyQualifiedErrorId |
            Should -BeLike 'CannotConvertArgumentNoMessage,*'
    }

    It 'completes its parameters' {
        (Get-Completion 'Disconnect-OpenRouter -Se').CompletionText | Should -Be '-Session'
    }

    It 'has help' { Assert-Help Disconnect-OpenRouter }
}
