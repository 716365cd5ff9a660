Describe 'Get-OpenRouterModel' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $null = Connect-Sandbox $sandbox
    }

    AfterAll { Close-Sandbox $sandbox }

    It 'lists all models with one request' {
        $models = Get-OpenRouterModel

        $models[0].GetType().FullName | Should -Be 'OpenRouter.Byok.OpenRouterModel'
        $models.Count | Should -BeGreaterThan 10
        Get-Request { Get-OpenRouterModel } | Should -Be 'GET /models'
    }

    It 'finds ids, with wildcards, whatever the case' {
        (Get-OpenRouterModel OPENAI/gpt-5*).Id | Should -Be 'openai/gpt-5', 'openai/gpt-5-mini'
    }

    It 'finds what follows the slash, and names' {
        (Get-OpenRouterModel GPT-5*).Id | Should -Be 'openai/gpt-5', 'openai/gpt-5-mini'
        (Get-OpenRouterModel gpt-5).Id | Should -Be 'openai/gpt-5'
        (Get-OpenRouterModel *'claude haiku'*).Id | Should -Be 'anthropic/claude-haiku-4.5'
        Get-OpenRouterModel nobody/gpt-5 | Should -BeNullOrEmpty
    }

    It 'finds the models of providers, which are given by slug' {
        $hosted = Get-OpenRouterModel -Provider anthropic, amazon-bedrock

        $hosted.Id | Should -Contain 'anthropic/claude-sonnet-4.5'
        $hosted.Id | Should -Not -Contain 'openai/gpt-5'
        Get-Request { Get-OpenRouterModel -Provider anthropic/2 } | Select-Object -Last 1 |
            Should -Be 'GET /models?providers=Anthropic'
    }

    It 'says which providers there are when one is unknown' {
        $failure = Get-Failure { Get-OpenRouterModel -Provider antropic }

        Assert-Failure $failure UnknownName ObjectNotFound
        $failure.ToString() | Should -BeLike "There is no provider 'antropic'. The choices are: anthropic, *"
    }

    It 'has prices for a token, and shows them for a million' {
        $model = Get-OpenRouterModel openai/gpt-5-mini

        $model.PromptPrice | Should -BeExactly 0.00000025
        $model.PromptPrice | Should -BeOfType decimal
        $model | Out-String -Width 80 | Should -Match 'openai/gpt-5-mini\s+400.?000\s+0[.,]25\s+2[.,]00'
    }

    It 'stands for its id in an allow list' {
        $made = Add-Credential -With @{ Name = 'models'; AllowedModel = Get-OpenRouterModel openai/gpt-5* }

        $made.AllowedModels | Should -Be 'openai/gpt-5', 'openai/gpt-5-mini'
    }

    It 'completes ids, also by what follows the slash' {
        (Get-Completion 'Get-OpenRouterModel cohere').CompletionText | Should -Be 'cohere/command-a'
        (Get-Completion 'Get-OpenRouterModel grok').CompletionText | Should -Be 'x-ai/grok-4'
    }

    It 'has help' { Assert-Help Get-OpenRouterModel }
}
