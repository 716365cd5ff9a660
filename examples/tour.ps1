<#
To play this:  dotnet run --project src/OpenRouter.Sandbox </dev/null
Each command is shown with the comments before it. "# Fails:" names the error that the next command is meant to end in;
any other error, or none, ends the tour with exit code 1.
The secret in it is no real one, so the analyzer need not mind.
#>
[Diagnostics.CodeAnalysis.SuppressMessage('PSAvoidUsingConvertToSecureStringWithPlainText', '')]
param()

# A tour of OpenRouter.Byok, played against a local OpenRouter that was started for it: no account is touched.

# List: every provider credential of the default workspace, in the order in which requests try them.
Get-OpenRouterByokKey

# Filter: by provider, name, state, workspace, or by any property. -AllWorkspaces looks everywhere.
Get-OpenRouterByokKey -Name *prod* -AllWorkspaces | Where-Object IsRequired

# One in detail. The secret is not there: the API never gives it back.
Get-OpenRouterByokKey 'Claude only' | Format-List

# Route: which credentials would a request try, in which order, and why are the others out?
Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai -IncludeExcluded

# The same without one of them, before anything is removed. Credentials from the pipeline need no request.
Get-OpenRouterByokKey | Where-Object Name -ne 'Team account' | Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai

# Audit: what is unsafe, dangling, doubled or stale? The gravest first.
Invoke-OpenRouterByokAudit -Severity Error, Warning -ExcludeRule RotationDue

# Each finding has the command line that mends it.
Invoke-OpenRouterByokAudit -Rule Duplicate, SharedNotRemoved | Format-List

# Is my key really used? One request of one token for each credential tells. -WhatIf says what it would cost.
$inference = ConvertTo-SecureString $env:OPENROUTER_API_KEY -AsPlainText -Force
Get-OpenRouterByokKey -Provider openai, azure | Test-OpenRouterByokKey -ApiKey $inference

# What did it cost? Own is what the providers bill, credits is what OpenRouter took.
Get-OpenRouterByokUsage Provider -Days 7

# What would happen: -WhatIf tells, and sends nothing.
Get-OpenRouterByokKey -Provider azure -AllWorkspaces | Remove-OpenRouterByokKey -WhatIf

# Create: a secret comes in as a SecureString, and from a prompt when -Key is left out.
$secret = ConvertTo-SecureString 'sk-this-is-not-a-real-key-2aX9' -AsPlainText -Force
$key = New-OpenRouterByokKey openai $secret -Name 'Tour' -AllowedModel openai/gpt-4o, openai/gpt-4o-mini
$key

# Change, by name: what is not specified stays as it is. -PassThru shows the result.
Set-OpenRouterByokKey 'Tour' -NewName 'Tour, EU' -DeclaredRegion europe -PassThru

# Add entries to a list and remove others. -WhatIf shows each setting before and after.
Set-OpenRouterByokKey 'Tour, EU' -AddAllowedModel openai/gpt-5 -RemoveAllowedModel openai/gpt-4o -WhatIf

# An empty value never lifts a restriction: it may be a look-up that found nothing.
# Fails: OpenRouterByok.InvalidArgument
Set-OpenRouterByokKey 'Tour, EU' -AllowedModel (Get-OpenRouterModel 'opnai/*')

# Lifting a restriction is said in words.
Set-OpenRouterByokKey 'Tour, EU' -Clear AllowedModel -PassThru

# Disable: the switch that runbooks flip.
Disable-OpenRouterByokKey 'Tour, EU' -PassThru

# A bad network: now and then an answer is lost after the work was done.
# Set-SandboxFault is of this sandbox, not of the module.
Set-SandboxFault 'lost-after=0.4, seed=5'
$spare = New-OpenRouterByokKey openai $secret -Name 'Over a bad line' -Verbose
Set-SandboxFault

# Nothing was doubled: the lost answer was looked up.
Get-OpenRouterByokKey 'Over a bad line'

# A mistake: the error says what happened and what to do. A name that no credential has gets a list of those there are.
# Fails: OpenRouterByok.UnknownName
Disable-OpenRouterByokKey 'Team acount'

# Remove: it asks first, unless told not to.
$key, $spare | Remove-OpenRouterByokKey -Confirm:$false

# What is left: the credentials of this tour are gone, the others are as they were.
Get-OpenRouterByokKey -Provider openai

# That was the tour. In a terminal, dotnet run --project src/OpenRouter.Sandbox opens a prompt to try all this by hand.
