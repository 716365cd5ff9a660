<#
.SYNOPSIS
Builds, tests, installs, signs, packages or publishes the module. dotnet does the work; the .NET 10 SDK must be there.

.DESCRIPTION
Build         builds everything and stages the module at out/OpenRouter.Byok.
Test          runs dotnet test, then the Pester tests on the staged module. Pester and PSScriptAnalyzer are installed
              for the current user when they are missing.
Install       puts the staged module into the module path of the current user.
Sign          signs the staged module and adds a signed file catalog. Only on Windows. The next build removes both.
Package       writes out/OpenRouter.Byok.<version>.nupkg, and beside it a list of what it includes, as CycloneDX.
              A signed module is packaged as it is; otherwise it is built first.
Publish       publishes the package to a repository that is registered with Register-PSResourceRepository.
ReleaseNotes  outputs what CHANGELOG.md says about this version. It must have a date.

.EXAMPLE
./build.ps1 -Task Install

.EXAMPLE
./build.ps1 -Task Package
./build.ps1 -Task Publish -Repository PSGallery -ApiKey (Read-Host -AsSecureString) -WhatIf

.EXAMPLE
./build.ps1
./build.ps1 -Task Sign -Certificate (Get-ChildItem Cert:\CurrentUser\My -CodeSigningCert)[0]
./build.ps1 -Task Package

.NOTES
For PowerShell 7 and for Windows PowerShell 5.1.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Install', 'Sign', 'Package', 'Publish', 'ReleaseNotes')]
    [string] $Task = 'Build',

    [Parameter(Position = 1)]
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # Sign: a certificate for code signing, with its private key.
    [Security.Cryptography.X509Certificates.X509Certificate2] $Certificate,

    # Sign: the server that certifies when the files were signed, so that they stay valid longer than the certificate.
    [uri] $TimestampServer = 'http://timestamp.digicert.com',

    # Publish: the name of the repository.
    [string] $Repository,

    # Publish: the key of your account there, if it needs one.
    [securestring] $ApiKey
)

$ErrorActionPreference = 'Stop'
$out = Join-Path $PSScriptRoot 'out'
$staged = Join-Path $out 'OpenRouter.Byok'
$catalog = Join-Path $staged 'OpenRouter.Byok.cat'

function Invoke-DotNet {
    param([string[]] $Arguments)

    & dotnet @Arguments | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "dotnet $Arguments ended with exit code $LASTEXITCODE." }
}

function Get-Version {
    (Import-PowerShellDataFile (Join-Path $PSScriptRoot 'OpenRouter.Byok.psd1')).ModuleVersion
}

# In a process of its own: this one would keep the module's assemblies loaded, and no build could replace them any more.
function Test-StagedModule {
    $name = if ($PSEdition -eq 'Core') { 'pwsh' } else { 'powershell' }
    $found = Get-Command (Join-Path $PSHOME $name), $name -CommandType Application -ErrorAction SilentlyContinue
    & @($found)[0].Source -NoProfile -ExecutionPolicy Bypass -File tests/Pester/Invoke-Suite.ps1 -Install
    if ($LASTEXITCODE -ne 0) { throw 'The Pester tests failed.' }
}

# In a signed module, the files are what the catalog names, so no build may touch them.
function Export-Package {
    $pack = 'pack', 'src/OpenRouter.Byok.Staging', '--configuration', $Configuration
    if (Test-Path $catalog) {
        Write-Output 'The staged module is signed, so it is packaged as it is.'
        $pack += '-p:Stage=false'
    }

    Invoke-DotNet $pack
    Export-Sbom
}

# What the module includes: the libraries for Windows PowerShell.
function Export-Sbom {
    $compilerOnly = 'NETStandard.Library', 'PowerShellStandard.Library', 'Microsoft.CodeAnalysis.PublicApiAnalyzers'
    $version = Get-Version
    $file = "OpenRouter.Byok.$version.cdx.json"
    Invoke-DotNet 'tool', 'restore'
    Invoke-DotNet 'CycloneDX', 'src/OpenRouter.Byok/OpenRouter.Byok.csproj', '--framework', 'netstandard2.0',
        '--exclude-filter', ($compilerOnly -join ','), '--no-serial-number',
        '--set-name', 'OpenRouter.Byok', '--set-version', $version, '--set-type', 'Library',
        '--output', $out, '--filename', $file, '--output-format', 'Json'

    # The time of the commit, so that a second build writes the same bytes.
    if (-not (Get-Command git -ErrorAction Ignore)) { return }
    $time = & git log -1 --format=%ct
    if ($LASTEXITCODE -ne 0) { return }
    $stamp = [DateTimeOffset]::FromUnixTimeSeconds($time).ToString('yyyy-MM-ddTHH:mm:ssZ')
    $path = Join-Path $out $file
    $text = [IO.File]::ReadAllText($path) -replace '("timestamp": )"[^"]*"', "`$1`"$stamp`""
    [IO.File]::WriteAllText($path, $text)
}

# Libraries that their own publisher signed keep that signature.
function Protect-StagedModule {
    param([hashtable] $Signing)

    if (@(Get-Command Set-AuthenticodeSignature, New-FileCatalog -ErrorAction Ignore).Count -ne 2) {
        throw 'The module can be signed only on Windows.'
    }

    if (-not $Signing.Certificate) { throw 'Specify -Certificate.' }
    if (-not (Test-Path $staged)) { throw 'There is no staged module. Run ./build.ps1 first.' }
    Remove-Item $catalog -ErrorAction Ignore
    Get-ChildItem $staged -Recurse -Include *.dll, *.psd1, *.ps1xml |
        Where-Object { (Get-AuthenticodeSignature $_.FullName).Status -ne 'Valid' } |
        ForEach-Object { Add-Signature $_.FullName $Signing }

    $unfinished = Join-Path $out 'OpenRouter.Byok.cat'
    $null = New-FileCatalog -Path $staged -CatalogFilePath $unfinished -CatalogVersion 2.0
    Add-Signature $unfinished $Signing
    Move-Item $unfinished $catalog
}

function Add-Signature {
    param([string] $Path, [hashtable] $Signing)

    $signature = Set-AuthenticodeSignature $Path @Signing -HashAlgorithm SHA256 -IncludeChain NotRoot
    if ($signature.SignerCertificate.Thumbprint -ne $Signing.Certificate.Thumbprint) {
        throw "$Path was not signed: $($signature.StatusMessage)"
    }
}

function Get-PackageFile {
    $package = Join-Path $out "OpenRouter.Byok.$(Get-Version).nupkg"
    if (-not (Test-Path $package)) { throw "There is no $package. Run ./build.ps1 -Task Package first." }
    $package
}

function Publish-Package {
    param([string] $Package, [string] $Repository, [securestring] $ApiKey)

    if (-not (Get-Command Publish-PSResource -ErrorAction Ignore).Parameters.NupkgPath) {
        throw 'Publishing requires the module Microsoft.PowerShell.PSResourceGet, version 1.1 or later.'
    }

    $publish = @{ NupkgPath = $Package; Repository = $Repository }
    if ($ApiKey) { $publish.ApiKey = [Net.NetworkCredential]::new('', $ApiKey).Password }
    Publish-PSResource @publish
}

function Get-ReleaseNote {
    $version = Get-Version
    $text = [IO.File]::ReadAllText((Join-Path $PSScriptRoot 'CHANGELOG.md'))
    $entry = "(?ms)^## \[$([regex]::Escape($version))\] - \d{4}-\d\d-\d\d[ \t\r]*`$(.*?)(?=^## |^\[\S+\]: |\z)"
    if ($text -notmatch $entry) { throw "CHANGELOG.md has no dated entry for $version." }
    $Matches[1].Trim()
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
    Invoke-DotNet 'build', 'src/OpenRouter.Byok.Staging', '--configuration', $Configuration
    $path = Get-UserModulePath
    $target = [IO.Path]::Combine($path, 'OpenRouter.Byok', (Get-Version))
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
        'Install' { Install-StagedModule }
        'Sign' { Protect-StagedModule @{ Certificate = $Certificate; TimestampServer = $TimestampServer } }
        'Package' { Export-Package }
        'Publish' {
            if (-not $Repository) { throw 'Specify -Repository, such as PSGallery.' }
            $package = Get-PackageFile
            if ($PSCmdlet.ShouldProcess($Repository, "Publish $package")) {
                Publish-Package -Package $package -Repository $Repository -ApiKey $ApiKey
            }
        }
        'ReleaseNotes' { Get-ReleaseNote }
    }
}
finally { Pop-Location }
