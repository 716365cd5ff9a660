<#
.SYNOPSIS
Runs the Pester tests on the staged module. Its last line counts them; its exit code is not 0 when one failed.
#>
param(
    # Installs Pester, PSScriptAnalyzer, SecretManagement and SecretStore for the current user when they are missing.
    [switch] $Install
)

$ErrorActionPreference = 'Stop'
$pester = @{ MinimumVersion = '5.3.0'; MaximumVersion = '5.99.99' }

function Install-Missing {
    param([string] $Name, [version] $MinimumVersion, [version] $MaximumVersion)

    $there = Get-Module -ListAvailable $Name |
        Where-Object { $_.Version -ge $MinimumVersion -and $_.Version -le $MaximumVersion }
    if ($there) { return }

    # Old machines offer no more than TLS 1.0, and Windows PowerShell has a Pester that somebody else signed.
    [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor 'Tls12'
    Install-Module @PSBoundParameters -Scope CurrentUser -Force -SkipPublisherCheck -Repository PSGallery
}

if ($Install) {
    Install-Missing Pester @pester
    Install-Missing PSScriptAnalyzer -MinimumVersion 1.20.0 -MaximumVersion 1.99.99
    # SecretManagement.Tests.ps1 is skipped on Windows.
    if ($PSEdition -eq 'Core' -and -not $IsWindows) {
        Install-Missing Microsoft.PowerShell.SecretManagement -MinimumVersion 1.1.0 -MaximumVersion 1.99.99
        Install-Missing Microsoft.PowerShell.SecretStore -MinimumVersion 1.0.0 -MaximumVersion 1.99.99
    }
}

Import-Module Pester @pester
$configuration = New-PesterConfiguration
$configuration.Run.Path = $PSScriptRoot
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $configuration

$failed = [Math]::Max($result.FailedCount, $result.FailedContainersCount + $result.FailedBlocksCount)
"Pester: $($result.PassedCount) passed, $failed failed, $($result.SkippedCount) skipped"
exit [int]($failed -gt 0 -or $result.PassedCount -eq 0)
