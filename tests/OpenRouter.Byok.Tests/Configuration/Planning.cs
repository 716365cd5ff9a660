using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Entries, credentials and plans that need neither files nor an account.</summary>
internal static class Planning
{
    public const string Production = "0a000000-0000-4000-8000-00000000000a";

    public const string Staging = "0b000000-0000-4000-8000-00000000000b";

    public const string TemporaryName = "OpenRouter.Byok test 0c000000-0000-4000-8000-00000000000c";

    private static readonly ConfigurationSource File = new("openrouter.json");

    public static ByokKey Key(
        string id,
        string? name,
        string provider = "openai",
        string? workspace = Production,
        int order = 0,
        bool isDisabled = false,
        string label = "sk-...AbCd",
        ByokKeyChanges? settings = null) =>
        new(new ByokKeyChanges().With(CredentialSettings.Name, name).Or(settings ?? new ByokKeyChanges())
            .Or(new ByokKeyChanges().With(CredentialSettings.Disabled, isDisabled)))
        {
            Id = id,
            Provider = provider,
            WorkspaceId = workspace,
            SortOrder = order,
            Label = label,
        };

    /// <summary>The credential with some settings changed.</summary>
    public static ByokKey With(this ByokKey key, ByokKeyChanges settings, string? label = null) =>
        new(settings.Or(CredentialSettings.All.Aggregate(
            new ByokKeyChanges(), (all, setting) => all.WithValue(setting, setting.ValueOf(key)))))
        {
            Id = key.Id,
            Provider = key.Provider,
            WorkspaceId = key.WorkspaceId,
            SortOrder = key.SortOrder,
            Label = label ?? key.Label,
        };

    public static ResolvedEntry Entry(
        Optional<string?> name,
        string provider = "openai",
        string? workspace = Production,
        string? id = null,
        string? previousName = null,
        string? variable = "KEY",
        ByokKeyChanges? settings = null) =>
        new(
            new CredentialEntry(At(0), provider)
            {
                Workspace = workspace,
                Id = id,
                Name = name,
                PreviousName = previousName,
                Key = variable is null ? null : Variable(variable),
                Settings = settings ?? new ByokKeyChanges(),
            },
            workspace,
            settings ?? new ByokKeyChanges());

    public static ByokKeyChanges Setting<T>(CredentialSetting<T> setting, T value) =>
        new ByokKeyChanges().With(setting, value);

    public static KeyReference Variable(string name) => new EnvironmentReference(At(0), name);

    public static SourcePosition At(int offset) => new(File, offset);

    /// <summary>Places the entries one after the other in a file.</summary>
    public static PlanInput InputOf(IEnumerable<ByokKey> keys, params IEnumerable<ResolvedEntry> entries) => new()
    {
        Entries =
        [
            .. entries.Select(static (entry, index) => entry with
            {
                Entry = entry.Entry with { Position = At(index) },
            }),
        ],
        Keys = [.. keys],
        WorkspaceIds = [.. entries.Select(static entry => entry.WorkspaceId).Distinct()],
    };

    public static ConfigurationPlan Plan(IEnumerable<ByokKey> keys, params IEnumerable<ResolvedEntry> entries) =>
        ConfigurationPlanner.Plan(InputOf(keys, [.. entries]));

    /// <summary>The notes on the order of trial, which end with what to do about them.</summary>
    public static IReadOnlyList<string> OrderNotes(this ConfigurationPlan plan)
    {
        if (plan.Notes.Count == 0)
        {
            return [];
        }

        Assert.Equal(Messages.PlanOrderAdvice, plan.Notes[^1]);
        return [.. plan.Notes.SkipLast(1)];
    }

    /// <summary>Each change as a line: the action, the id or else the name, and what differs.</summary>
    public static IEnumerable<string> Lines(this ConfigurationPlan plan) => plan.All.Select(Line);

    public static string Line(ByokConfigurationChange change) => string.Join(
        ' ',
        change.Differences
            .Select(static one => $"{one.Property}={PlanText.Show(one.Current)}>{PlanText.Show(one.Wanted)}")
            .Prepend(change.KeyId ?? change.Name ?? "unnamed")
            .Prepend($"{change.Action}"));
}
