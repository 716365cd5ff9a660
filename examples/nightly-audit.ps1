<#
.SYNOPSIS
A nightly audit of the provider credentials, for a scheduler or an automation account.

.DESCRIPTION
Prints the findings with the command that mends each, and ends with exit code 1 when one is as bad as -FailOn says.
Nothing is changed. The management key comes from the environment variable OPENROUTER_MANAGEMENT_KEY, so put it there
from the secret store of your platform.

.EXAMPLE
./nightly-audit.ps1 -MaxAgeDays 180

.EXAMPLE
./nightly-audit.ps1 -FailOn Error -Accept NoBackup, Unrestricted

.EXAMPLE
dotnet run --project src/OpenRouter.Sandbox -- run examples/nightly-audit.ps1

This rehearses it against a local OpenRouter.
#>
[CmdletBinding()]
param(
    # Credentials older than this are due for rotation.
    [int] $MaxAgeDays = 90,

    # The severity that makes the run fail.
    [ValidateSet('Information', 'Warning', 'Error')]
    [string] $FailOn = 'Warning',

    # Rules whose findings you know and accept.
    [string[]] $Accept = @()
)

$ErrorActionPreference = 'Stop'

$audit = @{ MaxAgeDays = $MaxAgeDays }
# From pwsh -File, as schedulers call it, a list comes as one text.
if ($Accept) { $audit.ExcludeRule = $Accept -split ',\s*' }

$findings = @()
try {
    Invoke-OpenRouterByokAudit @audit -FailOn $FailOn -OutVariable findings | ForEach-Object {
        $name = if ($_.Name) { $_.Name } else { $_.Label }
        "$($_.Severity): $($_.Rule): $($_.Provider), $name. $($_.Message)"
        "    $($_.Remedy)"
    }
}
catch {
    # A failed audit has said all it has to say; anything else means that there was no audit.
    if ($_.FullyQualifiedErrorId -notlike 'OpenRouterByok.AuditFailed*') { throw }
    "$_"
    exit 1
}

"The audit found nothing that is $FailOn or worse; findings: $(@($findings).Count)."
