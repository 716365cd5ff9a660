using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>What cannot be looked up is missing, and said to be; without the credentials there is no report.</summary>
public sealed class ReportFailureTests(SandboxShell shared) : IClassFixture<SandboxShell>, IDisposable
{
    private static readonly string[] Once =
        ["/key", "/workspaces", "/organization/members", "/providers", "/activity"];

    private readonly SandboxShell sandbox = shared.Reset("-MaximumRetryCount 0");

    private readonly ReportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("/activity", "the activity")]
    [InlineData("/key", "the account")]
    [InlineData("/workspaces", "the names of the workspaces")]
    [InlineData("/organization/members", "the members")]
    [InlineData("/providers", "the providers")]
    [InlineData("/keys", "the API keys")]
    public void A_lookup_that_fails_is_said_once_to_be_missing(string path, string what)
    {
        sandbox.Server.Store.ReplaceCredentials(ReportAccount.Messy);
        sandbox.Server.Intercept = Interception.Failing(path);

        var result = sandbox.Shell.Run($"{ReportShell.Command} $path", new { path = folder.File });

        Assert.Empty(result.Errors);
        var page = new ReportDocument(File.ReadAllText(folder.File));
        Assert.Equal("Missing from this report", page.Headings.First());
        Assert.Equal(result.Warnings, page.Gaps);
        Assert.Single(result.Warnings, warning => warning.Contains(
            $"because {what} could not be looked up", StringComparison.Ordinal));
        Assert.NotEmpty(page.Credentials);
        Assert.NotEmpty(page.Findings);
        Assert.NotEmpty(page.Routes);
        Assert.Equal(result.Warnings.Distinct(), result.Warnings);
    }

    [Fact]
    public void Models_that_cannot_be_looked_up_are_missing_from_two_rules()
    {
        sandbox.Server.Store.ReplaceCredentials(ReportAccount.Messy);
        sandbox.Server.Intercept = Interception.Failing("/models");

        var result = sandbox.Shell.Run(ReportShell.Command);

        Assert.Equal(result.Warnings, new ReportDocument(result.Only<string>()).Gaps);
        Assert.Equal(2, result.Warnings.Count);
    }

    [Fact]
    public void What_is_not_known_is_not_made_up()
    {
        sandbox.Server.Intercept = Interception.Failing("/key");
        var page = sandbox.Shell.Report("-WarningAction SilentlyContinue");
        Assert.Null(page.Fact("Account"));
        Assert.Null(page.Fact("Management key"));

        sandbox.Server.Intercept = Interception.Failing("/activity");
        page = sandbox.Shell.Report("-WarningAction SilentlyContinue");
        Assert.Null(page.Html.GetElementById("own-spend"));
        Assert.Equal(
            "The spend could not be looked up.", page.Section("spend").Children[1].TextContent);

        sandbox.Server.Intercept = Interception.Failing("/workspaces");
        using var fresh = ModuleRunspace.ConnectedTo(sandbox.Server, "-MaximumRetryCount 0");
        page = fresh.Report("-WarningAction SilentlyContinue");
        Assert.Equal($"{SampleAccount.DefaultWorkspaceId}", page.Fact("Workspaces"));
    }

    [Fact]
    public void A_complete_report_lacks_nothing()
    {
        var result = sandbox.Shell.Run($"{ReportShell.Command} -AllWorkspaces");

        Assert.Empty(result.Warnings);
        var page = new ReportDocument(result.Only<string>());
        Assert.Empty(page.Gaps);
        Assert.DoesNotContain("Missing from this report", page.Headings);
    }

    [Theory]
    [InlineData("/byok", 503, "ServerError")]
    [InlineData("/byok", 403, "Forbidden")]
    [InlineData("/byok", 401, "Unauthorized")]
    [InlineData("/key", 401, "Unauthorized")]
    [InlineData("/activity", 401, "Unauthorized")]
    public void Without_credentials_or_a_valid_key_an_old_file_stays(string path, int status, string reason)
    {
        File.WriteAllText(folder.File, "old");
        sandbox.Server.Intercept = Interception.Failing(path, status);

        var result = sandbox.Shell.Run($"{ReportShell.Command} $path -Force -PassThru", new { path = folder.File });

        Assert.NotNull(result.Terminating);
        Assert.StartsWith(
            $"OpenRouterByok.{reason},", result.OnlyError().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(folder.File));
        Assert.Equal(["report.html"], ReportShell.FilesIn(folder.Path));
    }

    [Fact]
    public void An_account_without_anything_has_a_report_too()
    {
        sandbox.Server.Store.ReplaceCredentials([]);

        var page = sandbox.Shell.Report("-Workspace Scratch");

        Assert.Equal("0", page.Tile("credential-count"));
        Assert.Equal(0, page.TileValue("own-spend"));
        Assert.Equal("There are no credentials.", page.Section("credentials").QuerySelector("p")!.TextContent);
        Assert.Contains("There was no usage.", page.Section("spend").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.Gaps);
    }

    [Fact]
    public void Without_credentials_the_default_workspace_is_not_known_and_the_spend_is_that_of_all()
    {
        sandbox.Server.Store.ReplaceCredentials([]);

        var (page, all) = ReportShell.OnOneDay(() => (
            sandbox.Shell.Report(""), sandbox.Shell.Run("Get-OpenRouterByokUsage -GroupBy Total").Only<ByokUsage>()));

        Assert.Equal("Default workspace", page.Fact("Workspaces"));
        Assert.Contains(". All workspaces. ", page.SpendNote, StringComparison.Ordinal);
        Assert.Equal(all.OwnSpend, page.TileValue("own-spend"));
    }

    [Fact]
    public async Task A_persons_account_is_called_so_and_lacks_nothing()
    {
        await using var server = await SandboxServer.StartAsync(
            new() { IsPersonalAccount = true }, TestContext.Current.CancellationToken);
        using var shell = ModuleRunspace.ConnectedTo(server);

        var result = shell.Run($"{ReportShell.Command} -AllWorkspaces");

        Assert.Empty(result.Warnings);
        Assert.Equal("Personal account", new ReportDocument(result.Only<string>()).Fact("Account"));
    }

    [Theory]
    [InlineData("-AllWorkspaces", 3)]
    [InlineData("", 1)]
    [InlineData("-Workspace Production, Scratch", 2)]
    public void Each_lookup_is_asked_for_once(string arguments, int workspaces)
    {
        sandbox.Server.Store.ReplaceCredentials(ReportAccount.Messy);

        sandbox.Shell.Report(arguments);

        var asked = sandbox.Server.Requests
            .Select(static request => request.PathAndQuery["/api/v1".Length..])
            .ToList();
        Assert.Equal(asked.Distinct(), asked);
        Assert.All(sandbox.Server.Requests, static request => Assert.Equal("GET", request.Method));
        var counts = asked.CountBy(static target => target.Split('?')[0]).ToDictionary();
        Assert.Equal(workspaces, counts["/byok"]);
        Assert.All(Once, path => Assert.InRange(counts.GetValueOrDefault(path), 0, 1));
        Assert.Equal(1, counts["/activity"]);
        Assert.InRange(counts.GetValueOrDefault("/keys"), 0, SampleAccount.Workspaces.Count);
    }
}
