@{
    # This is the source of the staged manifest. The build replaces the next line, which tells what to import instead,
    # and the path of the views.
    RootModule             = 'src/OpenRouter.Byok.Staging/NotStaged.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = '4b5e1c0e-6a54-4a0b-9d3b-7f3f1f8c2a61'
    Author                 = 'The OpenRouter.Byok contributors'
    CompanyName            = 'The OpenRouter.Byok contributors'
    Copyright              = '(c) The OpenRouter.Byok contributors. MIT license.'
    Description            = 'Manages the provider credentials ("bring your own key", BYOK) of an OpenRouter account: list, create, change, rotate, enable, disable, and remove them, interactively and in unattended runbooks.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess       = @('src/OpenRouter.Byok/Views/OpenRouter.Byok.Format.ps1xml')
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    CmdletsToExport        = @(
        'Compare-OpenRouterByokConfiguration'
        'Connect-OpenRouter'
        'Disable-OpenRouterByokKey'
        'Disconnect-OpenRouter'
        'Enable-OpenRouterByokKey'
        'Export-OpenRouterByokConfiguration'
        'Export-OpenRouterByokReport'
        'Get-OpenRouterApiKey'
        'Get-OpenRouterByokKey'
        'Get-OpenRouterByokUsage'
        'Get-OpenRouterContext'
        'Get-OpenRouterMember'
        'Get-OpenRouterModel'
        'Get-OpenRouterProvider'
        'Get-OpenRouterWorkspace'
        'Invoke-OpenRouterByokAudit'
        'New-OpenRouterByokKey'
        'New-OpenRouterByokSecret'
        'Remove-OpenRouterByokKey'
        'Resolve-OpenRouterByokRoute'
        'Set-OpenRouterByokKey'
        'Sync-OpenRouterByokConfiguration'
        'Test-OpenRouterByokKey'
    )
    PrivateData            = @{
        PSData = @{
            Tags         = @('OpenRouter', 'BYOK', 'ApiKey', 'Credential', 'Secret', 'LLM', 'AI', 'OpenAI', 'Anthropic', 'Azure', 'Bedrock', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ProjectUri   = 'https://github.com/openrouter-byok/OpenRouter.Byok'
            LicenseUri   = 'https://github.com/openrouter-byok/OpenRouter.Byok/blob/main/LICENSE'
            IconUri      = 'https://raw.githubusercontent.com/openrouter-byok/OpenRouter.Byok/main/docs/icon.png'
            ReleaseNotes = 'https://github.com/openrouter-byok/OpenRouter.Byok/blob/main/CHANGELOG.md'
        }
    }
}
