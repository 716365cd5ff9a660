using System;
using System.Linq;
using Xunit;

namespace OpenRouter.Byok.Tests.Models;

/// <summary>What only the views need is nobody else's to see.</summary>
public sealed class ViewMembersTests : IClassFixture<SandboxShell>
{
    private const string Members =
        "GroupBy Date Model Provider WorkspaceId ApiKey ApiKeyHash User UserId Requests PromptTokens CompletionTokens "
        + "ReasoningTokens OwnSpend CreditsSpent OwnShare From To";

    private readonly ModuleRunspace shell;

    public ViewMembersTests(SandboxShell sandbox) => shell = sandbox.Reset().Shell;

    // Get-Member, Export-Csv and ConvertTo-Json show just these.
    [Fact]
    public void Usage_has_no_member_for_the_table_alone()
    {
        var names = shell.Run("(Get-OpenRouterByokUsage Total).psobject.Properties.Name").All<string>();

        Assert.Equal(Members.Split(' ').Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_shows_it_all_the_same()
    {
        var table = shell.Show("Get-OpenRouterByokUsage Provider -Days 7");

        Assert.Contains(" UTC, own ", table, StringComparison.Ordinal);
        Assert.Matches("(█{20}|#{20})", table);
    }
}
