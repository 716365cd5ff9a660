Describe 'New-OpenRouterByokSecret' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $script:session = Connect-Sandbox $sandbox
        $script:key = ConvertTo-Secret 'k-"1"\'
        $script:url = 'https://contoso.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21'

        function Show-Secret([securestring] $Secret) {
            [pscredential]::new('x', $Secret).GetNetworkCredential().Password
        }
    }

    AfterAll { Close-Sandbox $sandbox }

    Context 'makes the key' {
        It 'of a resource of Azure' {
            $made = New-OpenRouterByokSecret -ResourceName contoso -ResourceType ai_foundry -ApiKey $key

            $made | Should -BeOfType securestring
            $made.IsReadOnly() | Should -BeTrue
            Show-Secret $made | Should -Be (
                '[{"api_key":"k-\u00221\u0022\u005c","resource_name":"contoso","resource_type":"ai_foundry"}]')
            (New-OpenRouterByokKey azure $made -Name Resource).Provider | Should -Be 'azure'
        }

        It 'of deployments of Azure, from a CSV file' {
            $rows = 'ModelSlug,EndpointUrl,ModelId,ResourceName', "openai/gpt-4o,$url,one,", ',,,contoso'

            $made = $rows | ConvertFrom-Csv | New-OpenRouterByokSecret -ApiKey $key

            $entries = @(Show-Secret $made | ConvertFrom-Json | ForEach-Object { $_ })
            $entries.Count | Should -Be 2
            $entries[0].model_slug | Should -Be 'openai/gpt-4o'
            $entries[0].endpoint_url | Should -Be $url
            $entries[1].resource_name | Should -Be 'contoso'
            $entries.api_key | Should -Be 'k-"1"\', 'k-"1"\'
        }

        It 'of resources of Azure, from JSON' {
            $json = '[{"resource_name":"a","resource_type":"openai"},{"resource_name":"b"}]'

            $made = $json | ConvertFrom-Json | New-OpenRouterByokSecret -ApiKey (ConvertTo-Secret k)

            Show-Secret $made | Should -Be (
                '[{"api_key":"k","resource_name":"a","resource_type":"openai"},{"api_key":"k","resource_name":"b"}]')
        }

        It 'of Amazon Bedrock' {
            $made = New-OpenRouterByokSecret -AccessKeyId (ConvertTo-Secret a) -SecretAccessKey $key -Region us-east-1

            (Show-Secret $made | ConvertFrom-Json).secretAccessKey | Should -Be 'k-"1"\'
        }

        It 'of Google Vertex AI, from a file of a PowerShell drive' {
            $account = @{ type = 'service_account'; project_id = 'p'; client_email = 'c'; x = 1; private_key = "a`nb" }
            $account | ConvertTo-Json | Set-Content -LiteralPath TestDrive:/account.json -Encoding utf8
            $file = 'TestDrive:/account.json'

            $made = New-OpenRouterByokSecret -ServiceAccountPath $file -Region global -Bucket gs://batch

            $read = Show-Secret $made | ConvertFrom-Json
            $read.private_key | Should -Be "a`nb"
            $read.x | Should -Be 1
            $read.region, $read.bucket | Should -Be 'global', 'gs://batch'
            New-OpenRouterByokKey google-vertex $made -WarningVariable warnings | Out-Null
            $warnings | Should -BeNullOrEmpty
        }

        It 'of a regional account' {
            $made = New-OpenRouterByokKey openai (New-OpenRouterByokSecret -ApiKey $key -Region eu)

            $made.DeclaredRegion | Should -Be 'europe'
        }
    }

    Context 'refuses' {
        It 'an address for the name of a resource, and names the part to take' {
            { New-OpenRouterByokSecret -ResourceName https://contoso.openai.azure.com/ -ApiKey $key } |
                Should -Throw -ErrorId 'OpenRouterByok.InvalidArgument,*'
            $Error[0].ErrorDetails.RecommendedAction | Should -BeLike '*-ResourceName contoso -ResourceType openai.'
        }

        It 'plain text, without showing it' {
            { New-OpenRouterByokSecret -ResourceName contoso -ApiKey 'plain-secret' } |
                Should -Throw -ErrorId 'OpenRouterByok.InvalidArgument,*'
            "$($Error[0].Exception) $($Error[0].ErrorDetails)" | Should -Not -BeLike '*plain-secret*'
        }

        It 'a service account that is not one' {
            '{"type":"authorized_user"}' | Set-Content -LiteralPath TestDrive:/user.json

            { New-OpenRouterByokSecret -ServiceAccountPath TestDrive:/user.json } |
                Should -Throw '*the field project_id is missing*'
        }

        It 'to make an array without one of its entries' {
            $output = @()
            {
                @{ ResourceName = 'a' }, @{ ResourceName = 'b.c' } |
                    New-OpenRouterByokSecret -ApiKey $key -ErrorAction SilentlyContinue -OutVariable output
            } | Should -Throw 'The secret for azure was not created*'
            $output | Should -BeNullOrEmpty
        }

        It 'a key with a line break, as Get-Content -Raw returns it' {
            Set-Content -LiteralPath TestDrive:/key.txt -Value 'sk-0123'
            $text = Get-Content -LiteralPath TestDrive:/key.txt -Raw

            { New-OpenRouterByokKey openai (ConvertTo-Secret $text) } |
                Should -Throw '*begins or ends with a line break*'
            { New-OpenRouterByokKey openai (ConvertTo-Secret $text.Trim()) } | Should -Not -Throw
        }
    }

    It 'warns of a key that does not look like those of the provider' {
        New-OpenRouterByokKey azure $key -WarningVariable warnings -WarningAction SilentlyContinue | Out-Null

        "$warnings" | Should -BeLike 'The key is plain text, but azure requires a JSON array*'
    }
}
