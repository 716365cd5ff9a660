using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Configuration;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>What a plan does, in words of the tests: plans that do the same are described by the same text.</summary>
internal static class PlanWork
{
    /// <summary>What would be sent, and what it replaces, in words of the test.</summary>
    public static string Of(ConfigurationPlan plan)
    {
        var creates = plan.All.Where(static change => change.Action == ByokConfigurationAction.Create)
            .OrderBy(static change => change.CreateOrder)
            .GroupBy(static change => PairOf(change.WorkspaceId, change.Provider), Of)
            .Select(static pair => $"{pair.Key}: {string.Join(" then ", pair)}");
        var others = plan.All
            .Where(static change => change.Action is ByokConfigurationAction.Update or ByokConfigurationAction.Disable
                or ByokConfigurationAction.Remove)
            .Select(Of);
        return string.Join('\n', creates.Concat(others).Order(StringComparer.Ordinal));
    }

    public static string Of(ByokConfigurationChange change)
    {
        var settings = change.Settings.Settings.Select(one => change.Current is null
            ? $"{one.Setting.JsonName} = {Text(one.Setting, one.Value)}"
            : $"{one.Setting.JsonName}: {Text(one.Setting, one.Setting.ValueOf(change.Current))} -> "
                + Text(one.Setting, one.Value));
        var key = !change.WritesKey ? "" : change.Entry!.Key switch
        {
            EnvironmentReference environment => $"variable {environment.Variable}",
            SecretReference secret => $"secret {secret.Secret} of {secret.Vault ?? "any vault"}",
            FileReference file => $"file {file.Path}",
            var other => throw new NotSupportedException($"{other}"),
        };
        return $"{change.Action} {change.KeyId} in {PairOf(change.WorkspaceId, change.Provider)} "
            + $"({string.Join(", ", settings)}) {key}";
    }

    public static string Text(CredentialSetting setting, object? value) => value switch
    {
        null => "null",
        IEnumerable<string> entries when setting == CredentialSettings.AllowedUserIds =>
            $"[{string.Join(' ', entries.Order(StringComparer.Ordinal))}]",
        IEnumerable<string> entries =>
            $"[{string.Join(' ', entries.Select(static entry => entry.ToUpperInvariant()).Order())}]",
        _ => $"'{value}'",
    };

    public static (string?, string) PairOf(string? workspace, string provider) =>
        (workspace?.ToUpperInvariant(), provider.ToUpperInvariant());
}
