Describe 'Get-OpenRouterProvider' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $null = Connect-Sandbox $sandbox
    }

    AfterAll { Close-Sandbox $sandbox }

    It 'lists all providers with one request' {
        $providers = Get-OpenRouterProvider

        $providers[0].GetType().FullName | Should -Be 'OpenRouter.Byok.OpenRouterProvider'
        $providers.Slug | Should -Contain 'openai'
        Get-Request { Get-OpenRouterProvider } | Should -Be 'GET /providers'
    }

    It 'finds slugs, with wildcards, whatever the case' {
        (Get-OpenRouterProvider *GOOGLE*).Slug | Should -Be 'google-ai-studio', 'google-vertex'
        (Get-OpenRouterProvider openai, azure).Slug | Sort-Object | Should -Be 'azure', 'openai'
    }

    It 'is silent where nothing fits' {
        Get-OpenRouterProvider nobody -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -BeNullOrEmpty
    }

    It 'says where the data centres are' {
        (Get-OpenRouterProvider | Where-Object Datacenters -Contains DE).Slug | Should -Contain 'fireworks'
    }

    It 'takes credentials, for each provider once' {
        $slugs = (Get-OpenRouterByokKey -AllWorkspaces | Get-OpenRouterProvider).Slug

        $slugs | Sort-Object | Should -Be 'amazon-bedrock', 'anthropic', 'azure', 'google-vertex', 'openai'
    }

    It 'goes to what lists the credentials of providers' {
        (Get-OpenRouterProvider azure | Get-OpenRouterByokKey).Name | Should -Be 'East US'
        (Get-OpenRouterProvider azure | Get-OpenRouterByokKey -Workspace Production).Name |
            Should -Contain 'West Europe'
        $both = (Get-OpenRouterProvider azure, anthropic | Get-OpenRouterByokKey).Provider
        $both | Sort-Object -Unique | Should -Be 'anthropic', 'azure'
    }

    It 'shows a table and exports to CSV' {
        Get-OpenRouterProvider openai | Out-String -Width 80 | Should -Match 'openai\s+OpenAI\s+US\s+US, IE'
        (Get-OpenRouterProvider openai | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv).Datacenters |
            Should -Be 'US;IE'
    }

    It 'completes slugs' {
        (Get-Completion 'Get-OpenRouterProvider azu').CompletionText | Should -Be 'azure'
    }

    It 'says when nobody answers' {
        $other = Get-OtherSession $sandbox -BaseUri 'http://127.0.0.1:1'

        Assert-Failure (Get-Failure { Get-OpenRouterProvider -Session $other }) ConnectionFailed ConnectionError
    }

    It 'has help' { Assert-Help Get-OpenRouterProvider }
}
