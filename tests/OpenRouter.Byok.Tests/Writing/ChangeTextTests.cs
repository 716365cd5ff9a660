using System;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Writing;

/// <summary>-WhatIf and -Confirm say what a change means.</summary>
public sealed class ChangeTextTests : IClassFixture<SandboxShell>
{
    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public ChangeTextTests(SandboxShell sandbox) => (server, shell) = (sandbox.Reset().Server, sandbox.Shell);

    [Theory]
    [InlineData("'Team account' -NewName Main", "Change Name: 'Team account' → 'Main'")]
    [InlineData("'Team account' -Clear Name", "Change Name: 'Team account' → none")]
    [InlineData("'Team account' -AllowedModel a/b, c/d", "Change AllowedModels: any → a/b, c/d")]
    [InlineData("Pilot -Disabled -Required", "Change Disabled: False → True; IsRequired: False → True")]
    [InlineData("'Nightly eval' -Clear AllowedApiKey", "Change AllowedApiKeyHashes: Nightly eval → any")]
    [InlineData("'Team account' -AllowedApiKey 'Nightly eval'", "Change AllowedApiKeyHashes: any → Nightly eval")]
    [InlineData("'Mei, own' -Clear AllowedUser", "Change AllowedUserIds: mei.tanaka@example.com → any")]
    [InlineData(
        "Pilot -DeclaredZdr $true -DeclaredRegion us",
        "DeclaredZdr: inherited → True; DeclaredRegion: undeclared → us")]
    [InlineData("'Team account' -Key $key", "Change Key: sk-...p7Qd → a new key")]
    [InlineData(
        "'Claude only' -RemoveAllowedModel anthropic/claude-haiku-4.5",
        "Change AllowedModels: anthropic/claude-sonnet-4.5, anthropic/claude-3.7-sonnet, "
            + "anthropic/claude-haiku-4.5 → anthropic/claude-sonnet-4.5, anthropic/claude-3.7-sonnet")]
    public void Each_setting_with_its_old_and_its_new_value(string typed, string text)
    {
        // Names stand for ids once they were seen.
        shell.Run("$null = Get-OpenRouterApiKey -AllWorkspaces; $null = Get-OpenRouterMember").IsSilent();

        shell.Run($"Set-OpenRouterByokKey {typed} -WhatIf", new { key = Secret.Of("sk-very-secret") }).IsSilent();

        Assert.Contains(text + "\" on target \"", shell.Host.Screen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-very-secret", shell.Host.Screen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, static request => request.Method != "GET");
    }

    [Fact]
    public void What_was_is_left_out_when_it_is_not_known()
    {
        shell.Run("Set-OpenRouterByokKey -Id $id -Clear AllowedModel -WhatIf", new { id = Samples.Id }).IsSilent();

        Assert.Contains("\"Change AllowedModels: any\"", shell.Host.Screen.Text, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_long_list_is_cut_short()
    {
        shell.Run("Set-OpenRouterByokKey 'Team account' -AllowedModel (1..50 | ForEach-Object { \"m/$_\" }) -WhatIf")
            .IsSilent();

        Assert.Contains("m/10 and 40 more\"", shell.Host.Screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_question_of_Confirm_says_the_same()
    {
        shell.Host.Screen.Answers.Enqueue("No");

        shell.Run("Set-OpenRouterByokKey 'Claude only' -Clear AllowedModel -Confirm").IsSilent();

        Assert.Contains("→ any", Assert.Single(shell.Host.Screen.Asked).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_credential_is_described_by_its_settings()
    {
        shell.Run("New-OpenRouterByokKey openai $key -AllowedModel a/b -Required -WhatIf", new { key = Secret.Of("k") })
            .IsSilent();

        Assert.Contains(
            "\"Create with AllowedModels: a/b; IsRequired: True\"", shell.Host.Screen.Text, StringComparison.Ordinal);
    }
}
