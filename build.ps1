<#
.SYNOPSIS
Builds, tests, packages or installs the module. dotnet does the work; the .NET 10 SDK must be there.

.DESCRIPTION
Build    builds everything and stages the module at out/OpenRouter.Byok.
Test     runs dotnet test, then the Pester tests on the staged module. Pester and PSScriptAnalyzer are installed for
         the current user when they are missing.
Package  writes out/OpenRouter.Byok.<version>.nupkg, which any PowerShell repository takes:
         Publish-PSResource -NupkgPath out/OpenRouter.Byok.0.1.0.nupkg -Repository MyRepository
Install  puts the staged module into the module path of the current user.

.EXAMPLE
./build.ps1 -Task Install

.NOTES
For PowerShell 7 and for Windows PowerShell 5.1.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Package', 'Install')]
    [string] $Task = 'Build',

    [Parameter(Position = 1)]
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$out = Join-Path $PSScriptRoot 'out'
$staged = Join-Path $out 'OpenRouter.Byok'

function Invoke-DotNet {
    param([string[]] $Arguments)

    & dotnet @Arguments | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "dotnet $Arguments ended with exit code $LASTEXITCODE." }
}

function Get-Manifest {
    Invoke-DotNet 'build', 'src/OpenRouter.Byok.Staging', '--configuration', $Configuration
    Test-ModuleManifest (Join-Path $staged 'OpenRouter.Byok.psd1')
}

# In a process of its own: this one would keep the module's assemblies loaded, and no build could replace them any more.
function Test-StagedModule {
    $name = if ($PSEdition -eq 'Core') { 'pwsh' } else { 'powershell' }
    $found = Get-Command (Join-Path $PSHOME $name), $name -CommandType Application -ErrorAction SilentlyContinue
    & @($found)[0].Source -NoProfile -ExecutionPolicy Bypass -File tests/Pester/Invoke-Suite.ps1 -Install
    if ($LASTEXITCODE -ne 0) { throw 'The Pester tests failed.' }
}

# The tags are those that the PowerShell Gallery searches by.
function Get-Nuspec {
    param([psmoduleinfo] $Manifest)

    $cmdlets = $Manifest.ExportedCmdlets.Keys | Sort-Object
    $tags = @($Manifest.Tags) + 'PSModule', 'PSIncludes_Cmdlet' + ($cmdlets -replace '^', 'PSCmdlet_') +
        ($cmdlets -replace '^', 'PSCommand_')
    $text = @{
        id           = $Manifest.Name
        version      = $Manifest.Version
        authors      = $Manifest.Author
        owners       = $Manifest.CompanyName
        description  = $Manifest.Description
        copyright    = $Manifest.Copyright
        releaseNotes = $Manifest.PrivateData.PSData.ReleaseNotes
        projectUrl   = $Manifest.PrivateData.PSData.ProjectUri
        licenseUrl   = $Manifest.PrivateData.PSData.LicenseUri
        tags         = $tags -join ' '
    }
    $elements = foreach ($name in $text.Keys | Sort-Object) {
        "    <$name>$([Security.SecurityElement]::Escape($text[$name]))</$name>"
    }

    @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
  <metadata>
$($elements -join "`n")
    <requireLicenseAcceptance>false</requireLicenseAcceptance>
  </metadata>
  <files>
    <file src="OpenRouter.Byok/**" target="" />
  </files>
</package>
"@
}

# dotnet warns that no assembly is in lib/; that is a library's place, and a module's are where its manifest says.
function Export-Nupkg {
    $manifest = Get-Manifest
    $nuspec = Join-Path $out "$($manifest.Name).nuspec"
    [IO.File]::WriteAllText($nuspec, (Get-Nuspec $manifest))
    Invoke-DotNet 'pack', $nuspec, '--output', $out
    Remove-Item $nuspec
}

function Get-UserModulePath {
    if ($PSEdition -ne 'Core') {
        return Join-Path ([Environment]::GetFolderPath('MyDocuments')) 'WindowsPowerShell/Modules'
    }

    if ($IsWindows) { return Join-Path ([Environment]::GetFolderPath('MyDocuments')) 'PowerShell/Modules' }
    $data = $env:XDG_DATA_HOME
    if (-not $data) { $data = Join-Path $HOME '.local/share' }
    Join-Path $data 'powershell/Modules'
}

function Install-StagedModule {
    $manifest = Get-Manifest
    $path = Get-UserModulePath
    $target = [IO.Path]::Combine($path, $manifest.Name, $manifest.Version)
    if (Test-Path $target) {
        try { Remove-Item $target -Recurse -Force }
        catch { throw "$target is in use: close the sessions that have the module loaded, then try again. $_" }
    }

    $null = New-Item $target -ItemType Directory -Force
    Copy-Item (Join-Path $staged '*') $target -Recurse
    Write-Output "Installed at $target"
    if (($env:PSModulePath -split [IO.Path]::PathSeparator).TrimEnd('\', '/') -notcontains $path) {
        Write-Warning "$path is not in PSModulePath, so Import-Module needs the whole path."
    }
}

Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Build' { Invoke-DotNet 'build', '--configuration', $Configuration }
        'Test' {
            Invoke-DotNet 'test', '--configuration', $Configuration
            Test-StagedModule
        }
        'Package' { Export-Nupkg }
        'Install' { Install-StagedModule }
    }
}
finally { Pop-Location }
