using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>The table of credentials has those of Get-OpenRouterByokKey, sorted as credentials compare.</summary>
public sealed class ReportCredentialTests(ShuffledSandboxShell shared) : IClassFixture<ShuffledSandboxShell>
{
    private readonly SandboxShell sandbox = shared.Reset();

    public static TheoryData<string> Scopes => ReportScope.Names;

    [Theory]
    [MemberData(nameof(Scopes))]
    public void Every_credential_has_a_row_of_its_settings(string name)
    {
        var scope = ReportScope.Of(name);
        sandbox.Reset(scope.Session);
        foreach (var credentials in new[] { sandbox.Server.Store.Credentials, ReportAccount.Messy })
        {
            sandbox.Server.Store.ReplaceCredentials(credentials);
            var keys = scope.Credentials(sandbox.Shell);

            var page = sandbox.Shell.Report(scope.Report);

            Assert.NotEmpty(keys);
            Assert.Equal(keys.Order().Select(Row), page.Credentials.Select(Row));
            Assert.Equal(Text(keys.Count), page.Tile("credential-count"));
            Assert.Equal(Text(keys.Count(static key => !key.Disabled)), page.Tile("enabled-count"));
        }
    }

    [Fact]
    public void Restrictions_are_shown_by_names_and_long_lists_are_cut()
    {
        sandbox.Server.Store.ReplaceCredentials(ReportAccount.Messy);

        var rows = sandbox.Shell.Report("-AllWorkspaces").Credentials.ToDictionary(static row => row["Name"]);

        Assert.Equal(["none"], rows["Key 1"].Lines("Restricted to"));
        Assert.Empty(rows["Key 2"].Lines("Restricted to"));
        Assert.Equal(["API keys: Nightly eval, 00000000…"], rows["Key 3"].Lines("Restricted to"));
        Assert.Equal([$"Members: {SampleAccount.Mei.Email}, user_gone"], rows["Key 4"].Lines("Restricted to"));
        Assert.Equal(["openai/gpt-5, openai/gpt-2"], rows["Key 5"].Lines("Restricted to"));
        Assert.Equal(
            ["mistral/one, mistral/two, mistral/three and 1 more"], rows["Key 11"].Lines("Restricted to"));
    }

    [Fact]
    public void The_head_says_whose_account_it_is_and_which_workspaces()
    {
        var page = sandbox.Shell.Report("-Workspace Production, Scratch");

        Assert.Equal($"Organization {SampleAccount.OrganizationId}", page.Fact("Account"));
        Assert.Equal("Production, Scratch", page.Fact("Workspaces"));
        Assert.Equal(sandbox.Server.BaseUri.Authority, page.Fact("Address"));
        Assert.Equal(SampleAccount.KeyLabel(sandbox.Server.ManagementKey), page.Fact("Management key"));
        Assert.Equal("All workspaces", sandbox.Shell.Report("-AllWorkspaces").Fact("Workspaces"));
        Assert.Equal("Default", sandbox.Shell.Report("").Fact("Workspaces"));
        Assert.Equal("OpenRouter provider credentials", page.Title);
        Assert.Equal("What we have", sandbox.Shell.Report("-Title 'What we have'").Title);
    }

    [Fact]
    public void The_time_is_the_one_at_which_it_was_made()
    {
        var before = DateTimeOffset.UtcNow;

        var time = sandbox.Shell.Report("").Html.QuerySelector("time")!;

        var exact = DateTimeOffset.Parse(time.GetAttribute("datetime")!, CultureInfo.InvariantCulture);
        Assert.InRange(exact, before.AddSeconds(-1), DateTimeOffset.UtcNow);
        Assert.Equal(exact.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture), time.TextContent);
    }

    private static string Row(ReportRow row) => string.Join(" | ", new[]
    {
        row["Id"], row["Provider"], row["Order"], row["Name"], row["Use"], row["Workspace"], row["Declared"],
        row["Label"], row["Created"],
    });

    private static string Row(ByokKey key) => string.Join(" | ", new[]
    {
        key.Id,
        key.Provider,
        Text(key.SortOrder),
        key.Name ?? key.Label,
        key.Disabled ? "disabled"
            : key.IsByokOnly ? "BYOK only"
            : key.IsRequired ? "required"
            : key.IsFallback ? "fallback"
            : "prioritized",
        key.WorkspaceId is { } id
            ? SampleAccount.Workspaces.Single(workspace => workspace.Id.ToString() == id).Name
            : "All workspaces",
        string.Join(", ", Declared(key)),
        key.Label,
        key.CreatedAt!.Value.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    });

    private static IEnumerable<string> Declared(ByokKey key) => new[]
    {
        key.DeclaredRegion,
        key.DeclaredZdr switch { true => "zero data retention", false => "data retention", null => null },
    }.OfType<string>();

    private static string Text(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
