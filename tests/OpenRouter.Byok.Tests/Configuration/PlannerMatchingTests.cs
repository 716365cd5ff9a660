using System.Linq;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;
using Xunit;
using static OpenRouter.Byok.Tests.Configuration.Planning;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Which credential an entry means.</summary>
public sealed class PlannerMatchingTests
{
    private static readonly string KeyShown = $"key=null>{KeyReferenceText.Describe(Variable("KEY"))}";

    [Theory]
    [InlineData("Production", "openai", Production, true)]
    [InlineData("Production", "OpenAI", "0A000000-0000-4000-8000-00000000000A", true)]
    [InlineData("production", "openai", Production, false)]
    [InlineData(null, "openai", Production, false)]
    [InlineData("Production", "azure", Production, false)]
    [InlineData("Production", "openai", Staging, false)]
    [InlineData("Production", "openai", null, false)]
    public void An_entry_means_what_has_its_workspace_provider_and_name(
        string? name, string provider, string? workspace, bool isMeant)
    {
        var plan = Plan([Key("k1", "Production")], Entry(name, provider, workspace));

        Assert.Equal(
            isMeant ? ByokConfigurationAction.None : ByokConfigurationAction.Create,
            Assert.Single(plan.All, static change => change.Entry is not null).Action);
    }

    [Fact]
    public void An_entry_without_a_name_means_the_credential_without_one() => Assert.Equal(
        ["None k1", "Extra k2"], Plan([Key("k1", null), Key("k2", "Production")], Entry(default)).Lines());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Another_workspace_or_provider_is_another_credential_and_the_old_one_is_extra_in_scope(bool isInScope)
    {
        var input = InputOf(
            [Key("k1", "Moved"), Key("k2", "Old", "azure")],
            Entry("Moved", "azure"),
            Entry("Moved", workspace: Staging)) with
        {
            Scope = isInScope ? [new ProviderScope(Production, "openai")] : [],
        };

        Assert.Equal(
            [
                $"Create Moved {KeyShown}", "Extra k2", .. isInScope ? ["Extra k1"] : (string[])[],
                $"Create Moved {KeyShown}",
            ],
            ConfigurationPlanner.Plan(input).Lines());
    }

    [Fact]
    public void A_global_credential_is_not_meant_by_a_name() => Assert.Equal(
        [$"Create Production {KeyShown}", $"Create Production {KeyShown}"],
        Plan(
            [Key("k1", "Production", workspace: null)],
            Entry("Production"),
            Entry("Production", workspace: null)).Lines());

    /// <summary>While nothing is in the account's default workspace, its id is not known.</summary>
    [Fact]
    public void In_the_default_workspace_without_a_known_id_everything_is_created()
    {
        var change = Assert.Single(Plan(
            [Key("k1", "Production"), Key("k2", "Production", workspace: null)],
            Entry("Production", workspace: null)).All);

        Assert.Equal(ByokConfigurationAction.Create, change.Action);
        Assert.Null(change.WorkspaceId);
        Assert.Null(change.Workspace);
        Assert.Contains(Messages.PlanDefaultWorkspace, PlanText.Target(change), System.StringComparison.Ordinal);
    }

    [Theory]
    // What there is, the new name and the previous one of the entry, and what is planned.
    [InlineData("New", "Old", "None New")]
    [InlineData("Old", "Old", "Update Old name=Old>New")]
    [InlineData("New,Old", "Old", "None New,Extra Old")]
    [InlineData("Other", "Old", "Create New,Extra Other")]
    [InlineData("old", "Old", "Create New,Extra old")]
    public void A_previous_name_renames(string existing, string previousName, string expected)
    {
        var keys = existing.Split(',').Select(static name => Key(name, name)).ToList();

        var plan = Plan(keys, Entry("New", previousName: previousName));

        Assert.Equal(expected.Split(','), plan.Lines().Select(static line => line.Replace($" {KeyShown}", "")));
    }

    [Fact]
    public void A_previous_name_does_not_rename_what_is_in_another_workspace_or_of_another_provider() => Assert.Equal(
        [$"Create New {KeyShown}"],
        Plan(
            [Key("k1", "Old", "azure"), Key("k2", "Old", workspace: Staging), Key("k3", "Old", workspace: null)],
            Entry("New", previousName: "Old")).Lines());

    [Theory]
    [InlineData("k1", "Renamed", "Update k1 name=Production>Renamed")]
    [InlineData("K1", "Renamed", "Update k1 name=Production>Renamed")]
    [InlineData("k1", "Production", "None k1")]
    [InlineData("k1", "Other", "Update k1 name=Production>Other,Extra k2")]
    public void An_id_tells_a_credential_whatever_its_name(string id, string name, string expected) => Assert.Equal(
        expected.Split(','),
        Plan([Key("k1", "Production"), .. name == "Other" ? [Key("k2", "Other")] : (ByokKey[])[]], Entry(name, id: id))
            .Lines());

    [Fact]
    public void An_id_leaves_a_name_alone_that_the_entry_does_not_contain() =>
        Assert.Equal(["None k1"], Plan([Key("k1", "Production")], Entry(default, id: "k1")).Lines());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_an_id_means_is_not_meant_by_a_name_whatever_the_order(bool isReversed)
    {
        ResolvedEntry[] entries =
            [Entry("Renamed", id: "k1"), Entry("Production"), Entry("Third", previousName: "Old")];
        var plan = Plan([Key("k1", "Production"), Key("k2", "Old")], isReversed ? entries.Reverse() : entries);

        Assert.Equal(
            [$"Create Production {KeyShown}", "Update k2 name=Old>Third", "Update k1 name=Production>Renamed"],
            plan.Lines());
    }

    [Fact]
    public void Two_credentials_that_an_entry_may_mean_are_an_error_that_shows_both()
    {
        var error = Assert.Throws<OpenRouterException>(static () => Plan(
            [Key("k2", "Twice", label: "sk-...2222"), Key("k1", "Twice", label: "sk-...1111"), Key("k3", "Once")],
            Entry("Once"),
            Entry("Twice")));

        Assert.Equal(ErrorReason.InvalidConfiguration, error.Reason);
        Assert.Contains("k1 (sk-...1111), k2 (sk-...2222)", error.Message, System.StringComparison.Ordinal);
        Assert.DoesNotContain("k3", error.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void So_are_two_without_a_name_and_two_that_had_the_previous_name()
    {
        Assert.Throws<OpenRouterException>(static () => Plan([Key("k1", null), Key("k2", null)], Entry(default)));
        Assert.Throws<OpenRouterException>(static () => Plan(
            [Key("k1", "Old"), Key("k2", "Old")], Entry("New", previousName: "Old")));
    }

    [Fact]
    public void Ids_tell_credentials_of_one_name_apart() => Assert.Equal(
        ["Update k1 isRequired=false>true", "None k2"],
        Plan(
            [Key("k1", "Twice"), Key("k2", "Twice")],
            Entry("Twice", id: "k2"),
            Entry("Twice", id: "k1", settings: Setting(CredentialSettings.IsRequired, true))).Lines());

    [Fact]
    public void One_of_two_credentials_of_one_name_is_meant_when_an_id_means_the_other() => Assert.Equal(
        ["Update k1 name=Twice>First", "None k2"],
        Plan([Key("k1", "Twice"), Key("k2", "Twice")], Entry("Twice"), Entry("First", id: "k1")).Lines());
}
