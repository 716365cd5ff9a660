# Invoke-RestMethod as people write it: a loop over the pages; ForEach-Object -Parallel for the changes.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$providers = 'openai', 'anthropic', 'mistral', 'groq'

function Read-Page([scriptblock] $take) {
    $offset = 0
    do {
        $page = Invoke-RestMethod -Uri "$($request.uri)/byok?offset=$offset&limit=100" -Headers $headers
        & $take $page.data
        $offset += $page.data.Count
    } while ($page.data.Count -gt 0 -and $offset -lt $page.total_count)
    $offset
}

function Invoke-List {
    $all = [System.Collections.Generic.List[object]]::new()
    $null = Read-Page { param($keys) $all.AddRange($keys) }
    $all.Count
}

function Invoke-Update {
    $sent = $request.ids | ForEach-Object -ThrottleLimit $request.throttle -Parallel {
        $to = $using:request
        Invoke-RestMethod -Method Patch -Uri "$($to.uri)/byok/$_" -Headers $using:headers `
            -ContentType application/json -Body '{"name":"Renamed"}'
    }
    @($sent | Where-Object { $_.data.id }).Count
}

function Invoke-Create {
    $sent = 0..($request.count - 1) | ForEach-Object -ThrottleLimit $request.throttle -Parallel {
        $names = $using:providers
        $body = @{ provider = $names[$_ % 4]; key = 'sk-benchmark-{0:D8}' -f $_; name = "Created $_" }
        Invoke-RestMethod -Method Post -Uri "$($using:request.uri)/byok" -Headers $using:headers `
            -ContentType application/json -Body (ConvertTo-Json $body)
    }
    @($sent | Where-Object { $_.data.id }).Count
}

function Measure-Work([scriptblock] $work) {
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $count = & $work
    @{ ms = $watch.Elapsed.TotalMilliseconds; count = $count }
}

function Measure-Start {
    $first = Measure-Work { Invoke-List }
    $second = Measure-Work { Invoke-List }
    @{ firstMs = $first.ms; secondMs = $second.ms; count = $first.count }
}

function Measure-Memory {
    $idle = (Get-Process -Id $PID).WorkingSet64 / 1MB
    $count = Read-Page { }
    @{ idleMb = $idle; peakMb = (Get-Process -Id $PID).PeakWorkingSet64 / 1MB; count = $count }
}

# An idle engine has run something.
1..3 | ForEach-Object { $_ } | Out-Null
while ($null -ne ($line = [Console]::In.ReadLine())) {
    try {
        $request = ConvertFrom-Json $line
        $headers = @{ Authorization = "Bearer $($request.key)" }
        $reply = switch ($request.do) {
            'list' { Measure-Work { Invoke-List } }
            'update' { Measure-Work { Invoke-Update } }
            'create' { Measure-Work { Invoke-Create } }
            'start' { Measure-Start }
            'memory' { Measure-Memory }
            default { throw "'$_' is unknown." }
        }
    }
    catch {
        $reply = @{ error = "$_ $($_.ScriptStackTrace)" }
    }
    [Console]::Out.WriteLine((ConvertTo-Json $reply -Compress))
}
