<#
.SYNOPSIS
Publishes the module to a folder, finds, installs, imports and uninstalls it, and outputs what it saw as JSON.
Runs in a process of its own, so that the installed module is the only one there.
#>
param(
    # How the module gets into the repository.
    [ValidateSet('Folder', 'Package', 'Copy')]
    [string] $By,

    # Holds build.ps1 and out.
    [string] $Source,

    # The folder that is the repository.
    [string] $Feed
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$name = 'OpenRouter.Byok'
$repository = "RoundTrip$PID"
$null = New-Item $Feed -ItemType Directory -Force
Register-PSResourceRepository $repository -Uri $Feed -Trusted
try {
    switch ($By) {
        'Folder' { Publish-PSResource -Path (Join-Path $Source "out/$name") -Repository $repository }
        'Package' { & (Join-Path $Source 'build.ps1') -Task Publish -Repository $repository }
        'Copy' { Copy-Item (Join-Path $Source "out/$name.*.nupkg") $Feed }
    }

    $found = Find-PSResource $name -Repository $repository
    Install-PSResource $name -Repository $repository -Scope CurrentUser
    $installed = Get-InstalledPSResource $name
    $module = Import-Module $name -PassThru
    $help = Get-Help New-OpenRouterByokKey
    $topic = Get-Help about_OpenRouterByok | Out-String
    $seen = @{
        FoundVersion      = "$($found.Version)"
        FoundProject      = "$($found.ProjectUri)"
        FoundTags         = @($found.Tags)
        FoundLicense      = "$($found.LicenseUri)"
        InstalledVersion  = "$($installed.Version)"
        InstalledLocation = $installed.InstalledLocation
        ModuleBase        = $module.ModuleBase
        Cmdlets           = @($module.ExportedCmdlets.Keys)
        Files             = @(Get-ChildItem $module.ModuleBase -Recurse -File | ForEach-Object {
                $_.FullName.Substring($module.ModuleBase.Length + 1) -replace '\\', '/'
            })
        Synopsis          = $help.Synopsis
        Topic             = ($topic.Trim() -split "`n")[1].Trim()
    }
    Remove-Module $name
    Uninstall-PSResource $name -Scope CurrentUser
    $seen.Left = @(Get-InstalledPSResource $name -ErrorAction Ignore).Count
    $seen | ConvertTo-Json
}
finally {
    Get-InstalledPSResource $name -ErrorAction Ignore |
        Where-Object Repository -EQ $repository |
        Uninstall-PSResource
    Unregister-PSResourceRepository $repository
}
