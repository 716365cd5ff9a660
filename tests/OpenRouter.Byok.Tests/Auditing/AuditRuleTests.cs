using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Auditing;
using Xunit;

namespace OpenRouter.Byok.Tests.Auditing;

/// <summary>What each rule finds, and what it leaves alone.</summary>
public sealed class AuditRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Hashes =
        [.. Enumerable.Range(0, 4).Select(static n => new string((char)('a' + n), 64))];

    private static AuditData Facts => new()
    {
        ApiKeys =
        [
            new() { Hash = Hashes[0], Name = "First", WorkspaceId = "w1" },
            new() { Hash = Hashes[1], Name = "Second", WorkspaceId = "w1" },
            new() { Hash = Hashes[2], Name = "Other", WorkspaceId = "w2" },
        ],
        Members = new HashSet<string> { "user_ada", "user_mei" },
        Models = new HashSet<string> { "openai/gpt-5", "openai/gpt-4o", "anthropic/claude" },
        HostedModels = new Dictionary<string, ISet<string>>
        {
            ["openai"] = new HashSet<string> { "openai/gpt-5", "openai/gpt-4o" },
        },
        Providers =
        [
            new() { Slug = "openai", Name = "OpenAI", Datacenters = new TextList(["US", "IE"]) },
            new() { Slug = "azure", Name = "Azure", Datacenters = new TextList(["US"]) },
        ],
    };

    [Fact]
    public void Unreachable_when_a_list_is_empty()
    {
        Finds(
            ByokAuditRule.Unreachable,
            "an allow list is empty",
            new ByokKey { Id = "k", Provider = "x", AllowedModels = new([]) });
        Finds(
            ByokAuditRule.Unreachable,
            "an allow list is empty",
            new ByokKey { Id = "k", Provider = "x", AllowedUserIds = new([]) });
    }

    [Fact]
    public void Unreachable_when_no_API_key_can_call()
    {
        Finds(ByokAuditRule.Unreachable, "none of the allowed API keys exists anymore", With(hashes: [Hashes[3]]));
        Finds(ByokAuditRule.Unreachable, "belong to other workspaces", With(hashes: [Hashes[2]]));
        Leaves(ByokAuditRule.Unreachable, With(hashes: [Hashes[3], Hashes[0]]));
        Leaves(ByokAuditRule.Unreachable, With(hashes: [Hashes[2]], workspace: null));
    }

    [Fact]
    public void Unreachable_when_no_member_or_model_is_left()
    {
        Finds(ByokAuditRule.Unreachable, "none of the allowed members exists anymore", With(users: ["user_gone"]));
        Finds(
            ByokAuditRule.Unreachable, "none of the allowed models is listed anymore", With(models: ["openai/gpt-2"]));
        Finds(
            ByokAuditRule.Unreachable, "openai serves none of the allowed models", With(models: ["anthropic/claude"]));
        Leaves(ByokAuditRule.Unreachable, With(users: ["user_gone", "user_ada"]));
        Leaves(ByokAuditRule.Unreachable, With(models: ["anthropic/claude", "openai/gpt-5"]));
        Leaves(ByokAuditRule.Unreachable, With(models: ["openai/gpt-5:nitro"]));
        Leaves(ByokAuditRule.Unreachable, With(provider: "acme", models: ["anthropic/claude"]));
    }

    [Fact]
    public void Unreachable_claims_nothing_of_what_is_not_known_or_disabled()
    {
        var dead = With(hashes: [Hashes[3]], users: ["user_gone"], models: ["openai/gpt-2"]);

        Assert.Empty(Audit(ByokAuditRule.Unreachable, new AuditData(), dead));
        Leaves(ByokAuditRule.Unreachable, With(disabled: true, hashes: [Hashes[3]]));
    }

    [Fact]
    public void SharedNotRemoved_when_the_one_that_should_remove_it_is_disabled()
    {
        Assert.Equal(
            "Enable-OpenRouterByokKey -Id 'k'",
            Finds(ByokAuditRule.SharedNotRemoved, "BYOK-only, but disabled", With(disabled: true, byokOnly: true))
                .Remedy);
        Finds(ByokAuditRule.SharedNotRemoved, "Required, but disabled", With(disabled: true, required: true));
        Assert.Equal(
            "Set-OpenRouterByokKey -Id 'other' -ByokOnly",
            Assert.Single(
                Audit(ByokAuditRule.SharedNotRemoved, Facts, With(disabled: true, byokOnly: true), With("other")))
                .Remedy);
    }

    [Theory]
    [InlineData("Spare", "'Spare'")]
    [InlineData(null, "other")]
    public void SharedNotRemoved_names_the_credential_that_its_remedy_changes(string? name, string shown)
    {
        var key = With(disabled: true, required: true);
        var other = With("other", name: name);

        var finding = Assert.Single(Audit(ByokAuditRule.SharedNotRemoved, Facts, key, other));

        Assert.Equal("k", finding.KeyId);
        Assert.Contains("-Id 'other'", finding.Remedy, StringComparison.Ordinal);
        Assert.EndsWith($" Make {shown} BYOK-only.", finding.Message, StringComparison.Ordinal);
        // Its own remedy needs no name but its own.
        Assert.EndsWith(
            ": requests can use shared capacity of openai.",
            Finds(ByokAuditRule.SharedNotRemoved, "Required, but disabled", key).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void SharedNotRemoved_leaves_alone_what_another_one_removes()
    {
        Leaves(ByokAuditRule.SharedNotRemoved, With(disabled: true, byokOnly: true), With("b", byokOnly: true));
        Leaves(ByokAuditRule.SharedNotRemoved, With(disabled: true, byokOnly: true), With("b", required: true));
        Leaves(
            ByokAuditRule.SharedNotRemoved,
            With(disabled: true, required: true, models: ["m"]),
            With("b", required: true, models: ["m", "n"]));
        Leaves(
            ByokAuditRule.SharedNotRemoved,
            With(disabled: true, byokOnly: true),
            With("b", byokOnly: true, workspace: null));
        Assert.Single(Audit(
            ByokAuditRule.SharedNotRemoved,
            Facts,
            With(disabled: true, byokOnly: true),
            With("b", required: true, models: ["m"])));
        Assert.Single(Audit(
            ByokAuditRule.SharedNotRemoved,
            Facts,
            With(disabled: true, byokOnly: true),
            With("b", byokOnly: true, workspace: "w2")));
        Assert.Single(Audit(
            ByokAuditRule.SharedNotRemoved,
            Facts,
            With(disabled: true, byokOnly: true),
            With("b", byokOnly: true, provider: "azure")));
    }

    [Fact]
    public void SharedNotRemoved_when_required_for_some_callers_only()
    {
        Assert.Equal(
            "Set-OpenRouterByokKey -Id 'k' -ByokOnly",
            Finds(
                ByokAuditRule.SharedNotRemoved,
                "Required only for some callers",
                With(required: true, hashes: [Hashes[0]])).Remedy);
        Assert.Equal(
            "Set-OpenRouterByokKey -Id 'k' -Fallback:$false -ByokOnly",
            Finds(
                ByokAuditRule.SharedNotRemoved,
                "Required only for some",
                With(required: true, fallback: true, users: ["user_ada"])).Remedy);
        Leaves(ByokAuditRule.SharedNotRemoved, With(required: true, models: ["openai/gpt-5"]));
        Leaves(ByokAuditRule.SharedNotRemoved, With(byokOnly: true, hashes: [Hashes[0]]));
        Leaves(ByokAuditRule.SharedNotRemoved, With(required: true, hashes: [Hashes[0]]), With("b", required: true));
    }

    [Fact]
    public void SharedAfterFailure_unless_something_removes_shared_capacity()
    {
        Assert.Equal(
            "Set-OpenRouterByokKey -Id 'k' -Required",
            Finds(
                ByokAuditRule.SharedAfterFailure,
                "Requests use shared capacity when the credential fails",
                With(models: ["openai/gpt-5"])).Remedy);
        Assert.Equal(
            "Set-OpenRouterByokKey -Id 'k' -ByokOnly",
            Finds(
                ByokAuditRule.SharedAfterFailure,
                "Requests use shared capacity when the credential fails",
                With(hashes: [Hashes[0]])).Remedy);
        Leaves(ByokAuditRule.SharedAfterFailure, With(required: true));
        Leaves(ByokAuditRule.SharedAfterFailure, With(byokOnly: true));
        Leaves(ByokAuditRule.SharedAfterFailure, With(fallback: true));
        Leaves(ByokAuditRule.SharedAfterFailure, With(disabled: true));
        Leaves(ByokAuditRule.SharedAfterFailure, With(), With("b", byokOnly: true, models: ["x"]));
        Assert.Single(Audit(
            ByokAuditRule.SharedAfterFailure, Facts, With(), With("b", required: true, models: ["openai/gpt-5"])));
    }

    [Fact]
    public void A_global_one_is_looked_at_in_every_workspace_that_shows()
    {
        var global = With(workspace: null);

        Leaves(ByokAuditRule.SharedAfterFailure, global, With("b", byokOnly: true));
        Assert.Single(Audit(
            ByokAuditRule.SharedAfterFailure,
            Facts,
            global,
            With("b", byokOnly: true),
            With("c", provider: "x", required: true, workspace: "w2")));
    }

    [Fact]
    public void Unknown_names_what_is_gone_and_keeps_the_rest()
    {
        Assert.Equal(
            $"Set-OpenRouterByokKey -Id 'k' -AllowedApiKeyHash '{Hashes[0]}'",
            Finds(
                ByokAuditRule.UnknownApiKey,
                "Allows API keys that no longer exist: dddddddd…",
                With(hashes: [Hashes[0], Hashes[3]])).Remedy);
        Assert.Equal(
            "Set-OpenRouterByokKey -Id 'k' -AllowedUserId 'user_ada', 'user_mei'",
            Finds(ByokAuditRule.UnknownMember, "user_gone", With(users: ["user_ada", "user_gone", "user_mei"])).Remedy);
        Assert.Equal(
            "Set-OpenRouterByokKey -Id 'k' -AllowedModel 'openai/gpt-5'",
            Finds(ByokAuditRule.UnknownModel, "openai/gpt-2", With(models: ["openai/gpt-2", "openai/gpt-5"])).Remedy);
        Leaves(ByokAuditRule.UnknownApiKey, With(hashes: [Hashes[0], Hashes[2]]), With("b"));
        Leaves(ByokAuditRule.UnknownMember, With(users: ["user_ada"]), With("b"));
        Leaves(ByokAuditRule.UnknownModel, With(models: ["openai/gpt-5:free"]), With("b"));
    }

    [Fact]
    public void Where_nothing_is_left_of_a_list_it_is_not_opened_to_all() =>
        Assert.Equal(
            "Remove-OpenRouterByokKey -Id 'k'",
            Finds(ByokAuditRule.UnknownMember, "user_gone", With(users: ["user_gone"])).Remedy);

    [Fact]
    public void Unknown_rules_do_not_run_on_what_is_not_known()
    {
        var key = With(hashes: [Hashes[3]], users: ["user_gone"], models: ["openai/gpt-2"]);

        Assert.Empty(Audit(ByokAuditRule.UnknownApiKey, new AuditData(), key));
        Assert.Empty(Audit(ByokAuditRule.UnknownMember, new AuditData(), key));
        Assert.Empty(Audit(ByokAuditRule.UnknownModel, new AuditData(), key));
    }

    [Fact]
    public void RegionNotOffered_where_the_API_would_refuse_it_or_no_data_center_is()
    {
        Assert.Equal(
            "Set-OpenRouterByokKey -Id 'k' -Clear DeclaredRegion",
            Finds(
                ByokAuditRule.RegionNotOffered,
                "does not accept region us for anthropic",
                With(provider: "anthropic", region: "us")).Remedy);
        Finds(
            ByokAuditRule.RegionNotOffered,
            "azure has no data center in region europe",
            With(provider: "azure", region: "europe"));
        Leaves(ByokAuditRule.RegionNotOffered, With(region: "europe"));
        Leaves(ByokAuditRule.RegionNotOffered, With(provider: "azure", region: "us"));
        Leaves(ByokAuditRule.RegionNotOffered, With(provider: "anthropic", region: "global"));
        Leaves(ByokAuditRule.RegionNotOffered, With(provider: "anthropic", region: "mars"));
        Assert.Empty(
            Audit(ByokAuditRule.RegionNotOffered, new AuditData(), With(provider: "azure", region: "europe")));
    }

    [Fact]
    public void Duplicate_is_the_same_label_where_both_meet_the_same_requests()
    {
        var finding = Assert.Single(Audit(ByokAuditRule.Duplicate, Facts, With("a", order: 3), With("b", order: 1)));

        Assert.Equal(("a", "Remove-OpenRouterByokKey -Id 'a'"), (finding.KeyId, finding.Remedy));
        Assert.Single(Audit(ByokAuditRule.Duplicate, Facts, With("a"), With("b", workspace: null)));
        Leaves(ByokAuditRule.Duplicate, With("a"), With("b", workspace: "w2"));
        Leaves(ByokAuditRule.Duplicate, With("a"), With("b", provider: "azure"));
        Leaves(ByokAuditRule.Duplicate, With("a"), With("b", label: "sk-...AbCe"));
    }

    [Fact]
    public void Of_duplicates_the_one_in_use_is_kept() =>
        Assert.Equal(
            "a",
            Assert.Single(Audit(ByokAuditRule.Duplicate, Facts, With("a", disabled: true), With("b", order: 9))).KeyId);

    [Theory]
    [InlineData("[{\"...\"}]")]
    [InlineData("{\"t...om\"}")]
    [InlineData("...")]
    [InlineData("...xY")]
    [InlineData("")]
    public void A_label_that_says_nothing_makes_no_duplicate(string label) =>
        Leaves(ByokAuditRule.Duplicate, With("a", label: label), With("b", label: label));

    [Fact]
    public void Age_is_counted_in_days_since_the_creation()
    {
        Finds(ByokAuditRule.RotationDue, "Created 91 days ago", With(days: 91));
        Leaves(ByokAuditRule.RotationDue, With(days: 90));
        Leaves(ByokAuditRule.RotationDue, With(days: 91, disabled: true));
        Finds(ByokAuditRule.DisabledOld, "Disabled; created 400 days ago", With(days: 400, disabled: true));
        Leaves(ByokAuditRule.DisabledOld, With(days: 400), With("b", disabled: true));
        Leaves(ByokAuditRule.RotationDue, new ByokKey { Id = "k", Provider = "openai" });
    }

    [Fact]
    public void NoBackup_is_worse_where_shared_capacity_is_removed()
    {
        var finding = Finds(ByokAuditRule.NoBackup, "The only enabled credential.", With());
        Assert.Equal(ByokAuditSeverity.Information, finding.Severity);
        Assert.Equal(
            "New-OpenRouterByokKey 'openai' -Name 'Backup of Key' -Fallback -WorkspaceId 'w1'", finding.Remedy);

        Assert.Equal(
            ByokAuditSeverity.Warning,
            Finds(ByokAuditRule.NoBackup, "shared capacity is removed", With(required: true)).Severity);
        Assert.Equal(
            ByokAuditSeverity.Warning,
            Finds(ByokAuditRule.NoBackup, "shared capacity is removed", With(byokOnly: true)).Severity);
    }

    [Fact]
    public void NoBackup_leaves_alone_what_has_one()
    {
        Leaves(ByokAuditRule.NoBackup, With(), With("b"));
        Leaves(ByokAuditRule.NoBackup, With(), With("b", fallback: true));
        Leaves(ByokAuditRule.NoBackup, With(fallback: true));
        Leaves(ByokAuditRule.NoBackup, With(), With("b", workspace: null));
        Leaves(ByokAuditRule.NoBackup, With(disabled: true));
        Assert.Equal(
            2,
            Audit(ByokAuditRule.NoBackup, Facts, With(), With("b", workspace: "w2"), With("c", disabled: true)).Count);
    }

    [Fact]
    public void Unrestricted_counts_the_API_keys_that_can_call()
    {
        var finding = Finds(ByokAuditRule.Unrestricted, "Any of 2 API keys", With());
        Assert.Equal($"Set-OpenRouterByokKey -Id 'k' -AllowedApiKeyHash '{Hashes[0]}', '{Hashes[1]}'", finding.Remedy);

        Finds(ByokAuditRule.Unrestricted, "Any of 3 API keys", With(workspace: null));
        Leaves(ByokAuditRule.Unrestricted, With(workspace: "w2"));
        Leaves(
            ByokAuditRule.Unrestricted,
            With(models: ["m"]),
            With("b", hashes: [Hashes[0]]),
            With("c", users: ["user_ada"]));
        Leaves(ByokAuditRule.Unrestricted, With(disabled: true));
    }

    [Fact]
    public void Unrestricted_does_not_count_API_keys_that_are_off_or_over()
    {
        var facts = Facts with
        {
            ApiKeys =
            [
                new() { Hash = Hashes[0], WorkspaceId = "w1" },
                new() { Hash = Hashes[1], WorkspaceId = "w1", Disabled = true },
                new() { Hash = Hashes[2], WorkspaceId = "w1", ExpiresAt = Now.AddDays(-1) },
            ],
        };

        Assert.Empty(Audit(ByokAuditRule.Unrestricted, facts, With()));
    }

    [Fact]
    public void NameMissing_gives_it_one()
    {
        var finding = Finds(
            ByokAuditRule.NameMissing,
            "no name",
            new ByokKey { Id = "k", Provider = "openai", Label = "sk-...AbCd" });

        Assert.Equal("Set-OpenRouterByokKey -Id 'k' -NewName 'openai sk-...AbCd'", finding.Remedy);
        Leaves(ByokAuditRule.NameMissing, With());
    }

    [Fact]
    public void Remedies_are_quoted_so_that_nothing_in_them_runs()
    {
        var key = new ByokKey { Id = "k", Provider = "acme", Name = "Ada's ‘own’ $(exit) `n", Label = "x" };

        var remedy = Finds(ByokAuditRule.NoBackup, "only enabled credential", key).Remedy;

        Assert.Equal(
            "New-OpenRouterByokKey 'acme' -Name 'Backup of Ada''s ‘‘own’’ $(exit) `n' -Fallback", remedy);
    }

    [Fact]
    public void What_is_only_planned_has_no_id_and_no_remedy()
    {
        var finding = Finds(ByokAuditRule.NameMissing, "no name", new ByokKey { Provider = "openai" });

        Assert.Null(finding.KeyId);
        Assert.Null(finding.Remedy);
    }

    [Fact]
    public void Each_rule_stands_in_the_table_once() =>
        Assert.Equal(Enum.GetValues<ByokAuditRule>(), AuditRules.All.Select(static rule => rule.Id));

    [Fact]
    public void The_gravest_come_first_then_rule_by_rule_in_the_order_of_the_credentials()
    {
        var findings = Auditor.Audit(
            new AuditedAccount(
                [With("b", days: 99), With("a", models: []), With("c", days: 99)], Facts, Now, TimeSpan.FromDays(90)),
            AuditRules.All);

        Assert.Equal(findings.OrderByDescending(static finding => finding.Severity), findings);
        Assert.Equal(ByokAuditRule.Unreachable, findings[0].Rule);
        Assert.Equal(
            ["b", "c"],
            findings.Where(static finding => finding.Rule == ByokAuditRule.RotationDue)
                .Select(static finding => finding.KeyId));
    }

    private static ByokAuditFinding Finds(ByokAuditRule rule, string message, ByokKey key)
    {
        var finding = Assert.Single(Audit(rule, Facts, key));
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Equal(rule, finding.Rule);
        return finding;
    }

    private static void Leaves(ByokAuditRule rule, params ByokKey[] keys) => Assert.Empty(Audit(rule, Facts, keys));

    private static IReadOnlyList<ByokAuditFinding> Audit(ByokAuditRule rule, AuditData facts, params ByokKey[] keys) =>
        Auditor.Audit(
            new AuditedAccount(keys, facts, Now, TimeSpan.FromDays(90)),
            AuditRules.All.Where(one => one.Id == rule));

    private static ByokKey With(
        string id = "k",
        string provider = "openai",
        string? workspace = "w1",
        string label = "sk-...AbCd",
        int order = 0,
        int days = 0,
        bool disabled = false,
        bool fallback = false,
        bool required = false,
        bool byokOnly = false,
        string? region = null,
        string[]? models = null,
        string[]? hashes = null,
        string[]? users = null,
        string? name = "Key") => new()
        {
            Id = id,
            Name = name,
            Provider = provider,
            WorkspaceId = workspace,
            Label = label,
            SortOrder = order,
            CreatedAt = Now.AddDays(-days),
            Disabled = disabled,
            IsFallback = fallback,
            IsRequired = required,
            IsByokOnly = byokOnly,
            DeclaredRegion = region,
            AllowedModels = models is null ? null : new AllowList(models),
            AllowedApiKeyHashes = hashes is null ? null : new AllowList(hashes),
            AllowedUserIds = users is null ? null : new AllowList(users),
        };
}
