# Keys of configurations in a real vault. Windows has a single place for the vaults of a user, which is left alone.
Describe 'Keys from SecretManagement' {
    $needed = 'Microsoft.PowerShell.SecretManagement', 'Microsoft.PowerShell.SecretStore'
    $missing = $needed | Where-Object { -not (Get-Module -ListAvailable $_) }
    $why = if ($PSEdition -eq 'Desktop' -or $IsWindows) { 'Windows keeps the vaults of a user in a single place' }
    elseif ($missing) { "$($missing -join ' and ') is not installed" }

    if ($why) {
        It 'are not tested here' -ForEach @{ Why = $why } { Set-ItResult -Skipped -Because $Why }
    }

    Context 'in a vault of SecretStore' -Skip:([bool]$why) {
        BeforeAll {
            . $PSScriptRoot/Sandbox.ps1
            $script:sandbox = Open-Sandbox
            $null = Connect-Sandbox $sandbox
            $script:key = 'sk-vault-5f2c9d81e07b46a3'
            $userHome = Join-Path $TestDrive 'home'
            $null = New-Item $userHome -ItemType Directory
            $started = Join-Path $TestDrive 'start.ps1'
            Set-Content $started "& '$PSScriptRoot/VaultKeys.ps1' -Manifest '$manifest' -Key $key -Folder '$TestDrive'"

            $run = Invoke-Script $sandbox $started @{ HOME = $userHome }

            if ($run.ExitCode -ne 0) { throw "The process failed: $($run.Output)" }
            $script:seen = Get-Content (Join-Path $TestDrive 'seen.json') -Raw -Encoding utf8 | ConvertFrom-Json
            $script:shown = $run.Output
        }

        AfterAll { Close-Sandbox $sandbox }

        It 'are in a vault of the test' {
            Join-Path $TestDrive 'home/.secretmanagement' | Should -Exist
        }

        It 'are not needed for a plan' {
            $seen.Plan.Actions | Should -Be 'Create Planned'
            $seen.Plan.Speech | Should -Match 'secret ''secure'' in vault ''Team'''
            $seen.Plan.Labels | Should -BeNullOrEmpty
        }

        It 'are sent' {
            $seen.Created.Error | Should -BeNullOrEmpty
            $seen.Created.Actions | Should -Be 'Create Completed'
            $seen.Created.Labels | Should -Be 'sk-...0001'
            $seen.Created.Warnings | Should -BeNullOrEmpty
        }

        It 'are sent again if they changed, stored as text, too' {
            $seen.Changed.Actions | Should -Be 'Update Planned'
            $seen.Changed.Labels | Should -Be 'sk-...0001'
            $seen.Text.Actions | Should -Be 'Update Completed'
            $seen.Text.Labels | Should -Be 'sk-...0002'
        }

        It 'come from any vault if none is specified, with a warning' {
            $seen.AnyVault.Labels | Should -Be 'sk-...0001'
            $seen.AnyVault.Warnings | Should -HaveCount 1
            $seen.AnyVault.Warnings | Should -BeLike 'Secret ''secure'' is taken from the first vault*'
        }

        It 'are parts of a key in the form of the provider' {
            $seen.Template.Error | Should -BeNullOrEmpty
            $seen.Template.Actions | Should -Be 'Create Completed'
            $seen.Template.Labels | Should -HaveCount 2
        }

        It 'are refused if the secret is <type>' -ForEach @(
            @{ type = 'a PSCredential'; name = 'login' }
            @{ type = 'a Hashtable'; name = 'table' }
            @{ type = 'bytes'; name = 'bytes' }
        ) {
            $seen.$name.Reason | Should -BeLike 'OpenRouterByok.SecretUnavailable,*'
            $seen.$name.Error | Should -BeLike "*from secret '$name' in vault 'Team'*one SecureString is required.*"
            $seen.$name.Advice | Should -BeLike '*Set-Secret -SecureStringSecret*'
            $seen.$name.Labels | Should -Be 'sk-...0001'
        }

        It 'are refused if they are no key' {
            $seen.broken.Reason | Should -BeLike 'OpenRouterByok.SecretUnavailable,*'
            $seen.broken.Error | Should -BeLike '*secret ''broken'' in vault ''Team'' cannot be used.*line break*'
            $seen.broken.Labels | Should -Be 'sk-...0001'
        }

        It 'end the command if <what>' -ForEach @(
            @{ what = 'there is no such secret'; case = 'missing'; says = '*The secret missing was not found*' }
            @{ what = 'there is no such vault'; case = 'NoVault'; says = '*Elsewhere*' }
            @{ what = 'the vault is locked'; case = 'Locked'; says = '*valid password is required*' }
        ) {
            $seen.$case.Reason | Should -BeLike 'OpenRouterByok.SecretUnavailable,*'
            $seen.$case.Error | Should -BeLike $says
            $seen.$case.Advice | Should -BeLike '*must be registered and unlocked*'
            $seen.$case.Labels | Should -Contain 'sk-...0001'
            # Nothing was sent.
            $seen.$case.Speech | Should -Match 'GET /byok'
            $seen.$case.Speech | Should -Not -Match '(POST|PATCH|DELETE) /byok'
        }

        It 'are sent after the vault was unlocked' {
            $seen.Unlocked.Error | Should -BeNullOrEmpty
            $seen.Unlocked.Actions | Should -Be 'Update Completed'
            $seen.Unlocked.Speech | Should -Match 'PATCH /byok/'
        }

        It 'are never shown, be it by output, errors, or a transcript' {
            $names = @($seen.PSObject.Properties.Name | Where-Object { $_ -ne 'Control' })
            $names | Should -HaveCount 14
            foreach ($name in $names) {
                foreach ($text in $seen.$name.Speech, $seen.$name.Screen) {
                    $text | Should -Match 'GET /byok' -Because $name
                    $text | Should -Not -Match $key -Because $name
                }
            }

            $seen.Control.Speech | Should -Match $key
            $seen.Control.Screen | Should -Match $key
            # The control shows it once.
            [regex]::Matches($shown, $key) | Should -HaveCount 1
        }
    }
}
