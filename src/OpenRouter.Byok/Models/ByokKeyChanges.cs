using System.Collections.Generic;
using System.Linq;
using System.Security;

namespace OpenRouter.Byok;

/// <summary>What a create or an update sends. An absent field is not sent; a null one is sent as JSON null.</summary>
/// <remarks>Immutable: what changes one returns another.</remarks>
internal sealed record ByokKeyChanges
{
    private Dictionary<CredentialSetting, object?> Values { get; init; } = [];

    public SecureString? Key { get; init; }

    public Optional<string?> Name => Get(CredentialSettings.Name);

    public bool IsEmpty => Key is null && Values.Count == 0;

    /// <summary>The settings that are there, in the order of the table.</summary>
    public IEnumerable<(CredentialSetting Setting, object? Value)> Settings =>
        CredentialSettings.All.Where(Has).Select(setting => (setting, Values[setting]));

    public bool Has(CredentialSetting setting) => Values.ContainsKey(setting);

    public Optional<T> Get<T>(CredentialSetting<T> setting) =>
        Values.TryGetValue(setting, out var value) ? new Optional<T>((T)value!, IsPresent: true) : default;

    public ByokKeyChanges With<T>(CredentialSetting<T> setting, T value) => WithValue(setting, value);

    /// <summary>The same for a value whose type only the setting knows.</summary>
    public ByokKeyChanges WithValue(CredentialSetting setting, object? value) => this with
    {
        Values = new Dictionary<CredentialSetting, object?>(Values) { [setting] = value },
    };

    public ByokKeyChanges Without(CredentialSetting setting)
    {
        var others = new Dictionary<CredentialSetting, object?>(Values);
        others.Remove(setting);
        return this with { Values = others };
    }

    /// <summary>These changes, and where they are absent the others.</summary>
    public ByokKeyChanges Or(ByokKeyChanges others)
    {
        var all = new Dictionary<CredentialSetting, object?>(others.Values);
        foreach (var (setting, value) in Settings)
        {
            all[setting] = value;
        }

        return new ByokKeyChanges { Key = Key ?? others.Key, Values = all };
    }
}

/// <summary>A credential to create. Without a workspace the account's default one is meant.</summary>
internal sealed record NewByokKey(string Provider, SecureString Key, string? WorkspaceId, ByokKeyChanges Settings);
