using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Security;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>
/// Reads the settings that were typed to New and Set. They must hold something: an empty value may be a look-up that
/// found nothing, and must not lift a restriction.
/// </summary>
/// <param name="cmdlet">The cmdlet, whose properties hold the values.</param>
/// <param name="typed">The parameters that were typed, be it as null.</param>
/// <param name="parameterOf">The cmdlet's parameter for a setting.</param>
/// <param name="adviceIfEmpty">What to do about a parameter that was typed with nothing in it.</param>
internal sealed class TypedSettings(
    Cmdlet cmdlet,
    ICollection<string> typed,
    Func<CredentialSetting, string> parameterOf,
    Func<string, string> adviceIfEmpty)
{
    /// <summary>The settings as they were typed. API keys and members may still be names.</summary>
    /// <exception cref="OpenRouterException">
    /// A value breaks a rule of the API, or was typed with nothing in it.
    /// </exception>
    public ByokKeyChanges Read()
    {
        var changes = new ByokKeyChanges { Key = Value("Key") is SecureString key ? Validate.ProviderKey(key) : null };
        foreach (var setting in CredentialSettings.All)
        {
            if (Read(setting) is { } value)
            {
                changes = changes.WithValue(setting, value);
            }
        }

        return changes;
    }

    /// <summary>A text as it was typed; null when it was not.</summary>
    public string? Text(string parameter) =>
        Value(parameter) is string text ? Validate.NotBlank(parameter, text) : null;

    /// <summary>The entries of a list as they were typed; none when they were not.</summary>
    public IReadOnlyList<string> Entries(string parameter) =>
        Value(parameter) is string[] entries ? Validate.Entries(parameter, entries) : [];

    private object? Read(CredentialSetting setting)
    {
        var parameter = parameterOf(setting);
        return setting switch
        {
            TextSetting text => Text(parameter) is { } value ? Validate.Text(text, value) : null,
            ListSetting list => Validate.OneForm(list, Names(list), Ids(list, parameter)),
            _ => Value(parameter) switch
            {
                SwitchParameter flag => flag.ToBool(),
                var value => value,
            },
        };
    }

    private NameList? Names(ListSetting list) => list.Names is { } names && Value(names.Parameter) is string[] entries
        ? new NameList([.. Validate.Entries(names.Parameter, entries)])
        : null;

    private IReadOnlyList<string>? Ids(ListSetting list, string parameter) =>
        Value(parameter) is string[] entries ? Validate.Ids(list, parameter, entries) : null;

    /// <summary>The value of a parameter that was typed; null when it was not.</summary>
    private object? Value(string parameter)
    {
        if (!typed.Contains(parameter))
        {
            return null;
        }

        // The value of a script block is in the property, and nowhere else.
        var value = cmdlet.GetType().GetProperty(parameter)?.GetValue(cmdlet);
        return !IsEmpty(value)
            ? value
            : throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.EmptySetting, parameter)
            {
                Advice = adviceIfEmpty(parameter),
            };
    }

    private static bool IsEmpty(object? value) => value switch
    {
        null => true,
        string text => string.IsNullOrWhiteSpace(text),
        string[] entries => entries.Length == 0 || (entries.Length == 1 && IsEmpty(entries[0])),
        _ => false,
    };
}
