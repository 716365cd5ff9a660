using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>
/// Changes as -WhatIf and -Confirm show them: each setting with its old value, when known, and its new one.
/// </summary>
internal sealed class SettingsText(AccountCache seen)
{
    private const int MaximumEntries = 10;

    private const int ShortHash = 8;

    /// <param name="changes">What is to be sent.</param>
    /// <param name="current">The credential as it is, when that is known.</param>
    public string Describe(ByokKeyChanges changes, ByokKey? current) => string.Join("; ", Parts(changes, current));

    private IEnumerable<string> Parts(ByokKeyChanges changes, ByokKey? current)
    {
        if (changes.Key is not null) yield return Change(nameof(changes.Key), current?.Label, Messages.NewKeyValue);
        var parts = new[]
        {
            Part(nameof(ByokKey.Name), changes.Name, current, key => key.Name, Name),
            Part(nameof(ByokKey.AllowedModels), changes.AllowedModels, current, key => key.AllowedModels, Models),
            Part(
                nameof(ByokKey.AllowedApiKeyHashes), changes.AllowedApiKeyHashes, current,
                key => key.AllowedApiKeyHashes, ApiKeys),
            Part(nameof(ByokKey.AllowedUserIds), changes.AllowedUserIds, current, key => key.AllowedUserIds, Users),
            Part(nameof(ByokKey.Disabled), changes.Disabled, current, key => key.Disabled, Flag),
            Part(nameof(ByokKey.IsFallback), changes.IsFallback, current, key => key.IsFallback, Flag),
            Part(nameof(ByokKey.IsRequired), changes.IsRequired, current, key => key.IsRequired, Flag),
            Part(nameof(ByokKey.IsByokOnly), changes.IsByokOnly, current, key => key.IsByokOnly, Flag),
            Part(nameof(ByokKey.DeclaredZdr), changes.DeclaredZdr, current, key => key.DeclaredZdr, Zdr),
            Part(nameof(ByokKey.DeclaredRegion), changes.DeclaredRegion, current, key => key.DeclaredRegion, Region),
        };
        foreach (var part in parts)
        {
            if (part is not null) yield return part;
        }
    }

    private static string? Part<T>(
        string property, Optional<T> wanted, ByokKey? current, Func<ByokKey, T> valueOf, Func<T, string> show) =>
        wanted.IsPresent ? Change(property, current is null ? null : show(valueOf(current)), show(wanted.Value)) : null;

    private static string Change(string property, string? old, string wanted) => old is null
        ? Messages.Format(Messages.SettingNew, property, wanted)
        : Messages.Format(Messages.SettingChange, property, old, wanted);

    private static string Name(string? name) => name is null ? Messages.NoNameValue : $"'{name}'";

    private static string Models(IReadOnlyList<string>? models) => List(models, model => model);

    private string ApiKeys(IReadOnlyList<string>? hashes) => List(hashes, hash =>
        seen.FindApiKey(hash) is { Name.Length: > 0 } key ? key.Name
        : hash.Length > ShortHash ? $"{hash.Substring(0, ShortHash)}…"
        : hash);

    private string Users(IReadOnlyList<string>? ids) =>
        List(ids, id => seen.FindMember(id) is { Email.Length: > 0 } member ? member.Email : id);

    private static string List(IReadOnlyList<string>? entries, Func<string, string> show)
    {
        if (entries is null) return Messages.AnyValue;
        var shown = string.Join(", ", entries.Take(MaximumEntries).Select(show));
        return entries.Count <= MaximumEntries
            ? shown
            : Messages.Format(Messages.ChoicesAndMore, shown, entries.Count - MaximumEntries);
    }

    private static string Flag(bool flag) => flag.ToString();

    private static string Zdr(bool? declared) => declared?.ToString() ?? Messages.InheritedValue;

    private static string Region(string? region) => region ?? Messages.UndeclaredValue;
}
