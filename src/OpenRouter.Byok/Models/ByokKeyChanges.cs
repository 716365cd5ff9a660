using System.Collections.Generic;
using System.Linq;
using System.Security;

namespace OpenRouter.Byok;

/// <summary>What a create or an update sends. An absent field is not sent; a null one is sent as JSON null.</summary>
/// <remarks>Immutable: what changes one returns another.</remarks>
internal sealed record ByokKeyChanges
{
    public static readonly ByokKeyChanges None = new();

    // In the order of the table. There are so few that an array is smaller and faster than a dictionary.
    private (CredentialSetting Setting, object? Value)[] Values { get; init; } = [];

    public SecureString? Key { get; init; }

    public Optional<string?> Name => Get(CredentialSettings.Name);

    /// <summary>
    /// Settings, each at most once, which are in the order of the table. The array must not be changed afterwards.
    /// </summary>
    public static ByokKeyChanges Of((CredentialSetting Setting, object? Value)[] settings) => new()
    {
        Values = settings,
    };

    public bool IsEmpty => Key is null && Values.Length == 0;

    /// <summary>The settings that are there, in the order of the table.</summary>
    public IReadOnlyList<(CredentialSetting Setting, object? Value)> Settings => Values;

    public bool Has(CredentialSetting setting) => IndexOf(setting) >= 0;

    public Optional<T> Get<T>(CredentialSetting<T> setting) =>
        IndexOf(setting) is >= 0 and var index ? new Optional<T>((T)Values[index].Value!, IsPresent: true) : default;

    public ByokKeyChanges With<T>(CredentialSetting<T> setting, T value) => WithValue(setting, value);

    /// <summary>The same for a value whose type only the setting knows.</summary>
    public ByokKeyChanges WithValue(CredentialSetting setting, object? value) =>
        new ByokKeyChanges { Key = Key, Values = [(setting, value)] }.Or(this);

    public ByokKeyChanges Without(CredentialSetting setting) =>
        this with { Values = [.. Values.Where(pair => pair.Setting != setting)] };

    /// <summary>These changes, and where they are absent the others.</summary>
    public ByokKeyChanges Or(ByokKeyChanges others)
    {
        var values = new List<(CredentialSetting, object?)>(CredentialSettings.All.Count);
        for (var index = 0; index < CredentialSettings.All.Count; index++)
        {
            var setting = CredentialSettings.All[index];
            var owner = Has(setting) ? this : others;
            if (owner.IndexOf(setting) is >= 0 and var place)
            {
                values.Add(owner.Values[place]);
            }
        }

        return new ByokKeyChanges { Key = Key ?? others.Key, Values = [.. values] };
    }

    private int IndexOf(CredentialSetting setting)
    {
        for (var index = 0; index < Values.Length; index++)
        {
            if (Values[index].Setting == setting)
            {
                return index;
            }
        }

        return -1;
    }
}

/// <summary>A credential to create. Without a workspace the account's default one is meant.</summary>
internal sealed record NewByokKey(string Provider, SecureString Key, string? WorkspaceId, ByokKeyChanges Settings);
