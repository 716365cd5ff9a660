using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Account;

/// <summary>
/// Changes as -WhatIf and -Confirm show them: each setting with its old value, when known, and its new one.
/// </summary>
internal sealed class SettingsText(AccountCache seen)
{
    private const int MaximumEntries = 10;

    /// <param name="changes">What is to be sent.</param>
    /// <param name="current">The credential as it is, when that is known.</param>
    public string Describe(ByokKeyChanges changes, ByokKey? current) => string.Join("; ", Parts(changes, current));

    private IEnumerable<string> Parts(ByokKeyChanges changes, ByokKey? current)
    {
        if (changes.Key is not null)
        {
            yield return Change(nameof(changes.Key), current?.Label, Messages.NewKeyValue);
        }

        foreach (var (setting, value) in changes.Settings)
        {
            var old = current is null ? null : Show(setting, setting.ValueOf(current));
            yield return Change(setting.Property, old, Show(setting, value));
        }
    }

    private static string Change(string property, string? old, string wanted) => old is null
        ? Messages.Format(Messages.SettingNew, property, wanted)
        : Messages.Format(Messages.SettingChange, property, old, wanted);

    private string Show(CredentialSetting setting, object? value) => value switch
    {
        null => setting.NullText ?? "",
        string text => setting is TextSetting { IsFreeText: true } ? $"'{text}'" : text,
        IReadOnlyList<string> entries => Show(setting, entries),
        _ => $"{value}",
    };

    private string Show(CredentialSetting list, IReadOnlyList<string> entries) => Messages.List(
        [.. entries.Select(entry => AllowListNames.Describe(list, entry, seen))], MaximumEntries);
}
