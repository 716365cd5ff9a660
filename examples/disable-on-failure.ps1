<#
.SYNOPSIS
Tests every enabled credential, and disables those that their provider rejects.

.DESCRIPTION
A request of one token goes out for each credential; together they cost a fraction of a cent. What failed for certain,
and with one of the statuses of -Status, is disabled: by default what is revoked, expired or wrong (401) and what lacks
a permission (403). What fails in passing, such as at a rate limit (429), is left alone, and so is what cannot be told.

OPENROUTER_MANAGEMENT_KEY holds the management key, and OPENROUTER_API_KEY an API key for inference. Only credentials
that serve this API key are tested, so run it once for each workspace.

Exit code: 0 when nothing had to be disabled, 2 when something was, 1 when something went wrong.

.EXAMPLE
./disable-on-failure.ps1 -WhatIf

Tells which requests would be sent, and what they would cost. Nothing is tested or disabled.

.EXAMPLE
./disable-on-failure.ps1 -Provider openai, azure -Status 401, 402, 403

Also disables what has used up its quota.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # The providers whose credentials are tested; without it, all of them.
    [string[]] $Provider,

    # The statuses of the provider that call for disabling.
    [ValidateRange(400, 599)]
    [int[]] $Status = @(401, 403)
)

$ErrorActionPreference = 'Stop'

$list = @{ State = 'Enabled' }
# From pwsh -File, as schedulers call it, a list comes as one text.
if ($Provider) { $list.Provider = $Provider -split ',\s*' }

# One that cannot be tested does not keep the others.
$results = @(
    Get-OpenRouterByokKey @list |
        Test-OpenRouterByokKey -Confirm:$false -ErrorAction Continue -ErrorVariable troubles
)

$disabled = 0
foreach ($result in $results | Where-Object { -not $_.Passed }) {
    if ($result.Outcome -eq 'Failed' -and $result.UpstreamStatus -in $Status) {
        Disable-OpenRouterByokKey -Id $result.KeyId
        $disabled++
        "Disabled $($result.KeyId), $result, $($result.UpstreamStatus): $($result.Meaning)."
    }
    else {
        "Left alone $($result.KeyId), ${result}: $($result.Meaning)."
    }
}

$passed = @($results | Where-Object Passed).Count
"$($results.Count) credentials looked at, $passed passed, $disabled disabled, $($troubles.Count) errors."
if ($troubles) { exit 1 }
if ($disabled) { exit 2 }
exit 0
