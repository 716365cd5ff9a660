using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>
/// An account and a configuration, and the work of plans done in memory as the API does it.
/// </summary>
internal sealed record PlanningWorld
{
    public const string Default = "0d000000-0000-4000-8000-00000000000d";

    public required IReadOnlyList<ByokKey> Keys { get; init; }

    /// <summary>The entries; a workspace that is null stands for the account's default one.</summary>
    public required IReadOnlyList<CredentialEntry> Entries { get; init; }

    public required IReadOnlyList<(string? Workspace, string Provider)> Scope { get; init; }

    public ByokPruneMode? Prune { get; init; }

    public ByokKeyUpdate KeyUpdate { get; init; }

    /// <summary>The id of the default workspace is known only by the credentials in it.</summary>
    public string? DefaultId => Keys.Any(static key => IsSame(key.WorkspaceId, Default)) ? Default : null;

    /// <summary>Whether no entry is in conflict with another, or means several credentials.</summary>
    public bool IsValid
    {
        get
        {
            try
            {
                Plan();
                return true;
            }
            catch (OpenRouterException)
            {
                return false;
            }
        }
    }

    public ConfigurationPlan Plan() => ConfigurationPlanner.Plan(InputOf());

    public string? WorkspaceOf(string? workspace) => workspace ?? DefaultId;

    /// <summary>What is read for a plan: the workspaces that are named, and what is global.</summary>
    public PlanInput InputOf()
    {
        var read = Entries.Select(static entry => entry.Workspace).Concat(Scope.Select(static pair => pair.Workspace))
            .Select(WorkspaceOf)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new PlanInput
        {
            Entries =
            [
                .. Entries.Select((entry, index) => new ResolvedEntry(
                    entry with { Position = Planning.At(index) }, WorkspaceOf(entry.Workspace), entry.Settings)),
            ],
            Scope = [.. Scope.Select(pair => new ProviderScope(WorkspaceOf(pair.Workspace), pair.Provider))],
            Keys = [.. Keys.Where(key => key.WorkspaceId is null || read.Contains(key.WorkspaceId))],
            WorkspaceIds = [.. read],
            Prune = Prune,
            KeyUpdate = KeyUpdate,
            HasOtherKey = static (entry, key) => key.Label != LabelOf(entry),
        };
    }

    /// <summary>The account after the work of the plan, in the order in which it is done.</summary>
    public PlanningWorld After(ConfigurationPlan plan)
    {
        var keys = Keys.ToList();
        foreach (var change in plan.Changes.Where(static change => change.IsWork)
            .OrderBy(static change => change.Action).ThenBy(static change => change.CreateOrder))
        {
            var index = keys.FindIndex(key => key.Id == change.KeyId);
            switch (change.Action)
            {
                case ByokConfigurationAction.Create:
                    keys.Add(new ByokKey(change.Settings)
                    {
                        Id = $"new{keys.Count}",
                        Provider = change.Provider,
                        WorkspaceId = change.WorkspaceId ?? Default,
                        Label = LabelOf(change.Entry!),
                        SortOrder = keys.Select(static key => key.SortOrder).DefaultIfEmpty(0).Max() + 1,
                    });
                    break;
                case ByokConfigurationAction.Remove:
                    keys.RemoveAt(index);
                    break;
                default:
                    keys[index] = keys[index].With(
                        change.Settings, change.WritesKey ? LabelOf(change.Entry!) : null);
                    break;
            }
        }

        return this with { Keys = keys };
    }

    public override string ToString() => string.Join('\n', [
        $"-Prune {Prune} -KeyUpdate {KeyUpdate}",
        .. Keys.Select(static key => $"{key.Id} {key.Name} {key.Provider} {key.WorkspaceId} {key.Label}"),
        .. Scope.Select(static pair => $"scope {pair}"),
        .. Entries.Select(static entry => $"entry {entry.Workspace} {entry.Provider} {entry.Name} id {entry.Id}, was "
            + $"{entry.PreviousName}, {(entry.Key is null ? "no key" : KeyReferenceText.Canonical(entry.Key))} "
            + Shown(entry.Settings)),
    ]);

    public static bool IsSame(string? one, string? other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    public static string LabelOf(KeyReference key) => $"key of {KeyReferenceText.Canonical(key)}";

    private static string Shown(ByokKeyChanges settings) => string.Join(
        ' ', settings.Settings.Select(static one => $"{one.Setting.JsonName}={PlanText.Show(one.Value)}"));

    private static string LabelOf(CredentialEntry entry) => LabelOf(entry.Key!);
}
