@{
    version     = 1

    # For every credential that does not specify it.
    defaults    = @{
        disabled   = $false
        isByokOnly = $false
    }

    # There should be no credentials for anthropic/2 in production, although none is in this file.
    scope       = @(
        @{ provider = 'anthropic/2'; workspace = 'production' }
    )

    # In the order in which they should be tried.
    credentials = @(
        # A secret in a vault of SecretManagement.
        @{
            provider   = 'openai'
            workspace  = 'production'
            name       = 'Production'
            key        = @{ secret = 'openai-production'; vault = 'Team' }
            isRequired = $true
        }
        @{
            provider     = 'openai'
            workspace    = 'production'
            name         = 'Production, reserve'
            previousName = 'Production 2'
            isFallback   = $true
        }

        # The JSON of a service account in a file beside this one.
        @{
            provider       = 'google-vertex'
            workspace      = 'production'
            name           = 'EU batch'
            key            = @{ file = 'eu-batch.service-account.json' }
            allowedModels  = 'google/gemini-2.5-flash', 'google/gemini-2.5-pro'
            allowedApiKeys = 'EU batch', 'Storefront'
        }

        # Without a workspace, a credential belongs to the default workspace.
        @{
            provider      = 'anthropic'
            name          = 'Main'
            key           = @{ env = 'ANTHROPIC_KEY' }
            allowedModels = $null # any model
            declaredZdr   = $null # the policy of the provider
        }
        @{
            provider     = 'anthropic'
            name         = 'Mei, own'
            allowedUsers = @('mei.tanaka@example.com')
        }

        # JSON in the form of the provider, with references in place of its secrets.
        @{
            provider      = 'amazon-bedrock'
            name          = 'Claude only'
            key           = @{
                accessKeyId     = @{ env = 'AWS_ACCESS_KEY_ID' }
                secretAccessKey = @{ secret = 'aws-bedrock'; vault = 'Team' }
                region          = 'us-east-1'
            }
            allowedModels = 'anthropic/claude-sonnet-4.5', 'anthropic/claude-haiku-4.5'
        }
        @{
            provider       = 'azure'
            workspace      = 'production'
            name           = 'West Europe'
            key            = @(
                @{
                    api_key       = @{ env = 'AZURE_KEY' }
                    resource_name = 'contoso-west-europe'
                    resource_type = 'ai_foundry'
                }
            )
            isRequired     = $true
            declaredZdr    = $true
            declaredRegion = 'europe'
        }
    )
}
