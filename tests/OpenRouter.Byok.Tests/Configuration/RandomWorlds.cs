using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Testing;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Random accounts and random configurations, which share names.</summary>
internal static class RandomWorlds
{
    private static readonly string[] Workspaces = [Planning.Production, Planning.Staging, PlanningWorld.Default];

    private static readonly string?[] Names = ["A", "B", "C", "a", null];

    private static readonly string[] Providers = ["openai", "azure"];

    private static readonly string[] Ids = ["k0", "k1", "k2", "k3", "k4", "k5", "k6", "K0", "gone"];

    public static PlanningWorld Of(int seed)
    {
        var random = new Random(seed);
        var keys = Enumerable.Range(0, random.Next(12)).Select(number => RandomKey(random, $"k{number}")).ToList();
        return new PlanningWorld
        {
            Keys = random.Next(4) == 0 ? keys : [.. keys.DistinctBy(static key => Pair(key))],
            Entries = RandomEntries(random),
            Scope =
            [
                .. Enumerable.Range(0, random.Next(3)).Select(_ => (RandomWorkspace(random), Pick(random, Providers))),
            ],
            Prune = Pick<ByokPruneMode?>(random, null, ByokPruneMode.Disable, ByokPruneMode.Remove),
            KeyUpdate = Pick(random, ByokKeyUpdate.Never, ByokKeyUpdate.Changed),
        };

        static object Pair(ByokKey key) => (key.WorkspaceId, key.Provider, key.Name);
    }

    public static PlanningWorld Shuffled(this PlanningWorld world, int seed)
    {
        var random = new Random(seed);
        return world with
        {
            Keys = [.. world.Keys.OrderBy(_ => random.Next())],
            Entries = [.. world.Entries.OrderBy(_ => random.Next())],
        };
    }

    /// <summary>Another world that differs in little or nothing.</summary>
    public static PlanningWorld Nearby(this PlanningWorld world, int seed)
    {
        var random = new Random(seed);
        var index = random.Next(Math.Max(world.Entries.Count, 1));
        return random.Next(7) switch
        {
            0 => world.Shuffled(seed),
            1 => world with { Prune = Pick<ByokPruneMode?>(random, null, ByokPruneMode.Disable, ByokPruneMode.Remove) },
            2 => world with { Entries = [.. world.Entries.Where((_, at) => at != index)] },
            3 => world with { Entries = [.. world.Entries, .. RandomEntries(random).Take(1)] },
            4 => Changed(entry => entry with { Settings = RandomSettings(random).Or(entry.Settings) }),
            5 => Changed(entry => entry with { Key = RandomReference(random) }),
            _ => world with { Keys = [.. world.Keys.Where((_, at) => at != index)] },
        };

        PlanningWorld Changed(Func<CredentialEntry, CredentialEntry> change) =>
            world with { Entries = [.. world.Entries.Select((entry, at) => at == index ? change(entry) : entry)] };
    }

    private static ByokKey RandomKey(Random random, string id) => Planning.Key(
        id,
        random.Next(10) == 0 ? TemporaryCredential.NewName() : Pick(random, Names),
        Pick(random, Providers),
        random.Next(8) == 0 ? null : Pick(random, Workspaces),
        random.Next(4),
        label: random.Next(2) == 0 ? "sk-...AbCd" : PlanningWorld.LabelOf(RandomReference(random)),
        settings: RandomSettings(random));

    /// <summary>Mostly entries that are no duplicates of each other.</summary>
    private static List<CredentialEntry> RandomEntries(Random random)
    {
        var entries = Enumerable.Range(0, random.Next(8)).Select(_ => RandomEntry(random)).ToList();
        return random.Next(10) == 0 ? entries
        :
        [
            .. entries
                .DistinctBy(static entry => entry.Id?.ToUpperInvariant() ?? $"no id: {Pair(entry, entry.Name.Value)}")
                .DistinctBy(static entry => Pair(entry, entry.Name.Value))
                .Select(entry => entry with
                {
                    PreviousName = entries.Exists(
                        other => Pair(other, other.Name.Value) == Pair(entry, entry.PreviousName))
                        ? null
                        : entry.PreviousName,
                }),
        ];

        static (string?, string, string?) Pair(CredentialEntry entry, string? name) =>
            (entry.Workspace?.ToUpperInvariant(), entry.Provider.ToUpperInvariant(), name);
    }

    private static CredentialEntry RandomEntry(Random random)
    {
        var id = random.Next(4) == 0 ? Pick(random, Ids) : null;
        var name = Pick(random, Names);
        var settings = RandomSettings(random);
        return new CredentialEntry(Planning.At(0), random.Next(8) == 0 ? "OpenAI" : Pick(random, Providers))
        {
            Workspace = RandomWorkspace(random),
            Id = id,
            Name = id is not null && random.Next(2) == 0 ? default : new Optional<string?>(name, IsPresent: true),
            PreviousName = id is null && name is not null && random.Next(3) == 0 ? Pick(random, "A", "B", "D") : null,
            Key = random.Next(5) == 0 ? null : RandomReference(random),
            // The reader of configurations refuses a fallback that is BYOK-only.
            Settings = settings.Get(CredentialSettings.IsByokOnly).Value
                ? settings.Without(CredentialSettings.IsFallback)
                : settings,
        };
    }

    private static string? RandomWorkspace(Random random) => Pick(
        random, null, null, Planning.Production, Planning.Production.ToUpperInvariant(), Planning.Staging);

    private static KeyReference RandomReference(Random random) => Pick<KeyReference>(
        random,
        new EnvironmentReference(Planning.At(0), "ONE"),
        new EnvironmentReference(Planning.At(0), "TWO"),
        new SecretReference(Planning.At(0), "ONE", null),
        new SecretReference(Planning.At(0), "ONE", "Team"),
        new FileReference(Planning.At(0), "ONE"));

    private static ByokKeyChanges RandomSettings(Random random) => CredentialSettings.All
        .Where(setting => setting != CredentialSettings.Name && random.Next(6) == 0)
        .Aggregate(new ByokKeyChanges(), (all, setting) => all.WithValue(setting, setting switch
        {
            ListSetting => Pick<string[]?>(random, null, ["a", "b"], ["B", "A"], ["a"]) is { } entries
                ? new AllowList(entries)
                : null,
            TextSetting => Pick(random, null, "europe", "us"),
            CredentialSetting<bool?> => Pick<bool?>(random, null, true, false),
            _ => random.Next(2) == 0,
        }));

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
