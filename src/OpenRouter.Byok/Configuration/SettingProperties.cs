using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Byok.Configuration;

/// <summary>What the settings of a credential are called in a configuration.</summary>
internal static class SettingProperties
{
    /// <summary>The settings beside the name, in the order in which they are written.</summary>
    public static readonly IReadOnlyList<CredentialSetting> All =
        [.. CredentialSettings.All.Where(setting => setting != CredentialSettings.Name)];

    public static readonly IReadOnlyList<string> Names = [.. All.Select(NameOf)];

    /// <summary>The property, such as isRequired, or allowedApiKeys for what may be given by name.</summary>
    public static string NameOf(CredentialSetting setting)
    {
        var name = setting is ListSetting { Names: { } entries } ? entries.PipedNames[0] : setting.Property;
        return char.ToLowerInvariant(name[0]) + name.Substring(1);
    }
}
