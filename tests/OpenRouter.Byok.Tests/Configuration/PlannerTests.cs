using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Configuration;
using Xunit;
using static OpenRouter.Byok.Tests.Configuration.Planning;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>What a single entry wants, given the credential that it means, or none.</summary>
public sealed class PlannerTests
{
    private const string Absent = "(absent)";

    /// <summary>The setting, what the credential has, what the entry says, and whether it differs.</summary>
    public static TheoryData<string, string, string, bool> Settings => new()
    {
        { "name", "Production", Absent, false },
        { "name", "Production", "Production", false },
        { "name", "Production", "production", true },
        { "name", "Production", "null", true },
        { "name", "null", "Production", true },
        { "name", "null", "null", false },
        { "allowed_models", "null", Absent, false },
        { "allowed_models", "a/1,b/2", Absent, false },
        { "allowed_models", "null", "null", false },
        { "allowed_models", "a/1,b/2", "null", true },
        { "allowed_models", "null", "a/1", true },
        { "allowed_models", "a/1,b/2", "a/1,b/2", false },
        { "allowed_models", "a/1,b/2", "b/2,a/1", false },
        { "allowed_models", "a/1,B/2", "b/2,A/1", false },
        { "allowed_models", "a/1,b/2", "a/1", true },
        { "allowed_models", "a/1", "a/1,b/2", true },
        { "allowed_models", "a/1", "b/2", true },
        { "allowed_api_key_hashes", "a1,b2", Absent, false },
        { "allowed_api_key_hashes", "null", "null", false },
        { "allowed_api_key_hashes", "a1,b2", "null", true },
        { "allowed_api_key_hashes", "null", "a1", true },
        { "allowed_api_key_hashes", "a1,b2", "B2,A1", false },
        { "allowed_api_key_hashes", "a1,b2", "a1,c3", true },
        { "allowed_user_ids", "user_a,user_b", Absent, false },
        { "allowed_user_ids", "null", "null", false },
        { "allowed_user_ids", "user_a", "null", true },
        { "allowed_user_ids", "null", "user_a", true },
        { "allowed_user_ids", "user_a,user_b", "user_b,user_a", false },
        { "allowed_user_ids", "user_a", "user_A", true },
        { "declared_zdr", "true", Absent, false },
        { "declared_zdr", "null", "null", false },
        { "declared_zdr", "false", "null", true },
        { "declared_zdr", "null", "false", true },
        { "declared_zdr", "true", "true", false },
        { "declared_zdr", "true", "false", true },
        { "declared_region", "europe", Absent, false },
        { "declared_region", "null", "null", false },
        { "declared_region", "europe", "null", true },
        { "declared_region", "null", "europe", true },
        { "declared_region", "europe", "europe", false },
        { "declared_region", "europe", "us", true },
        { "disabled", "true", Absent, false },
        { "disabled", "true", "true", false },
        { "disabled", "true", "false", true },
        { "disabled", "false", "true", true },
        { "is_fallback", "true", Absent, false },
        { "is_fallback", "true", "true", false },
        { "is_fallback", "true", "false", true },
        { "is_fallback", "false", "true", true },
        { "is_required", "true", Absent, false },
        { "is_required", "true", "true", false },
        { "is_required", "true", "false", true },
        { "is_required", "false", "true", true },
        { "is_byok_only", "true", Absent, false },
        { "is_byok_only", "true", "true", false },
        { "is_byok_only", "true", "false", true },
        { "is_byok_only", "false", "true", true },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Absent_is_left_alone_null_clears_and_a_value_sets(
        string jsonName, string current, string wanted, bool isDifferent)
    {
        var setting = CredentialSettings.All.Single(one => one.JsonName == jsonName);
        var key = Key("k1", null).With(new ByokKeyChanges().WithValue(setting, Parse(setting, current)));
        var settings = wanted == Absent
            ? new ByokKeyChanges()
            : new ByokKeyChanges().WithValue(setting, Parse(setting, wanted));

        var change = Assert.Single(Plan([key], Entry(
            settings.Name, id: "k1", settings: settings.Without(CredentialSettings.Name))).All);

        if (!isDifferent)
        {
            Assert.Equal("None k1", Line(change));
            Assert.True(change.Settings.IsEmpty);
            return;
        }

        var property = jsonName == "name" ? "name" : SettingProperties.NameOf(setting);
        Assert.Equal($"Update k1 {property}={Shown(setting, current)}>{Shown(setting, wanted)}", Line(change));
        var sent = Assert.Single(change.Settings.Settings);
        Assert.Same(setting, sent.Setting);
        Assert.Equal(Parse(setting, wanted), sent.Value);
        Assert.False(change.WritesKey);
    }

    [Fact]
    public void The_table_has_a_difference_and_a_match_of_every_setting()
    {
        var rows = Settings.Select(static row => (row.Data.Item1, row.Data.Item4)).ToHashSet();

        Assert.All(CredentialSettings.All, setting => Assert.Superset(
            new HashSet<(string, bool)> { (setting.JsonName, true), (setting.JsonName, false) }, rows));
    }

    [Fact]
    public void Only_what_differs_is_shown_and_sent_in_the_order_of_the_settings()
    {
        var wanted = Setting(CredentialSettings.DeclaredRegion, "europe")
            .With(CredentialSettings.IsRequired, false)
            .With(CredentialSettings.Disabled, true)
            .With(CredentialSettings.AllowedModels, ["a/1", "b/2"]);

        var plan = Plan([Key("k1", "Production")], Entry("Production", settings: wanted));

        Assert.Equal(
            ["Update k1 allowedModels=null>[a/1, b/2] disabled=false>true declaredRegion=null>europe"], plan.Lines());
    }

    [Fact]
    public void Long_hashes_are_shown_by_their_beginnings_and_sent_in_full()
    {
        var hash = new string('a', 64);
        var change = Assert.Single(Plan(
            [Key("k1", "Production")],
            Entry("Production", settings: Setting(CredentialSettings.AllowedApiKeyHashes, [hash]))).All);

        Assert.Equal("Update k1 allowedApiKeys=null>[aaaaaaaa…]", Line(change));
        Assert.Equal([hash], change.Settings.Get(CredentialSettings.AllowedApiKeyHashes).Value);
    }

    [Fact]
    public void A_credential_is_created_with_everything_that_is_not_null()
    {
        var settings = Setting(CredentialSettings.Disabled, false)
            .With(CredentialSettings.IsRequired, true)
            .With(CredentialSettings.AllowedModels, null)
            .With(CredentialSettings.DeclaredZdr, null)
            .With(CredentialSettings.DeclaredRegion, "us");

        var change = Assert.Single(Plan([], Entry("Production", settings: settings)).All);

        Assert.Equal(
            "Create Production disabled=null>false isRequired=null>true declaredRegion=null>us "
                + $"key=null>{KeyReferenceText.Describe(Variable("KEY"))}",
            Line(change));
        Assert.Equal(
            ["name", "disabled", "is_required", "declared_region"],
            change.Settings.Settings.Select(static one => one.Setting.JsonName));
        Assert.Equal("Production", change.Settings.Name.Value);
        Assert.True(change is { WritesKey: true, IsWork: true, KeyId: null, Current: null, Reason: null });
        Assert.Equal(("openai", Production), (change.Provider, change.WorkspaceId));
    }

    [Fact]
    public void A_credential_without_a_name_is_created_without_one() => Assert.True(
        Assert.Single(Plan([], Entry(default)).All) is
            { Action: ByokConfigurationAction.Create, Name: null, Settings.IsEmpty: true });

    [Fact]
    public void What_matches_is_in_the_plan_and_not_among_its_changes()
    {
        var key = Key("k1", "Production");
        var plan = Plan([key, Key("k2", "Other")], Entry("Production"), Entry("Other"), Entry("New"));

        var equal = plan.All.Where(static change => change.Action == ByokConfigurationAction.None).ToList();
        Assert.Equal(["None k2", "None k1"], equal.Select(Line));
        Assert.Same(key, equal[1].Current);
        Assert.Equal(("Production", "openai", Production), (equal[1].Name, equal[1].Provider, equal[1].WorkspaceId));
        Assert.Equal(2, plan.Count(ByokConfigurationAction.None));
        var create = Assert.Single(plan.Changes);
        Assert.True(plan.IsLast(create));
        Assert.True(plan.IsLast(equal[1]));
        Assert.False(plan.IsLast(equal[0]));
        Assert.All(plan.All, change => Assert.Equal(plan.Id, change.PlanId));
    }

    private static object? Parse(CredentialSetting setting, string text) => (setting, text) switch
    {
        (_, "null") => null,
        (ListSetting, _) => text.Split(','),
        (TextSetting, _) => text,
        _ => bool.Parse(text),
    };

    private static string Shown(CredentialSetting setting, string text) => (setting, text) switch
    {
        (ListSetting, not "null") => $"[{text.Replace(",", ", ", StringComparison.Ordinal)}]",
        _ => text,
    };
}
