Describe 'examples/nightly-audit.ps1' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $script:session = Connect-Sandbox $sandbox
        $script:nightly = Join-Path $repository 'examples/nightly-audit.ps1'

        # Accepts a request, and outputs its head, its body, and its address.
        $script:receiver = {
            param($Listener)

            $client = $Listener.AcceptTcpClient()
            $stream = $client.GetStream()
            $reader = New-Object System.IO.StreamReader $stream, ([System.Text.Encoding]::UTF8)
            $lines = @(while ($line = $reader.ReadLine()) { $line })
            $length = [int]"$($lines -like 'Content-Length:*' -replace '\D')"
            $body = ''
            while ([System.Text.Encoding]::UTF8.GetByteCount($body) -lt $length) { $body += [char]$reader.Read() }
            $response = [System.Text.Encoding]::ASCII.GetBytes(
                "HTTP/1.1 200 OK`r`nContent-Length: 2`r`nConnection: close`r`n`r`nok")
            $stream.Write($response, 0, $response.Length)
            $client.Dispose()
            @{ Lines = $lines; Body = $body }
        }
    }

    AfterAll { Close-Sandbox $sandbox }

    BeforeEach {
        $script:listener = New-Object System.Net.Sockets.TcpListener ([System.Net.IPAddress]::Loopback), 0
        $listener.Start()
        $script:webhook = [uri]"http://127.0.0.1:$($listener.LocalEndpoint.Port)/hook"
    }

    AfterEach { $listener.Stop() }

    It 'posts severe findings as text, and fails' {
        $name = "Ada's ""k$([char]0xFC)nstlicher"" key"
        $null = Add-Credential mistral -With @{ Name = $name; AllowedModel = 'gone/model' }
        $receiving = [powershell]::Create().AddScript($receiver).AddArgument($listener)
        try {
            $pending = $receiving.BeginInvoke()
            $printed = & $nightly -Accept RotationDue -PostTo $webhook
            $exitCode = $LASTEXITCODE
            # Without a request it would wait forever.
            $pending.AsyncWaitHandle.WaitOne(60000) | Should -BeTrue
            $request = $receiving.EndInvoke($pending)[0]
        }
        finally {
            $listener.Stop()
            $receiving.Dispose()
        }

        $exitCode | Should -Be 1
        $printed[-1] | Should -BeLike 'The audit failed: *'
        $request.Lines[0] | Should -Be 'POST /hook HTTP/1.1'
        $request.Lines -like 'Content-Type:*' | Should -Be 'Content-Type: application/json; charset=utf-8'
        $request.Lines -like 'Authorization:*' | Should -BeNullOrEmpty
        $message = ConvertFrom-Json $request.Body
        $message.PSObject.Properties.Name | Should -Be text
        $lines = $message.text -split "`n"
        $lines[0] | Should -Be $printed[-1]
        $lines | Should -Contain ("Warning: UnknownModel: $name (mistral): " +
            'Allows models that are no longer listed: gone/model.')
        $lines | Select-Object -Skip 1 | Should -Match '^(Warning|Error): '
        $lines -match '^Warning: SharedSpend: ' | Should -Not -BeNullOrEmpty
        $request.Body | Should -Not -Match ([regex]::Escape($sandbox.ManagementKey))
    }

    It 'posts nothing when nothing is severe' {
        $printed = & $nightly -FailOn Error -Accept Unreachable, RotationDue -PostTo $webhook

        $printed[-1] | Should -BeLike 'The audit found nothing of severity Error or higher; findings: *'
        $listener.Pending() | Should -BeFalse
    }

    It 'fails when it cannot post' {
        $listener.Stop()

        Get-Failure { & $nightly -PostTo $webhook } | Should -Not -BeNullOrEmpty
    }
}
