<#
.SYNOPSIS
A nightly audit of the provider credentials, for a scheduler or an automation account.

.DESCRIPTION
Prints the findings with the command line that fixes each one, and ends with exit code 1 if a finding has the severity
of -FailOn or higher. In this case, -PostTo also posts these findings, as a JSON object with a property "text", which
many chat systems accept. With -Report, a report about the account is written as an HTML page, whatever the audit found.
Nothing is changed. The management key is read from the environment variable
OPENROUTER_MANAGEMENT_KEY. Set it from the secret store of your platform.

.EXAMPLE
./nightly-audit.ps1 -MaxAgeDays 180

.EXAMPLE
./nightly-audit.ps1 -FailOn Error -Accept NoBackup, Unrestricted

.EXAMPLE
./nightly-audit.ps1 -PostTo $env:AUDIT_WEBHOOK

The address of a webhook is often a secret, too. Keep it where you keep the management key.

.EXAMPLE
./nightly-audit.ps1 -Report /var/www/reports/credentials.html

The page contains names, spending, and findings. Write it where only those who may know them can read it.

.EXAMPLE
./nightly-audit.ps1 | mail -s 'Provider credentials' ops@example.com

Mails what is printed. Use the mail command of your platform: Send-MailMessage is obsolete, because it cannot ensure a
secure connection.

.EXAMPLE
dotnet run --project src/OpenRouter.Sandbox -- run examples/nightly-audit.ps1

Tests the script against a local OpenRouter.
#>
[CmdletBinding()]
param(
    # The age, in days, after which credentials are due for rotation.
    [int] $MaxAgeDays = 90,

    # The severity that makes the run fail.
    [ValidateSet('Information', 'Warning', 'Error')]
    [string] $FailOn = 'Warning',

    # The rules whose findings you accept.
    [string[]] $Accept = @(),

    # The address of a webhook to post severe findings to.
    [uri] $PostTo,

    # The path of an HTML page to write. An existing file is replaced.
    [string] $Report
)

$ErrorActionPreference = 'Stop'

$audit = @{ MaxAgeDays = $MaxAgeDays }
# With pwsh -File, as used by schedulers, a list is passed as a single string.
if ($Accept) { $audit.ExcludeRule = $Accept -split ',\s*' }

$findings = @()
$failure = $null
try {
    Invoke-OpenRouterByokAudit @audit -FailOn $FailOn -OutVariable findings | ForEach-Object {
        $name = if ($_.Name) { $_.Name } else { $_.Label }
        "$($_.Severity): $($_.Rule): $($_.Provider), $name. $($_.Message)"
        "    $($_.Remedy)"
    }
}
catch {
    # If the audit failed, the findings are already output. Any other error means that there was no audit.
    if ($_.FullyQualifiedErrorId -notlike 'OpenRouterByok.AuditFailed*') { throw }
    $failure = $_
}

if ($failure) {
    "$failure"
}
else {
    "The audit found nothing of severity $FailOn or higher; findings: $(@($findings).Count)."
}

if ($failure -and $PostTo) {
    $severe = $findings | Where-Object Severity -GE $FailOn | ForEach-Object { "$($_.Severity): $_" }
    $json = ConvertTo-Json @{ text = (@("$failure") + $severe) -join "`n" } -Compress
    $post = @{
        Uri         = $PostTo
        Method      = 'Post'
        ContentType = 'application/json; charset=utf-8'
        # Windows PowerShell would encode text as ISO-8859-1.
        Body        = [System.Text.Encoding]::UTF8.GetBytes($json)
        TimeoutSec  = 30
    }
    $null = Invoke-RestMethod @post
}

if ($Report) { Export-OpenRouterByokReport $Report -AllWorkspaces -Force @audit }

if ($failure) { exit 1 }
