Describe 'The repository' {
    $repository = Split-Path (Split-Path $PSScriptRoot)
    $made = '[\\/](bin|obj|out|node_modules)[\\/]'
    $scripts = Get-ChildItem $repository -Recurse -File -Include *.ps1, *.psm1, *.psd1 |
        Where-Object { $_.FullName.Substring($repository.Length) -notmatch $made }
    # The files that the manifest names stand beside it only where it is staged.
    $manifest = Get-Item (Join-Path $repository 'out/OpenRouter.Byok/OpenRouter.Byok.psd1')
    $cmdlets = (Test-ModuleManifest $manifest.FullName).ExportedCmdlets.Keys | Sort-Object
    $skip = -not (Get-Module -ListAvailable PSScriptAnalyzer)

    It 'has tests for <_>' -ForEach $cmdlets {
        $verb, $noun = $_ -split '-'
        # One file may be for several verbs.
        Get-ChildItem $PSScriptRoot -Filter "*-$noun.Tests.ps1" |
            Where-Object { ($_.Name -split '-') -contains $verb } |
            Should -Not -BeNullOrEmpty
    }

    It 'has <_.Name>, in which the analyzer finds nothing' -ForEach (@($scripts) + $manifest) -Skip:$skip {
        $findings = Invoke-ScriptAnalyzer -Path $_.FullName

        $findings | ForEach-Object { "$($_.RuleName), line $($_.Line): $($_.Message)" } | Should -BeNullOrEmpty
    }
}
