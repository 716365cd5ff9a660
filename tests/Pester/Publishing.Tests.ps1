# The tasks of build.ps1 that follow a build, on a copy of the staged module, and the package in a repository.
Describe 'Publishing' {
    BeforeAll {
        $repository = Split-Path (Split-Path $PSScriptRoot)
        $source = Join-Path $TestDrive 'source'
        $out = Join-Path $source 'out'
        $script:staged = Join-Path $out 'OpenRouter.Byok'
        $build = Join-Path $source 'build.ps1'
        $null = New-Item $out -ItemType Directory -Force
        foreach ($file in 'build.ps1', 'OpenRouter.Byok.psd1') { Copy-Item (Join-Path $repository $file) $source }
        Copy-Item (Join-Path $repository 'out/OpenRouter.Byok') $out -Recurse

        function Get-BuildFailure {
            param([hashtable] $Parameters)

            try { $null = & $build @Parameters }
            catch { return "$_" }
        }

        function Write-Changelog {
            param([string[]] $Lines)

            Set-Content (Join-Path $source 'CHANGELOG.md') $Lines
        }
    }

    Context 'the release notes' {
        It 'are what the changelog says about the version' {
            Write-Changelog '# Changelog', '', '## [Unreleased]', '', '## [0.1.0] - 2026-01-31', '', '### Added', '',
                '- One.', '', '## [0.0.9] - 2026-01-01', '', '- Old.', '', '[0.1.0]: https://example.com'

            & $build -Task ReleaseNotes | Should -Be (@('### Added', '', '- One.') -join [Environment]::NewLine)
        }

        It 'do not include the links at the end of the changelog' {
            Write-Changelog '## [0.1.0] - 2026-01-31', '', '- One, see [two].', '', '[two]: https://example.com'

            & $build -Task ReleaseNotes | Should -Be '- One, see [two].'
        }

        It 'require <_>' -ForEach '## [0.1.0] - Unreleased', '## [0.1.01] - 2026-01-31' {
            Write-Changelog $_, '', '- One.'

            Get-BuildFailure @{ Task = 'ReleaseNotes' } | Should -Be 'CHANGELOG.md has no dated entry for 0.1.0.'
        }
    }

    Context 'the manifest in the repository' {
        It 'is one that the engine accepts' {
            $manifest = Test-ModuleManifest (Join-Path $repository 'OpenRouter.Byok.psd1') -WarningVariable warnings

            $manifest.Version | Should -Be (Test-ModuleManifest (Join-Path $staged 'OpenRouter.Byok.psd1')).Version
            $warnings | Should -BeNullOrEmpty
        }

        It 'tells what to import instead' {
            $there = [IO.Path]::Combine($repository, 'out', 'OpenRouter.Byok', 'OpenRouter.Byok.psd1')

            { Import-Module (Join-Path $repository 'OpenRouter.Byok.psd1') -ErrorAction Stop } |
                Should -Throw "Run dotnet build, then import the module that it stages: Import-Module '$there'"
        }
    }

    # Stand-ins for the cmdlets that Windows alone has: they mark a file instead of signing it.
    Context 'signing' {
        BeforeAll {
            $certificate = [Security.Cryptography.X509Certificates.CertificateRequest]::new(
                'CN=Test', [Security.Cryptography.RSA]::Create(2048),
                [Security.Cryptography.HashAlgorithmName]::SHA256,
                [Security.Cryptography.RSASignaturePadding]::Pkcs1
            ).CreateSelfSigned([DateTimeOffset]::Now.AddDays(-1), [DateTimeOffset]::Now.AddDays(1))
            $record = @{ Files = [Collections.Generic.List[string]]::new(); Fails = $false }

            function global:Get-AuthenticodeSignature {
                param($FilePath)

                @{ Status = if ($FilePath -match 'System|Microsoft') { 'Valid' } else { 'NotSigned' } }
            }

            function global:Set-AuthenticodeSignature {
                param($FilePath, $Certificate)

                $record.Files.Add((Split-Path $FilePath -Leaf))
                @{ SignerCertificate = if (-not $record.Fails) { $Certificate }; StatusMessage = 'No.' }
            }

            function global:New-FileCatalog {
                param($Path, $CatalogFilePath)

                Set-Content $CatalogFilePath (Get-ChildItem $Path -Recurse -File).Name
            }
        }

        AfterAll {
            'Get-AuthenticodeSignature', 'Set-AuthenticodeSignature', 'New-FileCatalog' |
                ForEach-Object { Remove-Item "Function:$_" }
        }

        BeforeEach {
            $record.Files.Clear()
            $record.Fails = $false
        }

        It 'signs what is ours, and last the catalog of all' {
            & $build -Task Sign -Certificate $certificate

            $record.Files[0..3] | Sort-Object | Should -Be @(
                'OpenRouter.Byok.dll', 'OpenRouter.Byok.dll', 'OpenRouter.Byok.Format.ps1xml', 'OpenRouter.Byok.psd1')
            $record.Files[4..9] | Should -Be 'OpenRouter.Byok.cat'
            $named = Get-Content (Join-Path $staged 'OpenRouter.Byok.cat')
            $named | Should -Contain 'System.Text.Json.dll'
            $named | Should -Contain 'README.md'
            $named | Should -Not -Contain 'OpenRouter.Byok.cat'
        }

        It 'signs again' {
            & $build -Task Sign -Certificate $certificate

            $record.Files | Should -HaveCount 5
        }

        It 'says what could not be signed' {
            $record.Fails = $true

            Get-BuildFailure @{ Task = 'Sign'; Certificate = $certificate } | Should -BeLike '* was not signed: No.'
        }

        It 'requires a certificate' {
            Get-BuildFailure @{ Task = 'Sign' } | Should -Be 'Specify -Certificate.'
        }
    }

    It 'signs only on Windows' -Skip:([bool](Get-Command Set-AuthenticodeSignature -ErrorAction Ignore)) {
        Get-BuildFailure @{ Task = 'Sign' } | Should -Be 'The module can be signed only on Windows.'
    }

    Context 'before there is a package' {
        It 'requires <Missing>' -ForEach @(
            @{ Missing = 'a repository'; Repository = ''; Message = 'Specify -Repository, such as PSGallery.' }
            @{
                Missing    = 'a package'
                Repository = 'Nowhere'
                Message    = 'There is no *.nupkg. Run ./build.ps1 -Task Package first.'
            }
        ) {
            Get-BuildFailure @{ Task = 'Publish'; Repository = $Repository } | Should -BeLike $Message
        }
    }

    # Windows PowerShell comes without PSResourceGet, whose first versions could not publish a package.
    Context 'the package, with PSResourceGet' -Skip:(
        $PSEdition -ne 'Core' -or -not (Get-Command Publish-PSResource -ErrorAction Ignore).Parameters.NupkgPath) {
        BeforeAll {
            Remove-Item (Join-Path $staged 'OpenRouter.Byok.cat') -ErrorAction Ignore
            $project = Join-Path $repository 'src/OpenRouter.Byok.Staging'
            $said = & dotnet pack $project --configuration Debug -p:Stage=false --output $out
            if ($LASTEXITCODE -ne 0) { throw "$said" }
            $variables = @{ HOME = Join-Path $TestDrive 'home' }
            $variables.XDG_DATA_HOME = Join-Path $variables.HOME '.local/share'
            $before = @{}
            # .NET has no such folder unless it exists, and what was to be in there would be in the current folder.
            '.local/share', '.config', 'Library/Application Support' |
                ForEach-Object { $null = New-Item (Join-Path $variables.HOME $_) -ItemType Directory -Force }

            function Get-RoundTrip {
                param([string] $By)

                $pwsh = (Get-Process -Id $PID).Path
                $feed = Join-Path $TestDrive "feed-$By"
                $text = & $pwsh -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot 'RoundTrip.ps1') `
                    -By $By -Source $source -Feed $feed
                if ($LASTEXITCODE -ne 0) { throw "The round trip failed: $text" }
                $text | Out-String | ConvertFrom-Json
            }

            # Elsewhere than on Windows, these are where PSResourceGet installs, and where it keeps its repositories.
            foreach ($name in $variables.Keys) {
                $before[$name] = [Environment]::GetEnvironmentVariable($name)
                Set-Item "Env:$name" $variables[$name]
            }
        }

        AfterAll {
            foreach ($name in $before.Keys) {
                if ($before[$name]) { Set-Item "Env:$name" $before[$name] }
                else { Remove-Item "Env:$name" }
            }
        }

        It 'warns about nothing' {
            $said -match 'warning' | Should -BeNullOrEmpty
        }

        It 'is not published with -WhatIf' {
            & $build -Task Publish -Repository Nowhere -WhatIf | Should -BeNullOrEmpty
        }

        It 'is published, found, installed, imported and uninstalled (<By>)' -ForEach @(
            @{ By = 'Folder' }, @{ By = 'Package' }, @{ By = 'Copy' }
        ) {
            $manifest = Test-ModuleManifest (Join-Path $staged 'OpenRouter.Byok.psd1')
            $files = Get-ChildItem $staged -Recurse -File |
                ForEach-Object { $_.FullName.Substring($staged.Length + 1) -replace '\\', '/' }

            $seen = Get-RoundTrip $By

            $seen.FoundVersion, $seen.InstalledVersion | Should -Be @("$($manifest.Version)", "$($manifest.Version)")
            $seen.FoundProject | Should -Be $manifest.ProjectUri
            $seen.FoundTags | Should -Contain 'BYOK'
            if (-not $IsWindows) { $seen.InstalledLocation | Should -BeLike (Join-Path $TestDrive '*') }
            $seen.ModuleBase | Should -BeLike (Join-Path $seen.InstalledLocation '*')
            $seen.Cmdlets | Sort-Object | Should -Be ($manifest.ExportedCmdlets.Keys | Sort-Object)
            $seen.Files | Sort-Object | Should -Be (@($files) + 'PSGetModuleInfo.xml' | Sort-Object)
            $seen.Synopsis | Should -Be 'Creates a provider credential in an OpenRouter account.'
            $seen.Topic | Should -Be 'about_OpenRouterByok'
            $seen.Left | Should -Be 0
        }
    }
}
