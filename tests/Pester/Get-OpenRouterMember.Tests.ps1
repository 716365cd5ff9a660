Describe 'Get-OpenRouterMember' {
    BeforeAll {
        . $PSScriptRoot/Sandbox.ps1
        $script:sandbox = Open-Sandbox
        $null = Connect-Sandbox $sandbox
    }

    AfterAll { Close-Sandbox $sandbox }

    It 'lists all members' {
        $members = Get-OpenRouterMember

        $members[0].GetType().FullName | Should -Be 'OpenRouter.Byok.OpenRouterMember'
        $members.FirstName | Should -Be 'Ada', 'Jonas', 'Mei', 'Rafael'
        Get-Request { Get-OpenRouterMember } | Should -Be 'GET /organization/members?offset=0&limit=100'
    }

    It 'finds e-mail addresses, names and ids' {
        $mei = Get-OpenRouterMember mei*

        $mei.Email | Should -Be 'mei.tanaka@example.com'
        (Get-OpenRouterMember 'MEI TANAKA').Id | Should -Be $mei.Id
        (Get-OpenRouterMember -Id $mei.Id).Name | Should -Be 'Mei Tanaka'
        (Get-OpenRouterMember -Email *costa@*, ada*).FirstName | Should -Be 'Ada', 'Rafael'
        Get-OpenRouterMember nobody | Should -BeNullOrEmpty
    }

    It 'tells who may use a credential, reading the list once' {
        $ids = (Get-OpenRouterByokKey Admins).AllowedUserIds

        ($ids | Get-OpenRouterMember).FirstName | Should -Be 'Ada', 'Jonas'
        @(Get-Request { $ids | Get-OpenRouterMember }).Count | Should -Be 1
    }

    It 'goes to what lists the credentials that members may use' {
        $ofMei = Get-OpenRouterMember mei* | Get-OpenRouterByokKey
        $ofAll = Get-OpenRouterMember | Get-OpenRouterByokKey

        $ofMei.Name | Should -Not -Contain 'Admins'
        $ofMei.Id | Should -Be (Get-OpenRouterByokKey -User mei.tanaka@example.com).Id
        $ofAll.Name | Should -Contain 'Admins'
        $ofAll.Id | Should -Be ($ofAll.Id | Select-Object -Unique)
    }

    It 'shows a table and exports to CSV' {
        Get-OpenRouterMember ada* | Out-String -Width 80 |
            Should -Match 'Ada Okafor\s+ada\.okafor@example\.com\s+org:admin\s+user_'
        (Get-OpenRouterMember ada* | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv).Role | Should -Be 'org:admin'
    }

    It 'completes e-mail addresses, also by last names' {
        (Get-Completion 'Get-OpenRouterMember okaf').CompletionText | Should -Be "'ada.okafor@example.com'"
    }

    It 'refuses an inference key' {
        $other = Get-OtherSession $sandbox -Key $sandbox.InferenceKey

        Assert-Failure (Get-Failure { Get-OpenRouterMember -Session $other }) Forbidden PermissionDenied
    }

    It 'has help' { Assert-Help Get-OpenRouterMember }
}
