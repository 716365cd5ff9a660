using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OpenRouter.Byok.Errors;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>The findings are those of Invoke-OpenRouterByokAudit, word for word and in its order.</summary>
public sealed class ReportFindingTests(ShuffledSandboxShell shared) : IClassFixture<ShuffledSandboxShell>
{
    public static TheoryData<string> Scopes => ReportScope.Names;

    private readonly SandboxShell sandbox = shared.Reset();

    [Theory]
    [MemberData(nameof(Scopes))]
    public void Findings_of_the_sample_account(string scope) => AssertSame(ReportScope.Of(scope));

    [Theory]
    [MemberData(nameof(Scopes))]
    public void Findings_of_an_account_that_is_a_mess(string scope) =>
        AssertSame(ReportScope.Of(scope), isMessy: true);

    [Theory]
    [InlineData("-MaxAgeDays 1")]
    [InlineData("-MaxAgeDays 20")]
    [InlineData("-ExcludeRule RotationDue")]
    [InlineData("-ExcludeRule NameMissing, SharedSpend, Duplicate -MaxAgeDays 30")]
    public void Ages_and_rules_are_those_of_the_parameters(string more)
    {
        var all = Messy().Report("-AllWorkspaces").Findings;

        var some = AssertSame(ReportScope.Of("all workspaces"), isMessy: true, more);

        Assert.NotEqual(Lines(all), Lines(some.Findings));
    }

    [Fact]
    public void What_needs_doing_is_shown_and_what_can_wait_is_a_click_away()
    {
        var findings = Messy().Report("-AllWorkspaces").Findings;

        Assert.Equal(3, findings.Select(static rule => rule.Severity).Distinct().Count());
        Assert.All(findings, static rule => Assert.Equal(rule.Severity != "Information", rule.IsOpen));
    }

    [Fact]
    public void Each_finding_says_which_credential_it_is_about()
    {
        var keys = Messy().Run("Get-OpenRouterByokKey -AllWorkspaces").All<ByokKey>();
        var workspaces = SampleAccount.Workspaces.ToDictionary(
            static workspace => workspace.Id.ToString(), static workspace => workspace.Name);

        var page = sandbox.Shell.Report("-AllWorkspaces");

        var expected = sandbox.Shell.Run("Invoke-OpenRouterByokAudit").All<ByokAuditFinding>()
            .Select(finding => (Finding: finding, Key: keys.Single(key => key.Id == finding.KeyId)))
            .Select(one => (
                one.Key.Name ?? one.Key.Label,
                one.Key.Provider,
                one.Key.WorkspaceId is { } id ? workspaces[id] : "All workspaces"));
        Assert.Equal(
            expected,
            page.Findings.SelectMany(static rule => rule.Items)
                .Select(static item => (item.Credential, item.Provider, item.Workspace)));
    }

    [Fact]
    public void A_page_without_findings_says_so()
    {
        var every = string.Join(", ", Enum.GetNames<ByokAuditRule>());

        var page = Messy().Report($"-AllWorkspaces -ExcludeRule {every}");

        Assert.Empty(page.Findings);
        Assert.Equal("The audit found nothing.", page.Section("findings").QuerySelector("p")!.TextContent);
        Assert.Equal("0", page.Tile("error-count"));
        Assert.NotEmpty(page.Credentials);
    }

    [Fact]
    public void Of_very_many_findings_the_first_are_listed_and_all_are_counted()
    {
        sandbox.Server.Store.ReplaceCredentials(
            [.. Enumerable.Range(0, 1002).Select(static mark => ReportAccount.Of(mark) with { Name = null })]);
        var others = Enum.GetNames<ByokAuditRule>().Where(static rule => rule != "NameMissing");

        var page = sandbox.Shell.Report($"-AllWorkspaces -ExcludeRule {string.Join(", ", others)}");

        var missing = Assert.Single(page.Findings);
        Assert.InRange(missing.Items.Count, 100, 1000);
        Assert.Equal(
            $"Findings: 1,002, of which the first {Text(missing.Items.Count)} are listed", missing.Summary);
        Assert.Equal(
            sandbox.Shell.Run("Invoke-OpenRouterByokAudit -Rule NameMissing").All<ByokAuditFinding>()
                .Take(missing.Items.Count)
                .Select(static finding => finding.Remedy),
            missing.Items.Select(static item => item.Remedy));
        Assert.Contains(
            "Invoke-OpenRouterByokAudit -Rule NameMissing", page.Section("findings").TextContent,
            StringComparison.Ordinal);
        Assert.Equal("1,002", page.Tile("credential-count"));
        Assert.Equal(1002, page.Credentials.Count);
        Assert.Equal(1002, page.Credentials.Sum(static row => ReportRow.Number(row["Findings"])));
    }

    private ModuleRunspace Messy()
    {
        sandbox.Server.Store.ReplaceCredentials(ReportAccount.Messy);
        return sandbox.Shell;
    }

    private ReportDocument AssertSame(ReportScope scope, bool isMessy = false, string more = "")
    {
        sandbox.Reset(scope.Session);
        var shell = isMessy ? Messy() : sandbox.Shell;
        var (page, expected) = ReportShell.OnOneDay(() => (
            shell.Report($"{scope.Report} {more}"), scope.Findings(shell, more)));

        Assert.NotEmpty(expected);
        Assert.Equal(
            expected.GroupBy(static finding => (finding.Severity, finding.Rule))
                .SelectMany(static same => same)
                .Select(static finding => (
                    $"{finding.Severity}", $"{finding.Rule}", finding.Provider,
                    DisplayText.Escape(finding.Message), DisplayText.Escape(finding.Remedy))),
            Lines(page.Findings));
        foreach (var severity in Enum.GetValues<ByokAuditSeverity>())
        {
            Assert.Equal(
                Text(expected.Count(finding => finding.Severity == severity)),
                page.Tile($"{severity}".ToLowerInvariant() + "-count"));
        }

        Assert.All(page.Findings, rule => Assert.Equal($"Findings: {rule.Items.Count}", rule.Summary));
        Assert.All(page.Credentials, row => Assert.Equal(
            Text(expected.Count(finding => finding.KeyId == row["Id"])), row["Findings"]));
        return page;
    }

    private static IEnumerable<(string Severity, string Rule, string Provider, string Message, string? Remedy)> Lines(
        IEnumerable<ReportFindings> findings) =>
    [
        .. findings.SelectMany(static rule => rule.Items.Select(item =>
            (rule.Severity, rule.Rule, item.Provider, item.Message, item.Remedy))),
    ];

    private static string Text(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
