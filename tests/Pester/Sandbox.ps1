#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# What every test file begins with: the staged module, and a sandbox of its own with the sample credentials.

$repository = Split-Path (Split-Path $PSScriptRoot)
$manifest = [IO.Path]::Combine($repository, 'out', 'OpenRouter.Byok', 'OpenRouter.Byok.psd1')
$variables = 'OPENROUTER_MANAGEMENT_KEY', 'OPENROUTER_API_KEY', 'OPENROUTER_BASE_URL'

function Import-StagedModule {
    if (-not (Test-Path $manifest)) { throw "There is no $manifest. Run dotnet build first." }
    $loaded = Get-Module OpenRouter.Byok
    if ($loaded -and $loaded.ModuleBase -ne (Split-Path $manifest)) {
        throw "Another OpenRouter.Byok is loaded, from $($loaded.ModuleBase). Run the tests in a fresh session."
    }

    Import-Module $manifest -ErrorAction Stop
}

function Find-SandboxProgram {
    $program = Get-ChildItem (Join-Path $repository 'src/OpenRouter.Sandbox/bin/*/net*/OpenRouter.Sandbox.dll') |
        Sort-Object LastWriteTime |
        Select-Object -Last 1
    if (-not $program) { throw 'The sandbox is not built. Run dotnet build first.' }
    $program.FullName
}

function Clear-Environment {
    $variables | ForEach-Object { Remove-Item "Env:$_" -ErrorAction Ignore }
}

# The user's own connection must neither be used nor be changed, so the variables are set aside until Close-Sandbox.
function Open-Sandbox {
    param([string] $Arguments)

    Import-StagedModule
    $start = New-Object System.Diagnostics.ProcessStartInfo 'dotnet', "`"$(Find-SandboxProgram)`" serve $Arguments"
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $reading = $process.StandardOutput.ReadLineAsync()
    $line = if ($reading.Wait(60000)) { $reading.Result }
    $keys = 'management key (?<key>\S+), inference key (?<other>\S+), inference key of Scratch (?<scratch>\S+)'
    if ($line -notmatch "on (?<uri>\S+), $keys") {
        if (-not $process.HasExited) { $process.Kill() }
        throw "The sandbox did not start; it said '$line'."
    }

    $environment = @{}
    foreach ($name in $variables) { $environment[$name] = [Environment]::GetEnvironmentVariable($name) }
    Clear-Environment

    [pscustomobject]@{
        Process       = $process
        BaseUri       = [uri]$Matches.uri
        ManagementKey = $Matches.key
        InferenceKey  = $Matches.other
        ScratchKey    = $Matches.scratch
        Environment   = $environment
    }
}

function Close-Sandbox {
    param($Sandbox)

    Disconnect-OpenRouter
    if (-not $Sandbox) { return }
    Clear-Environment
    foreach ($name in $variables) {
        if ($Sandbox.Environment[$name]) { Set-Item "Env:$name" $Sandbox.Environment[$name] }
    }

    if (-not $Sandbox.Process.HasExited) { $Sandbox.Process.Kill() }
    $Sandbox.Process.WaitForExit()
    $Sandbox.Process.Dispose()
}

function ConvertTo-Secret {
    param([string] $Text)

    [System.Net.NetworkCredential]::new('', $Text).SecurePassword
}

# Makes the session of this runspace, and outputs it.
function Connect-Sandbox {
    param($Sandbox, [string] $Key = $Sandbox.ManagementKey, [hashtable] $With = @{})

    $secret = ConvertTo-Secret $Key
    Connect-OpenRouter $secret -BaseUri $Sandbox.BaseUri -PassThru -WarningAction SilentlyContinue @With
}

# A session with another key or address. The one of this runspace stays.
function Get-OtherSession {
    param($Sandbox, [string] $Key = $Sandbox.ManagementKey, [uri] $BaseUri = $Sandbox.BaseUri)

    $runspace = [powershell]::Create()
    try {
        $null = $runspace.AddCommand('Import-Module').AddArgument($manifest).AddStatement()
        $null = $runspace.AddCommand('Connect-OpenRouter').AddArgument((ConvertTo-Secret $Key))
        $null = $runspace.AddParameter('BaseUri', $BaseUri).AddParameter('MaximumRetryCount', 0)
        $null = $runspace.AddParameter('SkipCheck').AddParameter('PassThru')
        $runspace.Invoke()
    }
    finally { $runspace.Dispose() }
}

# A credential to work on, which no other test touches.
function Add-Credential {
    param([string] $Provider = 'openai', [hashtable] $With = @{})

    New-OpenRouterByokKey $Provider (ConvertTo-Secret 'sk-proj-0123456789abcdef') @With
}

# Everything the account holds, as text to compare.
function Get-Account {
    Get-OpenRouterByokKey -AllWorkspaces | Sort-Object Id | ConvertTo-Csv -NoTypeInformation | Out-String
}

# The requests that a script block makes, such as 'GET /byok?limit=5', as its verbose lines tell them.
function Get-Request {
    param([scriptblock] $Script)

    $VerbosePreference = $ErrorActionPreference = 'Continue'
    & $Script 4>&1 2>$null 3>$null |
        Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -and $_.Message -match '^[A-Z]+ /' } |
        ForEach-Object { ($_.Message -split ': ')[0] }
}

# The error of a script block, be it terminating or not.
function Get-Failure {
    param([scriptblock] $Script)

    $ErrorActionPreference = 'Stop'
    try { $null = & $Script 3>$null }
    catch { $_ }
}

# Whatever a script block shows, in every stream, with all that an error knows.
function Get-Speech {
    param([scriptblock] $Script)

    $VerbosePreference = $DebugPreference = $InformationPreference = $ErrorActionPreference = 'Continue'
    # What was shown before a terminating error, too.
    $said = New-Object System.Collections.ArrayList
    try { & $Script *>&1 | ForEach-Object { $null = $said.Add($_) } }
    catch { $null = $said.Add($_) }
    $said | Format-List * -Force | Out-String -Width 500
    $said | Out-String -Width 500
}

# Runs a script as a scheduled run does: in a process of its own that gets its session from the environment.
function Invoke-Script {
    param($Sandbox, [string] $File, [hashtable] $With = @{})

    $ErrorActionPreference = 'Continue'
    $set = @{
        OPENROUTER_BASE_URL       = "$($Sandbox.BaseUri)"
        OPENROUTER_MANAGEMENT_KEY = $Sandbox.ManagementKey
        NO_COLOR                  = '1'
    } + $With
    $before = @{}
    try {
        foreach ($name in $set.Keys) {
            $before[$name] = [Environment]::GetEnvironmentVariable($name)
            Set-Item "Env:$name" $set[$name]
        }

        $output = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File $File 2>&1 | Out-String -Width 500
        [pscustomobject]@{ Output = $output; ExitCode = $LASTEXITCODE }
    }
    finally {
        foreach ($name in $before.Keys) {
            if ($before[$name]) { Set-Item "Env:$name" $before[$name] }
            else { Remove-Item "Env:$name" }
        }
    }
}

function Get-Completion {
    param([string] $Line)

    (TabExpansion2 $Line $Line.Length).CompletionMatches
}

function Assert-Failure {
    param($Failure, [string] $Reason, [string] $Category, $Target)

    $Failure | Should -Not -BeNullOrEmpty
    $Failure.FullyQualifiedErrorId | Should -BeLike "OpenRouterByok.$Reason,*"
    $Failure.CategoryInfo.Category | Should -Be $Category
    $Failure.TargetObject | Should -Be $Target
    $Failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
}

# What is no id is refused, and nothing of it gets into the error.
function Assert-Refusal {
    param($Failure, [string] $Value)

    $Failure | Should -Not -BeNullOrEmpty
    $Failure.FullyQualifiedErrorId | Should -BeLike 'OpenRouterByok.InvalidArgument,*'
    $Failure.TargetObject | Should -BeNullOrEmpty
    $Failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    if ($Value) { $Failure | Format-List * -Force | Out-String | Should -Not -Match ([regex]::Escape($Value)) }
}

# What a script block shows on the screen, such as what -WhatIf says: a transcript alone has that.
function Get-Screen {
    param([scriptblock] $Script)

    $file = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
    $null = Start-Transcript $file
    try { & $Script | Out-Null }
    finally { $null = Stop-Transcript }
    Get-Content $file -Encoding UTF8 -Raw
}

# Help that PowerShell makes up itself begins with the syntax.
function Assert-Help {
    param([string] $Name)

    $help = Get-Help $Name -Full
    $help.Synopsis.Trim() | Should -Not -BeNullOrEmpty
    $help.Synopsis | Should -Not -Match '\[<CommonParameters>\]'
    $help.examples.example | Should -Not -BeNullOrEmpty
    foreach ($parameter in $help.parameters.parameter) {
        $words = ($parameter.description | Out-String).Trim()
        $words | Should -Not -BeNullOrEmpty -Because "-$($parameter.name) needs them"
    }
}
