using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;
using Xunit;
using static OpenRouter.Byok.Tests.Configuration.Planning;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>When a key is sent, and what cannot be done.</summary>
public sealed class PlannerKeyTests
{
    [Theory]
    [InlineData(ByokKeyUpdate.Never, true, true, false)]
    [InlineData(ByokKeyUpdate.Changed, true, true, true)]
    [InlineData(ByokKeyUpdate.Changed, true, false, false)]
    [InlineData(ByokKeyUpdate.Changed, false, true, false)]
    [InlineData(ByokKeyUpdate.Always, true, false, true)]
    [InlineData(ByokKeyUpdate.Always, false, true, false)]
    public void The_key_of_an_existing_credential_is_sent_as_asked(
        ByokKeyUpdate update, bool hasKey, bool isOther, bool isSent)
    {
        var input = InputOf([Key("k1", "Production")], Entry("Production", variable: hasKey ? "KEY" : null)) with
        {
            KeyUpdate = update,
            HasOtherKey = (_, _) => isOther,
        };

        var change = Assert.Single(ConfigurationPlanner.Plan(input).All);

        Assert.Equal(isSent, change.WritesKey);
        Assert.Equal(
            isSent ? $"Update k1 key=sk-...AbCd>{KeyReferenceText.Describe(Variable("KEY"))}" : "None k1",
            Line(change));
        Assert.Equal(
            update == ByokKeyUpdate.Changed && hasKey && !isOther ? Messages.PlanKeyCannotTell : null, change.Reason);
    }

    /// <summary>Asking takes the secret, and planning needs none where it is not certain to be sent.</summary>
    [Theory]
    [InlineData(ByokKeyUpdate.Never, 0)]
    [InlineData(ByokKeyUpdate.Always, 0)]
    [InlineData(ByokKeyUpdate.Changed, 1)]
    public void Keys_are_compared_only_with_labels_of_credentials_that_can_be_changed(ByokKeyUpdate update, int count)
    {
        var asked = 0;
        var input = InputOf(
            [Key("k1", "Production"), Key("k2", "Global", workspace: null), Key("k3", "Without")],
            Entry("Production"),
            Entry(default, id: "k2"),
            Entry("Without", variable: null),
            Entry("New")) with
        {
            KeyUpdate = update,
            HasOtherKey = (entry, key) =>
            {
                asked++;
                Assert.Equal(("Production", "k1"), (entry.Name.Value, key.Id));
                return true;
            },
        };

        ConfigurationPlanner.Plan(input);

        Assert.Equal(count, asked);
    }

    [Fact]
    public void A_key_is_sent_along_with_the_settings_that_differ()
    {
        var input = InputOf(
            [Key("k1", "Production")],
            Entry("Production", settings: Setting(CredentialSettings.IsRequired, true))) with
        {
            KeyUpdate = ByokKeyUpdate.Always,
        };

        Assert.Equal(
            [$"Update k1 isRequired=false>true key=sk-...AbCd>{KeyReferenceText.Describe(Variable("KEY"))}"],
            ConfigurationPlanner.Plan(input).Lines());
    }

    [Fact]
    public void A_credential_without_a_key_cannot_be_created()
    {
        var change = Assert.Single(Plan(
            [], Entry("Production", variable: null, settings: Setting(CredentialSettings.IsRequired, true))).All);

        Assert.Equal("Blocked Production isRequired=null>true", Line(change));
        AssertBlocked(change, Messages.PlanNoKey);
    }

    [Fact]
    public void An_id_that_leads_nowhere_creates_nothing()
    {
        var change = Assert.Single(Plan([], Entry("Production", id: "k1")).All);

        Assert.Equal("Blocked k1", Line(change));
        AssertBlocked(change, Messages.PlanIdNotFound);
    }

    [Theory]
    [InlineData(ByokKeyUpdate.Never)]
    [InlineData(ByokKeyUpdate.Always)]
    public void A_global_credential_is_not_managed(ByokKeyUpdate update)
    {
        var input = InputOf(
            [Key("k1", "Global", workspace: null)],
            Entry(default, id: "k1", settings: Setting(CredentialSettings.Disabled, true))) with
        {
            KeyUpdate = update,
        };

        var change = Assert.Single(ConfigurationPlanner.Plan(input).All);

        Assert.Equal("Blocked k1 disabled=false>true", Line(change));
        AssertBlocked(change, Messages.PlanGlobal);
    }

    [Theory]
    [InlineData("openai", Staging, true)]
    [InlineData("azure", Production, true)]
    [InlineData("openai", null, true)]
    [InlineData("OPENAI", "0A000000-0000-4000-8000-00000000000A", false)]
    public void Neither_the_provider_nor_the_workspace_of_a_credential_can_change(
        string provider, string? workspace, bool isBlocked)
    {
        var change = Assert.Single(
            Plan(
                [Key("k1", "Production")],
                Entry("Renamed", provider, workspace, id: "k1")).All,
            static change => change.Entry is not null);

        Assert.Equal($"{(isBlocked ? "Blocked" : "Update")} k1 name=Production>Renamed", Line(change));
        if (isBlocked)
        {
            AssertBlocked(change, Messages.Format(Messages.PlanIdElsewhere, "openai", Production));
        }
    }

    [Theory]
    [InlineData(false, false, true, true, true)]
    [InlineData(true, false, null, true, true)]
    [InlineData(false, true, true, null, true)]
    [InlineData(true, false, false, true, false)]
    [InlineData(false, true, true, false, false)]
    [InlineData(true, false, true, false, false)]
    [InlineData(true, false, null, null, false)]
    // What the API has nevertheless is left alone.
    [InlineData(true, true, null, null, false)]
    [InlineData(true, true, true, true, false)]
    public void A_fallback_cannot_be_BYOK_only(
        bool isFallback, bool isByokOnly, bool? wantsFallback, bool? wantsByokOnly, bool isBlocked)
    {
        var current = Setting(CredentialSettings.IsFallback, isFallback)
            .With(CredentialSettings.IsByokOnly, isByokOnly);
        var wanted = Setting(CredentialSettings.IsRequired, true);
        wanted = wantsFallback is { } fallback ? wanted.With(CredentialSettings.IsFallback, fallback) : wanted;
        wanted = wantsByokOnly is { } byokOnly ? wanted.With(CredentialSettings.IsByokOnly, byokOnly) : wanted;

        var change = Assert.Single(Plan(
            [Key("k1", "Production", settings: current)], Entry("Production", settings: wanted)).All);

        if (isBlocked)
        {
            AssertBlocked(change, Messages.PlanFallbackWithByokOnly);
        }
        else
        {
            Assert.Equal(ByokConfigurationAction.Update, change.Action);
        }
    }

    private static void AssertBlocked(ByokConfigurationChange change, string reason)
    {
        Assert.Equal(ByokConfigurationAction.Blocked, change.Action);
        Assert.Equal(reason, change.Reason);
        Assert.False(change.WritesKey);
        Assert.False(change.IsWork);
        Assert.DoesNotContain(change.Differences, static difference => difference.Property == "key");
    }
}
