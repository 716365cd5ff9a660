<#
.SYNOPSIS
Replaces the keys of credentials with the keys in a SecretManagement vault.

.DESCRIPTION
The name of a secret consists of a prefix, the provider, and the name of the credential: byok-openai-Production is the
secret for the credential Production of openai. A credential without a secret in the vault is not changed. Only the key
is replaced; the id, the restrictions, and the order stay the same.

Set OPENROUTER_MANAGEMENT_KEY to the management key. With -ProvingWorkspace, a key is replaced only if the provider
accepts the new one. This requires an API key of that workspace in OPENROUTER_API_KEY, and costs a fraction of a cent
for each key.

Exit code: 0 if everything succeeded, 2 if a provider did not accept a new key, 1 if another error occurred.

.EXAMPLE
./rotate-from-secretmanagement.ps1 -Provider openai -WhatIf

Shows which keys would be replaced.

.EXAMPLE
./rotate-from-secretmanagement.ps1 -Vault Production -ProvingWorkspace Scratch

Gets the secrets from a specific vault, and tests each of them in the workspace Scratch first.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # The providers whose credentials are rotated. By default, all providers.
    [string[]] $Provider,

    # The names of the credentials, with wildcards.
    [string[]] $Name = '*',

    # The vault. By default, SecretManagement searches all vaults.
    [string] $Vault,

    # The prefix of the secret names.
    [string] $Prefix = 'byok-',

    # A workspace that is kept for tests, in which the new keys are tested.
    [string] $ProvingWorkspace
)

$ErrorActionPreference = 'Stop'

if (-not (Get-Command Get-Secret -ErrorAction Ignore)) {
    throw 'Get-Secret was not found. To install it, run Install-Module Microsoft.PowerShell.SecretManagement'
}

$list = @{ Name = $Name }
# With pwsh -File, as used by schedulers, a list is passed as a single string.
if ($Provider) { $list.Provider = $Provider -split ',\s*' }
$from = @{}
if ($Vault) { $from.Vault = $Vault }
$test = @{}
if ($ProvingWorkspace) { $test.ProvingWorkspace = $ProvingWorkspace }

$rotated = $refused = $failed = 0
foreach ($key in Get-OpenRouterByokKey @list) {
    $secretName = "$Prefix$($key.Provider)-$($key.Name)"
    $secret = Get-Secret -Name $secretName @from -ErrorAction Ignore
    if (-not $secret) {
        "No secret $secretName; ${key} is not changed."
        continue
    }

    try {
        $new = $key | Set-OpenRouterByokKey -Key $secret @test -PassThru
        if (-not $new) { continue }
        $rotated++
        "Rotated $($key.Id), ${key}: $($key.Label) is now $($new.Label)."
    }
    catch {
        if ($_.FullyQualifiedErrorId -like 'OpenRouterByok.KeyNotAccepted*') { $refused++ } else { $failed++ }
        "Failed $($key.Id), ${key}: $_"
    }
}

"$rotated rotated, $refused not accepted by their provider, $failed failed."
if ($failed) { exit 1 }
if ($refused) { exit 2 }
exit 0
