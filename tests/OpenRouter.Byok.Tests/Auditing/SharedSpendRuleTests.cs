using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Json;
using OpenRouter.Byok.Auditing;
using Xunit;

namespace OpenRouter.Byok.Tests.Auditing;

/// <summary>What the rule SharedSpend makes of the activity.</summary>
public sealed class SharedSpendRuleTests
{
    private const string Model = "openai/gpt-5";
    private const string Other = "openai/gpt-5-mini";

    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly ByokKey Key = With();

    [Fact]
    public void It_says_how_much_which_share_and_since_when()
    {
        // 4 on own keys with a fee of 0.20, and 1 beyond it.
        var finding = Assert.Single(Audit(
            [Key], Row(daysAgo: 3, own: 4, credits: 0.7m), Row(daysAgo: 2, credits: 0.5m), Row(daysAgo: 5, own: 15)));

        Assert.Equal("Spent on shared capacity since 2026-11-17: 1.00 USD, 5% of the spend.", finding.Message);
        Assert.Equal(ByokAuditSeverity.Warning, finding.Severity);
        Assert.Equal("Test-OpenRouterByokKey -Id 'k' -Model 'openai/gpt-5'", finding.Remedy);
    }

    /// <summary>The API may round the fee either way.</summary>
    [Fact]
    public void Nothing_is_found_when_all_credits_are_the_fee() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(
            Gen.Choose(0, 100_000_000).Two().Select(static two => (Own: two.Item1 / 1e6m, Noise: two.Item2 % 3 - 1))
                .ListOf().ToArbitrary(),
            static spends => Audit(
                [Key],
                [
                    .. spends.Select(static (spend, index) => Row(
                        daysAgo: 1 + (index % 7),
                        own: spend.Own,
                        credits: Math.Max(0, Math.Round(spend.Own * 0.05m, 6) + (spend.Noise * 0.000001m)))),
                ]).Count == 0));

    [Theory]
    [InlineData("0.0099", false)]
    [InlineData("0.01", true)]
    public void Less_than_a_cent_on_a_day_does_not_count(string credits, bool isFound)
    {
        var amount = decimal.Parse(credits, CultureInfo.InvariantCulture);

        var findings = Audit([Key], Row(1, credits: amount), Row(4, credits: 0.0099m), Row(5, credits: 0.0099m));

        Assert.Equal(isFound ? 1 : 0, findings.Count);
        Assert.All(findings, static finding => Assert.Contains("2026-11-19: 0.01 USD", finding.Message));
    }

    [Fact]
    public void A_fee_that_was_not_charged_hides_nothing() =>
        Assert.Contains("1.00 USD", Assert.Single(
            Audit([Key], Row(1, own: 1000), Row(1, credits: 1, model: Other))).Message);

    [Theory]
    [InlineData(0, 7, false)]
    [InlineData(1, 7, true)]
    [InlineData(7, 7, true)]
    [InlineData(8, 7, false)]
    [InlineData(8, 8, true)]
    [InlineData(1, 1, true)]
    [InlineData(2, 1, false)]
    public void Only_completed_days_of_the_period_count(int daysAgo, int days, bool isFound) =>
        Assert.Equal(isFound ? 1 : 0, Audit(days, [Key], Row(daysAgo, credits: 1)).Count);

    [Fact]
    public void Only_enabled_and_prioritized_credentials_that_exist_should_have_served()
    {
        var row = Row(1, credits: 1);

        Assert.Empty(Audit([]));
        Assert.Empty(Audit([With(disabled: true)], row));
        Assert.Empty(Audit([With(fallback: true)], row));
        Assert.Empty(Audit([With(id: "")], row));
        Assert.Empty(Audit([With(provider: "azure")], row));
        Assert.Empty(Audit([With(workspace: "w2")], row));
        Assert.Single(Audit([With(disabled: true, id: "a"), With(fallback: true, id: "b"), Key], row));
    }

    [Fact]
    public void Models_that_no_credential_allows_are_no_harm()
    {
        var key = With(models: [Model]);

        Assert.Empty(Audit([key], Row(1, credits: 1, model: Other)));
        Assert.Empty(Audit([key], Row(1, credits: 1, model: Model + ":nitro")));
        Assert.Empty(Audit([key], Row(1, credits: 1, model: null)));
        Assert.Contains(
            "1.00 USD, 25% of the spend",
            Assert.Single(Audit([key], Row(1, credits: 1), Row(1, credits: 3, model: Other))).Message);
        Assert.Single(Audit([key, With("b", models: [Other])], Row(1, credits: 1, model: Other)));
    }

    [Fact]
    public void A_model_may_be_allowed_by_its_permanent_slug()
    {
        var row = Row(1, credits: 1) with { ModelPermaslug = "openai/gpt-5-2025-08-07" };

        Assert.Equal(
            "Test-OpenRouterByokKey -Id 'k' -Model 'openai/gpt-5-2025-08-07'",
            Assert.Single(Audit([With(models: ["OpenAI/gpt-5-2025-08-07"])], row)).Remedy);
        Assert.Empty(Audit([With(models: ["openai/gpt-5-2026-01-01"])], row));
    }

    [Fact]
    public void Days_before_a_credential_was_there_do_not_count()
    {
        var rows = Enumerable.Range(1, 7).Select(static days => Row(days, credits: 1)).ToArray();
        var young = With(age: 3);

        // Created at noon of the 17th, so that day may have been served before.
        Assert.Contains("2026-11-18: 2.00 USD", Assert.Single(Audit([young], rows)).Message);
        Assert.Contains("2026-11-13: 7.00 USD", Assert.Single(Audit([young, With("old")], rows)).Message);
        Assert.Contains(
            "2026-11-18: 2.00 USD",
            Assert.Single(Audit([young, With("old", models: [Other])], rows)).Message);
        Assert.Empty(Audit([With(age: 0)], rows));
        Assert.Contains("7.00 USD", Assert.Single(Audit([With(age: null)], rows)).Message);
    }

    [Fact]
    public void Each_workspace_and_provider_has_one_finding_on_the_first_credential_that_allows_the_model()
    {
        ByokKey[] keys =
        [
            With("b", order: 1),
            With("a", order: 0, models: [Other]),
            With("c", order: 2),
            With("azure", provider: "azure"),
            With("w2", workspace: "w2"),
        ];

        var findings = Audit(
            keys,
            Row(1, credits: 2),
            Row(2, credits: 1, model: Other),
            Row(1, credits: 1) with { ProviderName = "Azure" },
            Row(1, credits: 1) with { WorkspaceId = "w2" });

        Assert.Equal(["azure", "b", "w2"], findings.Select(static finding => finding.KeyId).Order());
        Assert.Equal(
            ["a"],
            Audit(keys, Row(1, credits: 1), Row(2, credits: 2, model: Other)).Select(static finding => finding.KeyId));
    }

    [Fact]
    public void A_global_credential_counts_in_every_workspace_which_is_then_named()
    {
        var key = With(workspace: null);
        var rows = new[] { Row(1, credits: 1), Row(1, credits: 2) with { WorkspaceId = "w2" } };

        var findings = Audit([key], rows);

        Assert.Equal(
            ["spend. Workspace: First.", "spend. Workspace: w2."],
            findings.Select(static finding => finding.Message[finding.Message.IndexOf(
                "spend.", StringComparison.Ordinal)..]));
        Assert.Single(Audit([key], Row(1, credits: 1) with { WorkspaceId = null }));
        Assert.Empty(Audit([Key], Row(1, credits: 1) with { WorkspaceId = null }));
    }

    [Fact]
    public void Credentials_for_some_callers_make_it_an_estimate()
    {
        const string Caveat = " This may include requests of callers that no credential allows.";
        var some = With("a", hashes: ["x"]);

        var finding = Assert.Single(Audit([some, With("b", users: ["y"])], Row(1, credits: 1)));
        Assert.Equal(ByokAuditSeverity.Information, finding.Severity);
        Assert.EndsWith(Caveat, finding.Message, StringComparison.Ordinal);

        finding = Assert.Single(
            Audit([some, With("b", models: [Other])], Row(1, credits: 1), Row(1, credits: 1, model: Other)));
        Assert.Equal(ByokAuditSeverity.Warning, finding.Severity);
        Assert.EndsWith(Caveat, finding.Message, StringComparison.Ordinal);

        finding = Assert.Single(Audit([some, With("b")], Row(1, credits: 1)));
        Assert.Equal(ByokAuditSeverity.Warning, finding.Severity);
        Assert.DoesNotContain(Caveat, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_without_a_slug_are_left_out_and_a_slash_makes_another_provider()
    {
        Assert.Empty(Audit([Key], Row(1, credits: 1) with { ProviderName = "OpenAI (new)" }));
        Assert.Empty(Audit([Key], Row(1, credits: 1) with { ProviderName = null }));
        Assert.Empty(Audit([With(provider: "openai/2")], Row(1, credits: 1)));
        Assert.Single(Audit([With(provider: "OPENAI")], Row(1, credits: 1)));
    }

    [Fact]
    public void A_tiny_share_is_not_shown_as_none() =>
        Assert.Contains(
            ", 1% of", Assert.Single(Audit([Key], Row(1, own: 1_000_000, credits: 50_001))).Message);

    private static IReadOnlyList<ByokAuditFinding> Audit(ByokKey[] keys, params ActivityItem[] rows) =>
        Audit(AuditedAccount.DefaultUsageDays, keys, rows);

    private static IReadOnlyList<ByokAuditFinding> Audit(int days, ByokKey[] keys, params ActivityItem[] rows)
    {
        var data = new AuditData
        {
            Providers = [new() { Slug = "openai", Name = "OpenAI" }, new() { Slug = "azure", Name = "Azure" }],
            Activity = rows,
            Workspaces = [new() { Id = "W1", Name = "First" }],
        };
        return Auditor.Audit(
            new AuditedAccount(keys, data, Now, TimeSpan.FromDays(90))
            {
                UsagePeriod = UsagePeriod.LastDays(days, Now),
            },
            AuditRules.All.Where(static rule => rule.Id == ByokAuditRule.SharedSpend));
    }

    private static ActivityItem Row(int daysAgo, decimal own = 0, decimal credits = 0, string? model = Model) => new(
        Now.AddDays(-daysAgo).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        model, null, null, "OpenAI", "w1", credits, own, 1, 1, 1, 0);

    private static ByokKey With(
        string id = "k",
        string provider = "openai",
        string? workspace = "w1",
        int order = 0,
        bool disabled = false,
        bool fallback = false,
        string[]? models = null,
        string[]? hashes = null,
        string[]? users = null,
        double? age = 100) => new()
        {
            Id = id,
            Provider = provider,
            WorkspaceId = workspace,
            CreatedAt = age is { } days ? Now.AddDays(-days) : null,
            SortOrder = order,
            Disabled = disabled,
            IsFallback = fallback,
            AllowedModels = models is null ? null : new AllowList(models),
            AllowedApiKeyHashes = hashes is null ? null : new AllowList(hashes),
            AllowedUserIds = users is null ? null : new AllowList(users),
        };
}
