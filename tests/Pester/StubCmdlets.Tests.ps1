# The cases that the sandbox's stub cmdlets are tested with (Shell/StubCmdletsTests.cs), on PowerShell's own cmdlets.
# Windows PowerShell shows tables in another way.
Describe 'PowerShell''s own cmdlets' -Skip:($PSEdition -eq 'Desktop') {
    $file = Join-Path $PSScriptRoot '../OpenRouter.Byok.Tests/Shell/StubCmdletCases.json'
    $number = 0
    $cases = (Get-Content $file -Raw -Encoding UTF8 | ConvertFrom-Json).cases |
        ForEach-Object { @{ Number = $number++; Script = $_.script; Output = $_.output -join "`n" } }

    BeforeAll {
        # In a process of its own, since a host is needed to show what they write, and its output is what is compared.
        $program = Join-Path $TestDrive 'Show-Case.ps1'
        Set-Content $program -Encoding UTF8 -Value @'
param($Cases, $Folder)

$PSStyle.OutputRendering = 'PlainText'
$file = Join-Path $Folder 'lines.txt'
Set-Content $file 'one', 'two', 'three'
$table = Get-Content $Cases -Raw -Encoding UTF8 | ConvertFrom-Json
foreach ($case in $table.cases) {
    Set-Location $Folder
    $script = [scriptblock]::Create((@($table.setup) + $case.script) -join "`n")
    & $script | Out-Default
    '### the end of a case'
}
'@
        $file = Join-Path $PSScriptRoot '../OpenRouter.Byok.Tests/Shell/StubCmdletCases.json'
        $pwsh = Join-Path $PSHOME 'pwsh'
        $lines = & $pwsh -NoProfile -NonInteractive -File $program $file $TestDrive |
            ForEach-Object { $_.TrimEnd() }
        $script:shown = ($lines -join "`n") -split '### the end of a case' | ForEach-Object { $_.Trim("`n") }
    }

    It 'show what the table says: <Script>' -ForEach $cases {
        $shown[$Number] | Should -BeExactly $Output
    }
}
