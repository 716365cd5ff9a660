using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Byok.Configuration;

/// <summary>
/// Settings of credentials. Thousands of credentials may have the same ones, which are kept once then.
/// </summary>
internal sealed class EqualSettings
{
    private readonly Dictionary<int, ByokKeyChanges> byHash = [];

    /// <param name="settings">Settings, each at most once, which are in the order of the table.</param>
    public ByokKeyChanges Of(List<(CredentialSetting Setting, object? Value)> settings)
    {
        var hash = 0;
        foreach (var pair in settings)
        {
            hash = unchecked((hash * 31) + pair.GetHashCode());
        }

        if (!byHash.TryGetValue(hash, out var known) || !known.Settings.SequenceEqual(settings))
        {
            known = ByokKeyChanges.Of([.. settings]);
            byHash[hash] = known;
        }

        return known;
    }
}
