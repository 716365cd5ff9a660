<#
To play the tour, run:  dotnet run --project src/OpenRouter.Sandbox </dev/null
Each command is shown with the comments that precede it. "# Fails:" names the error that the next command is expected to
cause; any other error, or none, ends the tour with exit code 1.
The secret is not real, so the analyzer rule is suppressed.
#>
[Diagnostics.CodeAnalysis.SuppressMessage('PSAvoidUsingConvertToSecureStringWithPlainText', '')]
param()

# A tour of OpenRouter.Byok. It runs against a local OpenRouter, so no account is changed.

# Workspaces: after they have been read, their names are shown instead of ids.
Get-OpenRouterWorkspace

# List: the provider credentials of the default workspace and the global ones.
Get-OpenRouterByokKey

# Filter: by provider, name, state, workspace, or any property. -AllWorkspaces searches all workspaces.
Get-OpenRouterByokKey -Name *prod* -AllWorkspaces | Where-Object IsRequired

# Show the details of a credential. They do not include the secret, because the API never returns it.
Get-OpenRouterByokKey 'Claude only' | Format-List

# Route: which credentials would a request try, in which order, and why are others excluded?
Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai -IncludeExcluded

# The route without one of them, before it is removed. Piped credentials do not require a request.
Get-OpenRouterByokKey | Where-Object Name -ne 'Team account' | Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai

# Audit: find misconfigured, duplicate, and outdated credentials. The most severe findings come first.
Invoke-OpenRouterByokAudit -Severity Error, Warning -ExcludeRule RotationDue

# Each finding includes the command line that fixes it.
Invoke-OpenRouterByokAudit -Rule Duplicate, SharedNotRemoved | Format-List

# Test: is my key really used? The cmdlet sends one request of one token per credential. -WhatIf shows the cost.
$inference = ConvertTo-SecureString $env:OPENROUTER_API_KEY -AsPlainText -Force
Get-OpenRouterByokKey -Provider openai, azure | Test-OpenRouterByokKey -ApiKey $inference

# Test a new key before it is stored, in a workspace that is kept for tests. This one is revoked.
$scratch = ConvertTo-SecureString $env:SCRATCH_API_KEY -AsPlainText -Force
$revoked = ConvertTo-SecureString 'sk-this-is-not-a-real-key-revoked' -AsPlainText -Force
Test-OpenRouterByokKey -Provider openai -Key $revoked -ProvingWorkspace Scratch -ApiKey $scratch

# Rotate: the new key is tested in the same way first. If the provider rejects it, nothing is changed.
# Fails: OpenRouterByok.KeyNotAccepted
Set-OpenRouterByokKey 'Team account' -Key $revoked -ProvingWorkspace Scratch -ApiKey $scratch

# A key that is accepted replaces the old one. Everything else stays the same.
$accepted = ConvertTo-SecureString 'sk-this-is-not-a-real-key-9bQ4' -AsPlainText -Force
Set-OpenRouterByokKey 'Team account' -Key $accepted -ProvingWorkspace Scratch -ApiKey $scratch -PassThru

# Usage: own is what the providers bill, and credits is what OpenRouter charged.
Get-OpenRouterByokUsage Provider -Days 7

# Credentials as code: write the account to a file. It contains every setting, but no keys.
$file = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'openrouter-tour.json')
Export-OpenRouterByokConfiguration $file -AllWorkspaces -Force

# Edit the file: two credentials get another region, and a new one refers to a key in the environment.
$text = [IO.File]::ReadAllText($file).Replace('"declaredRegion": "europe"', '"declaredRegion": "us"')
$entry = '{ "provider": "groq", "name": "As code", "key": { "env": "SCRATCH_API_KEY" } },'
[IO.File]::WriteAllText($file, $text.Replace('"credentials": [', '"credentials": [ ' + $entry))

# The plan: what would have to change so that the account matches the file. Nothing is changed.
Compare-OpenRouterByokConfiguration $file

# Make the changes. When the account matches the file, nothing is sent.
Sync-OpenRouterByokConfiguration $file
Sync-OpenRouterByokConfiguration $file
[IO.File]::Delete($file)

# -WhatIf shows what would happen, without changing anything.
Get-OpenRouterByokKey -Provider azure -AllWorkspaces | Remove-OpenRouterByokKey -WhatIf

# Create: specify the secret as a SecureString, or omit -Key to be prompted for it.
$secret = ConvertTo-SecureString 'sk-this-is-not-a-real-key-2aX9' -AsPlainText -Force
$key = New-OpenRouterByokKey openai $secret -Name 'Tour' -AllowedModel openai/gpt-4o, openai/gpt-4o-mini
$key

# Change, by name: settings that you do not specify stay unchanged. -PassThru shows the result.
Set-OpenRouterByokKey 'Tour' -NewName 'Tour, EU' -DeclaredRegion europe -PassThru

# Add and remove list entries. -WhatIf shows the old and new value of each setting.
Set-OpenRouterByokKey 'Tour, EU' -AddAllowedModel openai/gpt-5 -RemoveAllowedModel openai/gpt-4o -WhatIf

# An empty value never removes a restriction: it may be the result of a lookup that found nothing.
# Fails: OpenRouterByok.InvalidArgument
Set-OpenRouterByokKey 'Tour, EU' -AllowedModel (Get-OpenRouterModel 'opnai/*')

# To remove a restriction, specify -Clear.
Set-OpenRouterByokKey 'Tour, EU' -Clear AllowedModel -PassThru

# Disable: the credential is not used, but it keeps its settings.
Disable-OpenRouterByokKey 'Tour, EU' -PassThru

# An unreliable network: sometimes a response is lost after the request took effect.
# Set-SandboxFault belongs to this sandbox, not to the module.
Set-SandboxFault 'lost-after=0.4, seed=5'
$spare = New-OpenRouterByokKey openai $secret -Name 'Over a bad line' -Verbose
Set-SandboxFault

# There is no duplicate: after the lost response, the module looked up the credential.
Get-OpenRouterByokKey 'Over a bad line'

# A mistake: the error says what happened and how to resolve it. For an unknown name, it lists the choices.
# Fails: OpenRouterByok.UnknownName
Disable-OpenRouterByokKey 'Team acount'

# Remove: the cmdlet prompts for confirmation unless you specify -Confirm:$false.
$key, $spare | Remove-OpenRouterByokKey -Confirm:$false

# The result: what the tour created here is removed. Team account has a new key, and EU data has a new region.
Get-OpenRouterByokKey -Provider openai

# This is the end of the tour. To try the module, run dotnet run --project src/OpenRouter.Sandbox in a terminal.
