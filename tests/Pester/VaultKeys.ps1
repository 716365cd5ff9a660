<#
.SYNOPSIS
Syncs configurations whose keys are in a vault of SecretStore, and outputs what it saw as JSON. Runs in a process of its
own with a home of its own, where it sets the vault up: the vaults of the user are neither used nor changed.
#>
param(
    # The manifest of the module.
    [string] $Manifest,

    # Whose last characters are those of the labels.
    [string] $Key,

    # A folder for the configuration and the transcript.
    [string] $Folder
)

$ErrorActionPreference = 'Stop'
$WarningPreference = 'Continue'
$vault = @{ Vault = 'Team' }
$file = Join-Path $Folder 'openrouter.json'

function ConvertTo-Secret {
    param([string] $Text)

    [System.Net.NetworkCredential]::new('', $Text).SecurePassword
}

function Write-Configuration {
    param([string] $Reference, [string] $Provider = 'openai')

    $entry = '{ "provider": "' + $Provider + '", "workspace": "scratch", "name": "Vault", "key": ' + $Reference + ' }'
    Set-Content -LiteralPath $file -Value ('{ "version": 1, "credentials": [', $entry, '] }')
}

# What a script block outputs, shows and writes in every stream, its error, and what the account then has.
function Get-Outcome {
    param([scriptblock] $Script)

    $VerbosePreference = $DebugPreference = 'Continue'
    $failure = $null
    $said = New-Object System.Collections.ArrayList
    $transcript = Join-Path $Folder "$([guid]::NewGuid()).txt"
    $null = Start-Transcript $transcript
    try { & $Script *>&1 | ForEach-Object { $null = $said.Add($_) } }
    catch { $failure = $_ }
    finally {
        if ($failure) { $null = $said.Add($failure) }
        # A transcript has only what is shown.
        $said | Out-Default
        $null = Stop-Transcript
    }

    $held = Get-OpenRouterByokKey -Workspace Scratch 4>$null 5>$null | Where-Object WorkspaceId
    @{
        Speech   = ($said | Format-List * -Force | Out-String -Width 500) + ($said | Out-String -Width 500)
        Screen   = Get-Content -LiteralPath $transcript -Raw -Encoding utf8
        Warnings = @($said | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }).Message
        Actions  = @($said | Where-Object PlanId | ForEach-Object { "$($_.Action) $($_.Status)" })
        Error    = "$failure"
        Reason   = "$($failure.FullyQualifiedErrorId)"
        Advice   = "$($failure.ErrorDetails.RecommendedAction)"
        Labels   = @($held.Label)
    }
}

Import-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore, $Manifest
Reset-SecretStore -Authentication None -Interaction None -Scope CurrentUser -Force -Confirm:$false 3>$null
Register-SecretVault Team -ModuleName Microsoft.PowerShell.SecretStore
Set-Secret secure @vault -SecureStringSecret (ConvertTo-Secret "$Key-0001")
Set-Secret text @vault -Secret "$Key-0002"
Set-Secret login @vault -Secret ([pscredential]::new('x', (ConvertTo-Secret "$Key-0003")))
Set-Secret table @vault -Secret @{ key = "$Key-0004" }
Set-Secret bytes @vault -Secret ([System.Text.Encoding]::ASCII.GetBytes("$Key-0005"))
Set-Secret broken @vault -Secret "$Key`n0006"

$seen = @{}
$sync = { Sync-OpenRouterByokConfiguration $file }
Write-Configuration '{ "secret": "secure", "vault": "Team" }'
$seen.Plan = Get-Outcome { Compare-OpenRouterByokConfiguration $file }
$seen.Created = Get-Outcome $sync
Write-Configuration '{ "secret": "text", "vault": "Team" }'
$seen.Changed = Get-Outcome { Compare-OpenRouterByokConfiguration $file -KeyUpdate Changed }
$seen.Text = Get-Outcome { Sync-OpenRouterByokConfiguration $file -KeyUpdate Changed }
Write-Configuration '{ "secret": "secure" }'
$seen.AnyVault = Get-Outcome { Sync-OpenRouterByokConfiguration $file -KeyUpdate Changed }

$always = { Sync-OpenRouterByokConfiguration $file -KeyUpdate Always }
foreach ($name in 'login', 'table', 'bytes', 'broken', 'missing') {
    Write-Configuration ('{ "secret": "' + $name + '", "vault": "Team" }')
    $seen[$name] = Get-Outcome $always
}

Write-Configuration '{ "secret": "secure", "vault": "Elsewhere" }'
$seen.NoVault = Get-Outcome $always
Write-Configuration -Provider amazon-bedrock @'
{
  "accessKeyId": { "secret": "text", "vault": "Team" }, "secretAccessKey": { "secret": "secure", "vault": "Team" },
  "region": "us-east-1"
}
'@
$seen.Template = Get-Outcome $sync

# With a password, and without the session that unlocked it.
Set-SecretStoreConfiguration -Authentication Password -Password (ConvertTo-Secret 'p') -Interaction None -Confirm:$false
Write-Configuration '{ "secret": "secure", "vault": "Team" }'
$seen.Locked = Get-Outcome $always
Unlock-SecretStore -Password (ConvertTo-Secret 'p')
$seen.Unlocked = Get-Outcome $always

# What these tests look for would be seen.
$seen.Control = Get-Outcome { Get-Secret text @vault -AsPlainText }
Set-Content -LiteralPath (Join-Path $Folder 'seen.json') -Value ($seen | ConvertTo-Json -Depth 4) -Encoding utf8
