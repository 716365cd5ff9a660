<#
.SYNOPSIS
Tests every enabled credential, and disables those that their provider rejects.

.DESCRIPTION
The script sends a request of one token for each credential; together, the requests cost a fraction of a cent. It
disables credentials that certainly fail with one of the statuses in -Status: by default, credentials that are revoked,
expired, or invalid (401) and credentials that lack a permission (403). Credentials with transient failures, such as a
rate limit (429), and with inconclusive results are not changed.

Set OPENROUTER_MANAGEMENT_KEY to the management key, and OPENROUTER_API_KEY to an API key for inference. Only
credentials that serve this API key are tested, so run the script once for each workspace.

Exit code: 0 if nothing had to be disabled, 2 if something was disabled, 1 if an error occurred.

.EXAMPLE
./disable-on-failure.ps1 -WhatIf

Shows which requests would be sent and what they would cost. Nothing is tested or disabled.

.EXAMPLE
./disable-on-failure.ps1 -Provider openai, azure -Status 401, 402, 403

Also disables credentials whose quota is used up.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # The providers whose credentials are tested. By default, all providers.
    [string[]] $Provider,

    # The provider statuses for which a credential is disabled.
    [ValidateRange(400, 599)]
    [int[]] $Status = @(401, 403)
)

$ErrorActionPreference = 'Stop'

$list = @{ State = 'Enabled' }
# With pwsh -File, as used by schedulers, a list is passed as a single string.
if ($Provider) { $list.Provider = $Provider -split ',\s*' }

# If one credential cannot be tested, the others are still tested.
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
        "Not changed $($result.KeyId), ${result}: $($result.Meaning)."
    }
}

$passed = @($results | Where-Object Passed).Count
"$($results.Count) credentials processed, $passed passed, $disabled disabled, $($troubles.Count) errors."
if ($troubles) { exit 1 }
if ($disabled) { exit 2 }
exit 0
