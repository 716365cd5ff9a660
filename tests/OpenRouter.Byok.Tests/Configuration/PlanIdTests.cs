using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Configuration;
using Xunit;
using static OpenRouter.Byok.Tests.Configuration.Planning;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Plans have the same id exactly when they do the same.</summary>
public sealed class PlanIdTests
{
    private static readonly ByokKeyChanges Models =
        Setting(CredentialSettings.AllowedModels, ["a/1", "b/2"]).With(CredentialSettings.AllowedUserIds, ["user_a"]);

    private static readonly ByokKey[] Keys =
        [Key("k1", "A"), Key("k2", "B", "azure"), Key("k3", "Extra"), Key("k4", "D")];

    private static readonly ResolvedEntry[] Entries =
    [
        Entry("A", settings: Models), Entry("B", "azure", settings: Setting(CredentialSettings.DeclaredZdr, true)),
        Entry("New"), Entry("Newer"), Entry("New", "azure"), Entry("D"),
    ];

    /// <summary>Other work, each by what makes it another.</summary>
    private static readonly Dictionary<string, PlanInput> Others = new()
    {
        ["nothing"] = InputOf([]),
        ["one entry less"] = InputOf(Keys, Entries.Skip(1)),
        ["one create less"] = InputOf(Keys, Entries.Where(static entry => entry.Entry.Name.Value != "Newer")),
        ["one create more"] = InputOf(Keys, [.. Entries, Entry("Newest")]),
        ["creates in another order"] = With(Entries[3], Entries[2], skip: 2),
        ["another name"] = Replaced(2, Entry("Neu")),
        ["another provider"] = Replaced(4, Entry("New", "mistral")),
        ["another workspace"] = Replaced(4, Entry("New", "azure", Staging)),
        ["the default workspace"] = Replaced(4, Entry("New", "azure", workspace: null)),
        ["another variable"] = Replaced(2, Entry("New", variable: "OTHER")),
        ["another kind of reference"] = Replaced(2, Keyed(new FileReference(At(0), "KEY"))),
        ["a secret"] = Replaced(2, Keyed(new SecretReference(At(0), "KEY", null))),
        ["a vault"] = Replaced(2, Keyed(new SecretReference(At(0), "KEY", "Team"))),
        ["no key"] = Replaced(2, Entry("New", variable: null)),
        ["a setting more of a new one"] =
            Replaced(2, Entry("New", settings: Setting(CredentialSettings.IsRequired, true))),
        ["another setting of a new one"] =
            Replaced(2, Entry("New", settings: Setting(CredentialSettings.IsFallback, true))),
        ["another value"] = Replaced(0, Entry("A", settings: Models.With(CredentialSettings.AllowedModels, ["a/1"]))),
        ["another user in case alone"] =
            Replaced(0, Entry("A", settings: Models.With(CredentialSettings.AllowedUserIds, ["user_A"]))),
        ["a text instead of a list of it"] = Replaced(0, Entry("A", settings: Models
            .Without(CredentialSettings.AllowedModels).With(CredentialSettings.DeclaredRegion, "[a/1, b/2]"))),
        ["a setting less"] = Replaced(0, Entry("A", settings: Models.Without(CredentialSettings.AllowedUserIds))),
        ["another value before"] = InputOf(
            [Key("k1", "A", settings: Setting(CredentialSettings.AllowedModels, new AllowList(["c/3"]))), .. Keys[1..]],
            Entries),
        ["another credential"] = InputOf([Key("k9", "A"), .. Keys[1..]], Entries),
        ["a rename"] = Replaced(5, Entry("E", previousName: "D")),
        ["a name cleared"] = Replaced(5, Entry((string?)null, id: "k4")),
        ["disabled extras"] = InputOf(Keys, Entries) with { Prune = ByokPruneMode.Disable },
        ["removed extras"] = InputOf(Keys, Entries) with { Prune = ByokPruneMode.Remove },
        ["another removed extra"] =
            InputOf([.. Keys.Where(static key => key.Id != "k3"), Key("k8", "Extra")], Entries) with
            {
                Prune = ByokPruneMode.Remove,
            },
        ["keys sent"] = InputOf(Keys, Entries) with { KeyUpdate = ByokKeyUpdate.Always },
        ["some keys sent"] = InputOf(Keys, Entries) with
        {
            KeyUpdate = ByokKeyUpdate.Changed,
            HasOtherKey = static (_, key) => key.Id == "k4",
        },
        ["another key sent"] = Replaced(5, Entry("D", variable: "OTHER")) with
        {
            KeyUpdate = ByokKeyUpdate.Changed,
            HasOtherKey = static (_, key) => key.Id == "k4",
        },
    };

    public static TheoryData<string> OtherWork => [.. Others.Keys];

    /// <summary>The same work, each by what differs nevertheless.</summary>
    private static readonly Dictionary<string, PlanInput> Same = new()
    {
        ["the same"] = InputOf(Keys, Entries),
        ["credentials in another order"] = InputOf(Keys.Reverse(), Entries),
        ["updates in another order"] = With(Entries[1], Entries[0], skip: 0),
        ["creates of other pairs between"] = InputOf(
            Keys, Entries[4], Entries[5], Entries[2], Entries[0], Entries[3], Entries[1]),
        ["lists in another order and case"] = Replaced(
            0, Entry("A", settings: Models.With(CredentialSettings.AllowedModels, ["B/2", "a/1"]))),
        ["what is equal already"] = Replaced(
            5, Entry("D", settings: Setting(CredentialSettings.IsRequired, false))),
        ["one that matches less"] = InputOf(Keys, Entries.SkipLast(1)),
        ["keys that are not sent"] = Replaced(5, Entry("D", variable: "OTHER")),
        ["ids of workspaces and providers in capital letters"] = Replaced(
            4, Entry("New", "AZURE", "0A000000-0000-4000-8000-00000000000A")),
        ["a null of a new one"] = Replaced(2, Entry("New", settings: Setting(CredentialSettings.DeclaredZdr, null))),
        ["an id instead of a name"] = Replaced(0, Entry("A", id: "K1", settings: Models)),
        ["an extra one more"] = InputOf([.. Keys, Key("k7", "Extra too")], Entries),
        ["credentials out of scope"] = InputOf([.. Keys, Key("k7", "Else", workspace: Staging)], Entries),
        ["one that is blocked"] = InputOf(Keys, [.. Entries, Entry("Blocked", variable: null)]),
        ["one that is blocked before those to create"] = InputOf(Keys, [Entry("Blocked", variable: null), .. Entries]),
        ["other labels"] = InputOf(Keys.Select(static key => key.With(new ByokKeyChanges(), label: "***")), Entries),
        ["another order of trial"] = InputOf(
            [Key("k1", "A", order: 5), .. Keys[1..]], Entries),
        ["what an update leaves alone"] = InputOf(
            [Key("k1", "A", settings: Setting(CredentialSettings.IsRequired, true)), .. Keys[1..]], Entries),
    };

    public static TheoryData<string> SameWork => [.. Same.Keys];

    private static string Id => IdOf(InputOf(Keys, Entries));

    [Fact]
    public void It_is_32_hexadecimal_digits() => Assert.Matches("^[0-9a-f]{32}$", Id);

    [Theory]
    [MemberData(nameof(SameWork))]
    public void The_same_work_has_the_same_id(string difference) => Assert.Equal(Id, IdOf(Same[difference]));

    [Theory]
    [MemberData(nameof(OtherWork))]
    public void Other_work_has_another_id(string difference) => Assert.NotEqual(Id, IdOf(Others[difference]));

    [Fact]
    public void All_of_it_has_ids_of_its_own() =>
        Assert.Equal(Others.Count, Others.Values.Select(IdOf).Distinct().Count());

    [Fact]
    public void Templates_of_one_key_are_the_same_whatever_the_order_of_their_properties()
    {
        Assert.Equal(IdOf(Replaced(2, Keyed(Template("a", "b")))), IdOf(Replaced(2, Keyed(Template("b", "a")))));
        Assert.NotEqual(IdOf(Replaced(2, Keyed(Template("a", "b")))), IdOf(Replaced(2, Keyed(Template("a", "c")))));
    }

    [Fact]
    public void A_plan_without_work_has_the_id_of_nothing() => Assert.Equal(
        IdOf(InputOf([])), IdOf(InputOf([Key("k1", "A"), Key("k2", "Extra")], Entry("A"), Entry("B", variable: null))));

    private static KeyTemplate Template(params string[] properties)
    {
        var parts = properties.ToDictionary(
            static name => (ConfigurationNode)new ObjectNode(At(0), []),
            static name => Variable(name.ToUpperInvariant()));
        return new KeyTemplate(
            At(0),
            new ObjectNode(
                At(0), [.. properties.Zip(parts.Keys, static (name, node) => new PropertyNode(At(0), name, node))]),
            parts);
    }

    private static ResolvedEntry Keyed(KeyReference key) =>
        Entries[2] with { Entry = Entries[2].Entry with { Key = key } };

    private static PlanInput Replaced(int index, ResolvedEntry entry) =>
        InputOf(Keys, [.. Entries.Take(index), entry, .. Entries.Skip(index + 1)]);

    private static PlanInput With(ResolvedEntry first, ResolvedEntry second, int skip) =>
        InputOf(Keys, [.. Entries.Take(skip), first, second, .. Entries.Skip(skip + 2)]);

    private static string IdOf(PlanInput input) => ConfigurationPlanner.Plan(input).Id;
}
