Describe 'Test-OpenRouterByokKey' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $script:session = Connect-Sandbox $sandbox
        $script:apiKey = ConvertTo-Secret $sandbox.InferenceKey
        $script:missing = '11111111-2222-3333-4444-555555555555'
    }

    AfterAll { Close-Sandbox $sandbox }

    It 'passes what works' {
        $result = Get-OpenRouterByokKey Main | Test-OpenRouterByokKey -ApiKey $apiKey

        $result.GetType().FullName | Should -Be 'OpenRouter.Byok.ByokKeyTestResult'
        $result.Passed | Should -BeTrue
        $result.Outcome | Should -Be 'Passed'
        $result.IsThisKey | Should -Be 'Yes'
        $result.IsByok | Should -BeTrue
        $result.UpstreamStatus | Should -Be 200
        $result.Model | Should -Be 'anthropic/claude-haiku-4.5'
        $result.GenerationId | Should -BeLike 'gen-*'
        $result.Latency | Should -BeOfType timespan
        $result.Cost | Should -BeOfType decimal
    }

    It 'fails what <provider> refuses with <status>' -ForEach @(
        @{ Provider = 'azure'; Status = 429; Meaning = 'your own rate limit reached' }
        @{ Provider = 'google-vertex'; Status = 403; Meaning = 'permission missing' }
    ) {
        $result = Get-OpenRouterByokKey -Provider $provider | Test-OpenRouterByokKey -ApiKey $apiKey

        $result.Outcome | Should -Be 'Failed'
        $result.UpstreamStatus | Should -Be $status
        $result.Meaning | Should -Be $meaning
        $result.IsThisKey | Should -Be 'Yes'
    }

    It 'fails a key that was revoked' {
        $secret = ConvertTo-Secret 'csk-0123456789-revoked'
        $made = New-OpenRouterByokKey cerebras $secret

        ($made | Test-OpenRouterByokKey -ApiKey $apiKey).UpstreamStatus | Should -Be 401
    }

    It 'claims nothing about what stands behind another' {
        $result = Get-OpenRouterByokKey 'EU data' | Test-OpenRouterByokKey -ApiKey $apiKey

        $result.Outcome | Should -Be 'Inconclusive'
        $result.IsThisKey | Should -Be 'No'
        $result.Explanation | Should -BeLike 'Team account (openai) comes before it *'
    }

    It 'sends nothing for what is disabled' {
        $requests = Get-Request { Get-OpenRouterByokKey 'Old laptop' | Test-OpenRouterByokKey -ApiKey $apiKey }

        $requests | Should -HaveCount 1
        (Get-OpenRouterByokKey 'Old laptop' | Test-OpenRouterByokKey -ApiKey $apiKey).Outcome | Should -Be 'NotTested'
    }

    It 'takes text and objects from the pipeline, in their order' {
        $keys = Get-OpenRouterByokKey -Provider openai

        ($keys | Test-OpenRouterByokKey -ApiKey $apiKey).KeyId | Should -Be $keys.Id
        ($keys.Id | Test-OpenRouterByokKey -ApiKey $apiKey -ThrottleLimit 2).KeyId | Should -Be $keys.Id
    }

    It 'asks the model that is named' {
        $result = Get-OpenRouterByokKey 'Team account' | Test-OpenRouterByokKey -ApiKey $apiKey -Model openai/gpt-4.1

        $result.Model | Should -Be 'openai/gpt-4.1'
        $result.Passed | Should -BeTrue
    }

    It 'gives a bool under -Quiet' {
        Get-OpenRouterByokKey Main | Test-OpenRouterByokKey -ApiKey $apiKey -Quiet | Should -BeTrue
        Get-OpenRouterByokKey Spare | Test-OpenRouterByokKey -ApiKey $apiKey -Quiet | Should -BeFalse
    }

    It 'asks no model and outputs nothing under -WhatIf' {
        $requests = Get-Request { Get-OpenRouterByokKey | Test-OpenRouterByokKey -ApiKey $apiKey -WhatIf }

        $requests | Should -Not -BeNullOrEmpty
        $requests | Where-Object { $_ -notlike 'GET *' } | Should -BeNullOrEmpty
        Get-OpenRouterByokKey | Test-OpenRouterByokKey -ApiKey $apiKey -WhatIf | Should -BeNullOrEmpty
    }

    It 'takes the API key from the environment' {
        $env:OPENROUTER_API_KEY = $sandbox.InferenceKey
        try { Get-OpenRouterByokKey Main | Test-OpenRouterByokKey -Quiet | Should -BeTrue }
        finally { Remove-Item Env:OPENROUTER_API_KEY }
    }

    It 'recognises a management key' {
        $management = ConvertTo-Secret $sandbox.ManagementKey

        $failure = Get-Failure { Get-OpenRouterByokKey Main | Test-OpenRouterByokKey -ApiKey $management }

        Assert-Failure $failure NotInferenceKey PermissionDenied
    }

    It 'goes on after one that does not exist' {
        $id = (Get-OpenRouterByokKey Main).Id

        $results = $missing, $id |
            Test-OpenRouterByokKey -ApiKey $apiKey -ErrorAction SilentlyContinue -ErrorVariable failed

        $results.KeyId | Should -Be $id
        Assert-Failure $failed[0] NotFound ObjectNotFound $missing
    }

    It 'refuses plain text' {
        $failure = Get-Failure { Test-OpenRouterByokKey $missing -ApiKey 'sk-or-v1-plain-text' }

        $failure | Should -BeLike '*SecureString*'
        $failure | Format-List * -Force | Out-String | Should -Not -Match 'v1-plain-text'
    }

    It 'shows no secret' {
        $said = Get-Speech { Get-OpenRouterByokKey Main | Test-OpenRouterByokKey -ApiKey $apiKey }

        $said | Should -Match 'POST /chat/completions: 200'
        $said | Should -Not -Match $sandbox.InferenceKey.Substring(12, 40)
        $said | Should -Not -Match $sandbox.ManagementKey.Substring(12, 40)
    }

    It 'switches off what failed, through the pipeline' {
        $secret = ConvertTo-Secret 'csk-0123456789-forbidden'
        $made = New-OpenRouterByokKey groq $secret

        $made | Test-OpenRouterByokKey -ApiKey $apiKey | Where-Object Outcome -EQ 'Failed' | Disable-OpenRouterByokKey

        (Get-OpenRouterByokKey -Id $made.Id).Disabled | Should -BeTrue
    }

    Context 'with a key that is not stored' {
        BeforeAll {
            $script:scratch = ConvertTo-Secret $sandbox.ScratchKey
            $script:new = @{ Provider = 'openai'; ProvingWorkspace = 'Scratch'; ApiKey = $scratch }
        }

        AfterEach { Get-OpenRouterByokKey -Workspace Scratch | Where-Object WorkspaceId | Should -BeNullOrEmpty }

        It 'passes one that the provider accepts' {
            $result = Test-OpenRouterByokKey -Key (ConvertTo-Secret 'sk-proj-0123456789') @new

            $result.Passed | Should -BeTrue
            $result.IsThisKey | Should -Be 'Yes'
            $result.KeyId | Should -BeNullOrEmpty
            $result.Label | Should -Be 'sk-...6789'
        }

        It 'fails one that the provider answers with <status>' -ForEach @(
            @{ Ending = 'revoked'; Status = 401 }
            @{ Ending = 'outofquota'; Status = 402 }
            @{ Ending = 'forbidden'; Status = 403 }
            @{ Ending = 'ratelimited'; Status = 429 }
            @{ Ending = 'region-eu'; Status = 401 }
        ) {
            $result = Test-OpenRouterByokKey -Key (ConvertTo-Secret "sk-proj-0123456789-$ending") @new

            $result.Outcome | Should -Be 'Failed'
            $result.UpstreamStatus | Should -Be $status
        }

        It 'tests those of the pipeline, each with its provider' {
            $inputs = foreach ($slug in 'openai', 'anthropic', 'groq', 'openai') {
                [pscustomobject]@{ Provider = $slug; Key = ConvertTo-Secret "key-0123456789-$slug" }
            }

            $results = $inputs | Test-OpenRouterByokKey -ProvingWorkspace Scratch -ApiKey $scratch -ThrottleLimit 16

            $results.Provider | Should -Be $inputs.Provider
            $results.Passed | Should -Not -Contain $false
        }

        It 'gives a bool under -Quiet' {
            Test-OpenRouterByokKey -Key (ConvertTo-Secret 'sk-proj-0123456789') @new -Quiet | Should -BeTrue
        }

        It 'creates nothing under -WhatIf' {
            $requests = Get-Request { Test-OpenRouterByokKey -Key (ConvertTo-Secret 'sk-0123456789') @new -WhatIf }

            $requests | Where-Object { $_ -notlike 'GET *' } | Should -BeNullOrEmpty
        }

        It 'refuses an API key of another workspace' {
            $failure = Get-Failure {
                Test-OpenRouterByokKey openai -Key $scratch -ProvingWorkspace Scratch -ApiKey $apiKey
            }

            $failure | Should -Not -BeNullOrEmpty
            $failure = Get-Failure {
                Test-OpenRouterByokKey -Provider openai -Key $scratch -ProvingWorkspace Scratch -ApiKey $apiKey
            }

            Assert-Failure $failure InvalidArgument InvalidArgument 'openai'
        }

        It 'refuses a workspace in which another credential could serve' {
            $failure = Get-Failure {
                Test-OpenRouterByokKey -Provider amazon-bedrock -Key $scratch -ProvingWorkspace Scratch -ApiKey $scratch
            }

            Assert-Failure $failure UnsuitableWorkspace InvalidOperation 'amazon-bedrock'
        }

        It 'shows no secret' {
            $said = Get-Speech { Test-OpenRouterByokKey -Key (ConvertTo-Secret 'sk-proj-9876543210-revoked') @new }

            $said | Should -Match 'DELETE /byok/'
            $said | Should -Not -Match '9876543210'
            $said | Should -Not -Match $sandbox.ScratchKey.Substring(12, 40)
        }
    }

    It 'has help' { Assert-Help Test-OpenRouterByokKey }
}
