using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Auditing;

/// <summary>The rule SharedSpend in Invoke-OpenRouterByokAudit, against the figures of the sandbox.</summary>
public sealed class SharedSpendCmdletTests(SandboxShell sandbox) : IClassFixture<SandboxShell>
{
    private readonly SandboxShell sandbox = sandbox.Reset("-MaximumRetryCount 0");

    private IEnumerable<string> Asked => sandbox.Server.Requests
        .Select(static request => request.PathAndQuery["/api/v1".Length..])
        .Where(static path => path.StartsWith("/activity", StringComparison.Ordinal));

    [Theory]
    [InlineData("", 7)]
    [InlineData("-UsageDays 1", 1)]
    [InlineData("-UsageDays 10", 10)]
    public void One_request_tells_of_all_workspaces(string days, int counted)
    {
        var shared = SampleActivity.Facts
            .Where(fact => fact.DaysAgo <= counted
                && fact.Key.WorkspaceId == SampleAccount.ProductionWorkspaceId
                && fact.Provider.Slug == "amazon-bedrock")
            .Sum(static fact => fact.Usage - (fact.ByokUsage * 0.05m));

        var findings = Audit("-Rule SharedSpend " + days).All<ByokAuditFinding>();

        Assert.Equal(["/activity?group_by=workspace"], Asked);
        Assert.Contains(
            FormattableString.Invariant($": {shared:0.00} USD, 50% of the spend. Workspace: Production."),
            findings.Single(static finding => finding.Provider == "amazon-bedrock"
                && finding.Message.EndsWith("Production.", StringComparison.Ordinal)).Message,
            StringComparison.Ordinal);
        Assert.All(findings, static finding => Assert.Equal(ByokAuditRule.SharedSpend, finding.Rule));
        Assert.DoesNotContain(findings, static finding => finding.Provider is "groq" or "together" or "anthropic");
    }

    [Fact]
    public void Its_remedy_finds_out_why()
    {
        var remedy = Audit("-Rule SharedSpend").All<ByokAuditFinding>()
            .First(static finding => finding.Name == "Team account").Remedy;

        var result = sandbox.Shell.Run(
            $"{remedy} -ApiKey $key -Confirm:$false", new { key = Secret.Of(sandbox.Server.InferenceKey) });

        Assert.Equal(ByokKeyTestOutcome.Passed, result.Only<ByokKeyTestResult>().Outcome);
    }

    [Theory]
    [InlineData("-Rule NoBackup, NameMissing, RegionNotOffered")]
    [InlineData("-ExcludeRule SharedSpend")]
    public void Without_the_rule_nothing_is_read(string rules)
    {
        Audit(rules);

        Assert.Empty(Asked);
    }

    [Fact]
    public void Without_an_enabled_prioritized_credential_nothing_is_read()
    {
        sandbox.Server.Store.ReplaceCredentials(
            [.. SampleCredentials.All.Where(static one => one.Disabled || one.IsFallback)]);

        Assert.Empty(Audit("-Rule SharedSpend").All<ByokAuditFinding>());
        Assert.DoesNotContain(sandbox.Server.Requests, static request => request.PathAndQuery.Contains("/providers"));
        Assert.Empty(Asked);
    }

    [Theory]
    [InlineData("/activity", 403, "the activity")]
    [InlineData("/activity", 404, "the activity")]
    [InlineData("/activity", 500, "the activity")]
    [InlineData("/providers", 503, "the providers")]
    public void What_cannot_be_read_leaves_the_rule_out_and_no_other(string path, int status, string what)
    {
        var others = Lines("-ExcludeRule SharedSpend");
        sandbox.Server.Intercept = context =>
        {
            var isMeant = context.Request.Path.Value!.EndsWith(path, StringComparison.Ordinal);
            if (isMeant)
            {
                context.Response.StatusCode = status;
            }

            return Task.FromResult(isMeant);
        };

        var result = Audit("-Rule SharedSpend, NameMissing");

        Assert.Empty(result.Errors);
        var warning = Assert.Single(result.Warnings);
        Assert.StartsWith(
            $"The audit is incomplete because {what} could not be looked up: ", warning, StringComparison.Ordinal);
        Assert.EndsWith(
            " Rules not checked: SharedSpend. Rules checked in part: none.", warning, StringComparison.Ordinal);
        Assert.NotEmpty(result.Output);
        sandbox.Server.Intercept = null;
        Assert.Equal(others, Lines("-ExcludeRule SharedSpend"));
    }

    [Fact]
    public void Without_a_session_the_rule_is_left_out()
    {
        using var offline = new ModuleRunspace();

        var result = offline.Run(
            "@{ Id = $id; Provider = 'openai'; Name = 'x' } | Invoke-OpenRouterByokAudit -Rule SharedSpend",
            new { id = Samples.Id });

        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.Equal(
            ["the providers", "the activity"],
            result.Warnings.Select(static warning => warning
                .Replace("The audit is incomplete because ", "", StringComparison.Ordinal)
                .Replace(
                    " could not be looked up: No session is connected. "
                        + "Rules not checked: SharedSpend. Rules checked in part: none.",
                    "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public void The_API_keeps_no_other_days(int days)
    {
        Assert.NotEmpty(Audit($"-UsageDays {days}").Errors);
        Assert.Empty(sandbox.Server.Requests);
    }

    private List<string> Lines(string arguments) =>
        [.. Audit(arguments).All<ByokAuditFinding>().Select(static one => one.ToString())];

    private RunResult Audit(string arguments) => sandbox.Shell.Run("Invoke-OpenRouterByokAudit " + arguments);
}
