Describe 'Export-OpenRouterByokReport' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $script:session = Connect-Sandbox $sandbox

        function Assert-Page {
            param([string] $Page)

            # In short, since a page that does not match would be shown whole.
            $Page.StartsWith('<!doctype html>') | Should -BeTrue
            $Page.TrimEnd().EndsWith('</html>') | Should -BeTrue
        }

        function Get-Text {
            param([string] $Path)

            Get-Content -LiteralPath $Path -Raw -Encoding UTF8
        }

        # The text of the element with an id, without the tags in it.
        function Get-Shown {
            param([string] $Page, [string] $Id)

            if ($Page -notmatch "id=`"$Id`">(?<inner>.*?)</dd>") { throw "There is no $Id." }
            $Matches.inner -replace '<[^>]+>'
        }

        # The amount of an element with all its digits.
        function Get-Amount {
            param([string] $Page, [string] $Id)

            if ($Page -notmatch "id=`"$Id`"><data value=`"(?<value>[^`"]+)`"") { throw "There is no $Id." }
            [decimal]::Parse($Matches.value, [cultureinfo]::InvariantCulture)
        }

        # The page without the time at which it was made.
        function Get-Lasting {
            param([string] $Page)

            $Page -replace '<time.*?</time>'
        }
    }

    AfterAll { Close-Sandbox $sandbox }

    BeforeEach {
        $script:path = Join-Path $TestDrive 'report.html'
        Remove-Item $path -ErrorAction Ignore
    }

    It 'writes a page' {
        Export-OpenRouterByokReport $path -AllWorkspaces | Should -BeNullOrEmpty

        $page = Get-Text $path
        Assert-Page $page
        [IO.File]::ReadAllBytes($path)[0] | Should -Be ([byte][char]'<')
        foreach ($name in (Get-OpenRouterByokKey -AllWorkspaces).Name | Where-Object { $_ }) {
            $page.Contains(">$name<") | Should -BeTrue -Because "it lists $name"
        }
    }

    It 'writes to a PowerShell drive, and to the current location' {
        Export-OpenRouterByokReport TestDrive:/report.html
        Test-Path $path | Should -BeTrue

        Push-Location $TestDrive
        try { $file = Export-OpenRouterByokReport report.html -Force -PassThru }
        finally { Pop-Location }

        $file.FullName | Should -Be (Get-Item $path).FullName
    }

    It 'outputs the file with -PassThru, for the commands after it' {
        $file = Export-OpenRouterByokReport $path -PassThru

        $file | Should -HaveCount 1
        $file | Should -BeOfType IO.FileInfo
        $file.FullName | Should -Be (Get-Item $path).FullName
        $lines = Export-OpenRouterByokReport $path -Force -PassThru | Get-Content -Encoding UTF8
        $lines[0] | Should -Be '<!doctype html>'
        Export-OpenRouterByokReport $path -Force -PassThru | Select-String '<h1>' | Should -HaveCount 1
        Export-OpenRouterByokReport $path -Force -PassThru | Remove-Item
        Test-Path $path | Should -BeFalse
    }

    It 'outputs the text without a path' {
        $text = Export-OpenRouterByokReport -Workspace Production -Title 'On <production>'

        $text | Should -HaveCount 1
        $text | Should -BeOfType string
        $text.Contains('<h1>On &lt;production&gt;</h1>') | Should -BeTrue
        Export-OpenRouterByokReport $path -Workspace Production -Title 'On <production>'
        (Get-Lasting (Get-Text $path)) -ceq (Get-Lasting $text) | Should -BeTrue
    }

    It 'shows the numbers of the cmdlets' {
        $page = Export-OpenRouterByokReport -AllWorkspaces -Days 7

        $keys = Get-OpenRouterByokKey -AllWorkspaces
        $findings = Invoke-OpenRouterByokAudit
        $usage = Get-OpenRouterByokUsage Total -Days 7
        Get-Shown $page credential-count | Should -Be $keys.Count
        Get-Shown $page enabled-count | Should -Be @($keys | Where-Object { -not $_.Disabled }).Count
        foreach ($severity in 'Error', 'Warning', 'Information') {
            Get-Shown $page "$($severity.ToLowerInvariant())-count" |
                Should -Be @($findings | Where-Object Severity -EQ $severity).Count
        }

        Get-Amount $page own-spend | Should -Be $usage.OwnSpend
        Get-Amount $page credits-spent | Should -Be $usage.CreditsSpent
    }

    It 'shows neither labels nor email addresses to those who must not see them' {
        $labels = (Get-OpenRouterByokKey -AllWorkspaces).Label
        $members = (Get-OpenRouterMember).Email

        $page = Export-OpenRouterByokReport -AllWorkspaces -NoLabel -Anonymous
        $open = Export-OpenRouterByokReport -AllWorkspaces

        foreach ($label in $labels) { $page.Contains($label) | Should -BeFalse }
        foreach ($member in $members) { $page.Contains($member) | Should -BeFalse }
        $open.Contains($labels[0]) | Should -BeTrue
        @($members | Where-Object { $open.Contains($_) }) | Should -Not -BeNullOrEmpty
    }

    Context 'to a file that exists' {
        BeforeEach { Set-Content -LiteralPath $path -Value 'mine' }

        It 'writes nothing without -Force' {
            $failure = Get-Failure { Export-OpenRouterByokReport $path }
            $requests = Get-Request { try { Export-OpenRouterByokReport $path } catch { $null = $_ } }

            Assert-Failure $failure InvalidArgument InvalidArgument
            $failure | Should -BeLike '*exists already*-Force*'
            $requests | Should -BeNullOrEmpty
            (Get-Text $path).Trim() | Should -Be 'mine'
        }

        It 'replaces it with -Force' {
            Export-OpenRouterByokReport $path -Force

            Assert-Page (Get-Text $path)
            (Get-Text $path).Contains('mine') | Should -BeFalse
            Get-ChildItem $TestDrive -Force -Filter *.tmp | Should -BeNullOrEmpty
        }

        It 'writes nothing under -WhatIf, and sends nothing' {
            $screen = Get-Screen { Export-OpenRouterByokReport $path -Force -WhatIf }
            $requests = Get-Request { Export-OpenRouterByokReport $path -Force -WhatIf }

            $screen -replace '\s+', ' ' | Should -BeLike '*What if: *report.html*'
            $requests | Should -BeNullOrEmpty
            (Get-Text $path).Trim() | Should -Be 'mine'
        }
    }

    It 'refuses <path> before it asks' -ForEach @(
        @{ path = 'report.pdf'; says = '*extension .html or .htm*' }
        @{ path = 'nowhere/report.html'; says = '*folder*does not exist*' }
        @{ path = 'Env:/report.html'; says = '*Env:*' }
    ) {
        Push-Location $TestDrive
        try {
            $failure = Get-Failure { Export-OpenRouterByokReport $path }
            $requests = Get-Request { try { Export-OpenRouterByokReport $path } catch { $null = $_ } }
        }
        finally { Pop-Location }

        Assert-Failure $failure InvalidArgument InvalidArgument
        $failure | Should -BeLike $says
        $requests | Should -BeNullOrEmpty
    }

    It 'says which workspace is not there, and writes nothing' {
        $failure = Get-Failure { Export-OpenRouterByokReport $path -Workspace Nowhere }

        $failure | Should -BeLike '*Nowhere*'
        Test-Path $path | Should -BeFalse
    }

    It 'changes nothing in the account' {
        $account = Get-Account

        $null = Export-OpenRouterByokReport -AllWorkspaces

        Get-Account | Should -Be $account
    }

    It 'works in parallel with one session' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $shared = $session
        $module = $manifest
        $folder = $TestDrive

        $files = 'Default', 'Production', 'Scratch' | ForEach-Object -Parallel {
            Import-Module $using:module
            $file = Join-Path $using:folder "$_.html"
            Export-OpenRouterByokReport $file -Workspace $_ -Title $_ -Session $using:shared -PassThru
        }

        $files | Should -HaveCount 3
        foreach ($file in $files) {
            (Get-Text $file.FullName).Contains("<h1>$($file.BaseName)</h1>") | Should -BeTrue
        }
    }

    It 'completes workspaces' {
        $null = Get-OpenRouterWorkspace

        (Get-Completion 'Export-OpenRouterByokReport -Workspace Pro').CompletionText | Should -Be 'Production'
    }

    It 'has help' { Assert-Help Export-OpenRouterByokReport }
}
