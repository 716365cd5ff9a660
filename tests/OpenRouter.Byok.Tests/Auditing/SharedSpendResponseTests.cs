using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Xunit;

namespace OpenRouter.Byok.Tests.Auditing;

/// <summary>The rule SharedSpend with activity of any shape.</summary>
public sealed class SharedSpendResponseTests(ScriptedShell scripted) : IClassFixture<ScriptedShell>
{
    private readonly ScriptedShell scripted = scripted.Reset();

    private static string Yesterday => DateTime.UtcNow.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public void A_row_is_counted() => Assert.Contains(
        ": 1.00 USD, 100% of the spend.", Audit(Row()).Only<ByokAuditFinding>().Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("usage", "null")]
    [InlineData("usage", null)]
    [InlineData("provider_name", "\"Unheard of\"")]
    [InlineData("provider_name", "null")]
    [InlineData("provider_name", null)]
    [InlineData("workspace_id", "null")]
    [InlineData("workspace_id", null)]
    [InlineData("workspace_id", "\"elsewhere\"")]
    [InlineData("model", "null")]
    public void A_row_that_tells_too_little_is_left_out(string field, string? value)
    {
        var result = Audit(Row((field, value)), "null");

        Assert.Empty(result.All<ByokAuditFinding>());
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Without_own_spend_all_credits_count() => Assert.Contains(
        ": 2.00 USD, ",
        Audit(Row(("byok_usage_inference", "null")), Row(("byok_usage_inference", null))).Only<ByokAuditFinding>()
            .Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_date_may_have_a_time_and_without_one_a_row_is_left_out_loudly()
    {
        var result = Audit(Row(("date", $"\"{Yesterday} 00:00:00\"")), Row(("date", "\"soon\"")), Row(("date", null)));

        Assert.Contains(": 1.00 USD, ", result.Only<ByokAuditFinding>().Message, StringComparison.Ordinal);
        Assert.StartsWith("2 rows ", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_read_loses_the_rule_and_not_the_audit()
    {
        var result = Audit(Row(("usage", "\"a lot\"")));

        Assert.Empty(result.Errors);
        Assert.EndsWith(
            "Rules not checked: SharedSpend. Rules checked in part: none.",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal);
    }

    private static string Row(params (string Name, string? Value)[] fields)
    {
        var all = new Dictionary<string, string?>
        {
            ["date"] = $"\"{Yesterday}\"",
            ["model"] = "\"openai/gpt-5\"",
            ["provider_name"] = "\"OpenAI\"",
            ["usage"] = "1",
            ["byok_usage_inference"] = "0",
            ["workspace_id"] = $"\"{Samples.OtherId}\"",
        };
        foreach (var (name, value) in fields)
        {
            all[name] = value;
        }

        return "{" + string.Join(
            ",", all.Where(static field => field.Value is not null)
                .Select(static field => $"\"{field.Key}\":{field.Value}")) + "}";
    }

    private RunResult Audit(params string[] rows)
    {
        scripted.Server.Then(
            Response.Json("""{"data":[{"name":"OpenAI","slug":"openai"}]}"""),
            Response.Json("{\"data\":[" + string.Join(",", rows) + "]}"));
        return scripted.Shell.Run(
            """
            @{ Id = $id; Provider = 'openai'; Name = 'x'; WorkspaceId = $workspace; AllowedModels = 'openai/gpt-5' } |
                Invoke-OpenRouterByokAudit -Rule SharedSpend
            """,
            new { id = Samples.Id, workspace = Samples.OtherId });
    }
}
