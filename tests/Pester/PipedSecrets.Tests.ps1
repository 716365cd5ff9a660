Describe 'Secrets in what is piped' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $null = Connect-Sandbox $sandbox
        $script:marker = 'sk-marker-5f2c9'
        $script:secret = ConvertTo-Secret 'sk-0123456789abcdef'
        $script:apiKey = ConvertTo-Secret $sandbox.InferenceKey
        # A row of a file of secrets, whose id column is missing or holds something else.
        $script:rows = @(
            [pscustomobject]@{ Secret = $marker }
            [pscustomobject]@{ Id = $marker; Secret = $marker }
            [pscustomobject]@{ KeyId = $marker; Hash = $marker; Slug = ''; Email = '' }
            [pscustomobject]@{ Name = 'x'; Id = @{ Value = $marker } }
            @{ Id = $marker; Secret = $marker }
            @{ Secret = $marker }
        )
    }

    AfterAll { Close-Sandbox $sandbox }

    It 'are shown, if they are, by what this test looks at' {
        Get-Speech { Write-Error "no $marker" } | Out-String | Should -Match $marker
        Get-Speech { Write-Error 'no' -TargetObject $rows[0] } | Out-String | Should -Match $marker
    }

    It 'are neither shown nor sent by <command>' -ForEach @(
        @{ command = 'Get-OpenRouterByokKey'; with = @{} }
        @{ command = 'Set-OpenRouterByokKey'; with = @{ Fallback = $true } }
        @{ command = 'Enable-OpenRouterByokKey'; with = @{} }
        @{ command = 'Disable-OpenRouterByokKey'; with = @{} }
        @{ command = 'Remove-OpenRouterByokKey'; with = @{ Confirm = $false } }
        @{ command = 'Test-OpenRouterByokKey'; with = @{ ApiKey = $null } }
        @{ command = 'New-OpenRouterByokKey'; with = @{} }
        @{ command = 'Get-OpenRouterApiKey'; with = @{} }
        @{ command = 'Get-OpenRouterWorkspace'; with = @{} }
        @{ command = 'Get-OpenRouterMember'; with = @{} }
        @{ command = 'Get-OpenRouterProvider'; with = @{} }
        @{ command = 'Invoke-OpenRouterByokAudit'; with = @{} }
        @{ command = 'Resolve-OpenRouterByokRoute'; with = @{ Model = 'openai/gpt-5' } }
    ) {
        if ($with.ContainsKey('ApiKey')) { $with.ApiKey = $apiKey }
        foreach ($row in $rows) {
            $said = Get-Speech { $row | & $command @with } | Out-String

            $said | Should -Match 'OpenRouterByok\.InvalidArgument'
            $said | Should -Not -Match $marker
        }
    }

    It 'are not shown when New refuses the <property> of a row' -ForEach @(
        @{ property = 'Provider'; value = ' ' }
        @{ property = 'WorkspaceId'; value = 'sk-marker-5f2c9' }
        @{ property = 'workspace_id'; value = 'sk-marker-5f2c9' }
        @{ property = 'Disabled'; value = 'sk-marker-5f2c9' }
        @{ property = 'DeclaredZdr'; value = 'sk-marker-5f2c9' }
        @{ property = 'AllowedApiKeyHash'; value = 'sk-marker-5f2c9' }
        @{ property = 'Key'; value = 'sk-marker-5f2c9' }
    ) {
        $row = @{ Provider = 'openai'; Name = 'Row'; Key = $secret; Secret = $marker }
        $row[$property] = $value
        $before = Get-Account

        $said = Get-Speech { [pscustomobject]$row | New-OpenRouterByokKey } | Out-String

        $said | Should -Match 'OpenRouterByok\.InvalidArgument'
        $said | Should -Not -Match $marker
        Get-Account | Should -Be $before
    }

    It 'keep no other row back' {
        $made = Add-Credential

        $rows + $made | Disable-OpenRouterByokKey -ErrorAction SilentlyContinue -ErrorVariable failed

        $failed | Should -HaveCount $rows.Count
        (Get-OpenRouterByokKey -Id $made.Id).Disabled | Should -BeTrue
    }
}
