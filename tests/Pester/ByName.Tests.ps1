Describe 'Choosing credentials by name' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $script:session = Connect-Sandbox $sandbox
        $script:missing = '11111111-2222-3333-4444-555555555555'
        $script:apiKey = ConvertTo-Secret $sandbox.InferenceKey
        # What each cmdlet needs besides the names.
        $script:more = @{
            'Set-OpenRouterByokKey'     = @{ Required = $true }
            'Enable-OpenRouterByokKey'  = @{}
            'Disable-OpenRouterByokKey' = @{}
            'Remove-OpenRouterByokKey'  = @{ Confirm = $false }
            'Test-OpenRouterByokKey'    = @{ ApiKey = $apiKey }
        }

        # The requests that are no look-ups, and the ids in them.
        function Get-Change {
            param([scriptblock] $Script)

            Get-Request $Script | Where-Object { $_ -notlike 'GET *' }
        }
    }

    AfterAll { Close-Sandbox $sandbox }

    Context '<_>' -ForEach @(
        'Set-OpenRouterByokKey'
        'Enable-OpenRouterByokKey'
        'Disable-OpenRouterByokKey'
        'Remove-OpenRouterByokKey'
        'Test-OpenRouterByokKey'
    ) {
        BeforeAll {
            $script:command = $_
            $script:with = $more[$_]
        }

        It 'takes the name first, whatever its case' {
            $made = Add-Credential groq -With @{ Name = "One of $command" }

            $requests = Get-Request { & $command "ONE of $command" @with }

            $expected = if ($command -like 'Test-*') { 'POST /chat/completions' } else { "*/byok/$($made.Id)" }
            $requests[-1] | Should -BeLike $expected
        }

        It 'refuses a name that nothing has, lists what there is, and changes nothing' {
            $before = Get-Account

            $failure = Get-Failure { & $command 'Team acount' @with }

            $failure.FullyQualifiedErrorId | Should -BeLike 'OpenRouterByok.UnknownName,*'
            $failure.ToString() | Should -BeLike "*'Team acount'*'Team account'*"
            Get-Account | Should -Be $before
        }

        It 'refuses a name that several have, tells them apart, and changes nothing' {
            $before = Get-Account

            $failure = Get-Failure { & $command Production -AllWorkspaces @with }

            $failure.FullyQualifiedErrorId | Should -BeLike 'OpenRouterByok.AmbiguousName,*'
            $failure.ToString() | Should -BeLike '*(anthropic, *(openai, *'
            Get-Account | Should -Be $before
        }

        It 'changes nothing when one of several names is wrong' {
            $before = Get-Account

            Get-Change { try { & $command 'EU data', 'Team acount' @with } catch { $null = $_ } } |
                Should -BeNullOrEmpty

            Get-Account | Should -Be $before
        }

        It 'finds nothing with wildcards without an error' {
            & $command 'no such *' @with -ErrorVariable failed | Should -BeNullOrEmpty
            $failed | Should -BeNullOrEmpty
        }

        It 'takes an id for the name' {
            $failure = Get-Failure { & $command $missing @with }

            Assert-Failure $failure NotFound ObjectNotFound $missing
        }

        It 'does nothing when nothing is chosen' {
            $failure = Get-Failure { & $command @with }

            $failure.FullyQualifiedErrorId | Should -BeLike 'OpenRouterByok.InvalidArgument,*'
            Get-Request { try { & $command @with } catch { $null = $_ } } | Should -BeNullOrEmpty
        }

        It 'takes names or the pipeline, not both' {
            $keys = Get-OpenRouterByokKey Main

            Get-Request { try { $keys | & $command Spare @with } catch { $null = $_ } } | Should -BeNullOrEmpty
            Get-Request { try { $keys | & $command -Provider openai @with } catch { $null = $_ } } |
                Should -BeNullOrEmpty
        }
    }

    It 'takes wildcards, in one provider, in one workspace, in all' {
        $made = foreach ($provider in 'groq', 'xai') {
            Add-Credential $provider -With @{ Name = 'Wild 1' }
            Add-Credential $provider -With @{ Name = 'Wild 2'; Workspace = 'Production' }
        }

        (Disable-OpenRouterByokKey wild* -PassThru).Id | Sort-Object | Should -Be ($made[0, 2].Id | Sort-Object)
        (Disable-OpenRouterByokKey wild* -Workspace Production -Provider X* -PassThru).Id | Should -Be $made[3].Id
        (Enable-OpenRouterByokKey wild* -AllWorkspaces -Provider groq -PassThru).Id |
            Sort-Object |
            Should -Be ($made[0, 1].Id | Sort-Object)
        Remove-OpenRouterByokKey wild* -AllWorkspaces -Confirm:$false
        Get-OpenRouterByokKey wild* -AllWorkspaces | Should -BeNullOrEmpty
    }

    It 'looks in the workspace of the session' {
        $null = Connect-Sandbox $sandbox -With @{ Workspace = 'Production' }
        try { (Set-OpenRouterByokKey 'Production 2' -Required -PassThru).IsRequired | Should -BeTrue }
        finally { $script:session = Connect-Sandbox $sandbox }

        (Get-Failure { Set-OpenRouterByokKey 'Production 2' -Required }).FullyQualifiedErrorId |
            Should -BeLike 'OpenRouterByok.UnknownName,*'
    }

    It 'takes a name that has wildcards in it as it is' {
        $made = Add-Credential -With @{ Name = 'Batch [old]' }
        $other = Add-Credential -With @{ Name = 'Batch o' }

        Disable-OpenRouterByokKey 'Batch [old]'

        (Get-OpenRouterByokKey -Id $made.Id).Disabled | Should -BeTrue
        (Get-OpenRouterByokKey -Id $other.Id).Disabled | Should -BeFalse
    }

    It 'gives another name with -NewName alone' {
        $made = Add-Credential -With @{ Name = 'Before' }

        $failure = Get-Failure { $made | Set-OpenRouterByokKey -Name After }
        $changed = Set-OpenRouterByokKey Before -NewName After -PassThru

        $failure.Exception.Message | Should -Match '-NewName'
        $changed.Id | Should -Be $made.Id
        $changed.Name | Should -Be 'After'
    }

    It 'rotates a key in one line' {
        $made = Add-Credential -With @{ Name = 'Rotated' }

        $changed = Set-OpenRouterByokKey Rotated -Provider openai -Key (ConvertTo-Secret 'sk-9876543210zyxw') -PassThru

        $changed.Id | Should -Be $made.Id
        $changed.Label | Should -Be 'sk-...zyxw'
    }

    It 'completes names' {
        $null = Add-Credential -With @{ Name = 'Unmistakable' }

        (Get-Completion 'Disable-OpenRouterByokKey Unmist').CompletionText | Should -Be 'Unmistakable'
    }
}
