# Runs a command on another sandbox than the one of this run, and prints what comes out as one line of JSON.
param([uri] $BaseUri, [string] $Command)

$ErrorActionPreference = 'Stop'
# Warnings would stand between the JSON on standard output.
$WarningPreference = 'SilentlyContinue'
$key = [System.Net.NetworkCredential]::new('', $env:INTEROP_KEY).SecurePassword
Connect-OpenRouter $key -BaseUri $BaseUri

$found = [object[]]@(foreach ($object in & ([scriptblock]::Create($Command))) { $object.PSObject.BaseObject })
$options = [System.Text.Json.JsonSerializerOptions]::Default
[Console]::Out.WriteLine([System.Text.Json.JsonSerializer]::Serialize($found, [object[]], $options))
