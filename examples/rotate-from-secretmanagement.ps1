<#
.SYNOPSIS
Replaces the keys of credentials by those that a vault of SecretManagement holds.

.DESCRIPTION
The vault names the secret of a credential by its provider and name: byok-openai-Production is for the credential
Production of openai. A credential whose secret is not there stays as it is. Everything but the key stays: the id, the
restrictions and the order.

OPENROUTER_MANAGEMENT_KEY holds the management key. With -Test each replaced key is tried with one request of one
token, which takes an API key for inference in OPENROUTER_API_KEY and costs a fraction of a cent.

Exit code: 0 when all went well, 2 when the provider rejects a new key, 1 when something went wrong.

.EXAMPLE
./rotate-from-secretmanagement.ps1 -Provider openai -WhatIf

Tells which keys would be replaced.

.EXAMPLE
./rotate-from-secretmanagement.ps1 -Vault Production -Test

Takes the secrets from one vault, and tests the new keys.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # The providers whose credentials are rotated; without it, all of them.
    [string[]] $Provider,

    # The names of the credentials, with wildcards.
    [string[]] $Name = '*',

    # The vault; without it, SecretManagement looks in all of them.
    [string] $Vault,

    # What the names of the secrets begin with.
    [string] $Prefix = 'byok-',

    # Tests the new keys.
    [switch] $Test
)

$ErrorActionPreference = 'Stop'

if (-not (Get-Command Get-Secret -ErrorAction Ignore)) {
    throw 'There is no Get-Secret. Install it: Install-Module Microsoft.PowerShell.SecretManagement'
}

$list = @{ Name = $Name }
# From pwsh -File, as schedulers call it, a list comes as one text.
if ($Provider) { $list.Provider = $Provider -split ',\s*' }
$from = @{}
if ($Vault) { $from.Vault = $Vault }

$rotated = @()
$failed = 0
foreach ($key in Get-OpenRouterByokKey @list) {
    $secretName = "$Prefix$($key.Provider)-$($key.Name)"
    $secret = Get-Secret -Name $secretName @from -ErrorAction Ignore
    if (-not $secret) {
        "No secret $secretName; ${key} stays as it is."
        continue
    }

    try {
        $new = $key | Set-OpenRouterByokKey -Key $secret -PassThru
        if (-not $new) { continue }
        $rotated += $new
        "Rotated $($key.Id), ${key}: $($key.Label) is now $($new.Label)."
    }
    catch {
        $failed++
        "Failed $($key.Id), ${key}: $_"
    }
}

$rejected = 0
if ($Test -and $rotated) {
    $results = $rotated | Test-OpenRouterByokKey -Confirm:$false -ErrorAction Continue -ErrorVariable troubles
    $failed += $troubles.Count
    foreach ($result in $results) {
        "Tested $($result.KeyId), ${result}: $($result.Meaning)."
        if ($result.Outcome -eq 'Failed') { $rejected++ }
    }
}

"$($rotated.Count) rotated, $rejected rejected by their provider, $failed failed."
if ($failed) { exit 1 }
if ($rejected) { exit 2 }
exit 0
