using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>
/// The properties of an object that is one credential, by the names that a configuration has for them. A blank text or
/// null is no value, as in a CSV file, where a list is one text.
/// </summary>
internal static class CredentialRow
{
    private const string Workspace = "workspace";

    private static readonly StringComparer Names = StringComparer.OrdinalIgnoreCase;

    private static readonly string[] Flags = ["disabled", "isFallback", "isRequired", "isByokOnly", "declaredZdr"];

    // What Get-OpenRouterByokKey and jobs of PowerShell add, and no configuration can set.
    private static readonly string[] LeftOut =
    [
        "label", "sortOrder", "createdAt", "additionalProperties", "PSComputerName", "RunspaceId",
        "PSShowComputerName",
    ];

    private static readonly ReferenceArgumentAttribute ApiKeys =
        new(typeof(OpenRouterApiKey), nameof(OpenRouterApiKey.Hash)) { SplitsText = true };

    private static readonly ReferenceArgumentAttribute Members =
        new(typeof(OpenRouterMember), nameof(OpenRouterMember.Id)) { SplitsText = true };

    /// <summary>Whether it is an object of Get-OpenRouterByokKey, or was one before it was restored.</summary>
    public static bool IsCredential(object value)
    {
        const string Type = Arguments.ModuleTypes + nameof(ByokKey);
        return PSObject.AsPSObject(value).TypeNames.Any(name => name is Type or Arguments.Restored + Type);
    }

    public static IReadOnlyList<(string Name, object? Value)> Read(IReadOnlyList<(string Name, object? Value)> all)
    {
        List<(string Name, object? Value)> given =
        [
            .. from property in all
               where !IsBlank(property.Value)
               let name = property.Name.Replace("_", "")
               where !LeftOut.Contains(name, Names)
               select (name, property.Value),
        ];
        var hasWorkspace = given.Exists(static property => Names.Equals(property.Name, Workspace));
        return
        [
            .. from property in given
               where !(hasWorkspace && Names.Equals(property.Name, nameof(ByokKey.WorkspaceId)))
               let name = NameOf(property.Name)
               select (name, Arguments.Unwrap(property.Value) is string text ? Read(name, text) : property.Value),
        ];
    }

    // Neither a calculated property of Select-Object without a value nor an empty cell of a DataRow is $null.
    private static bool IsBlank(object? value) => ScalarValue.TryRead(value, out var read)
        && (read is null || (read is string text && string.IsNullOrWhiteSpace(text)));

    private static string NameOf(string property) => property switch
    {
        _ when Names.Equals(property, nameof(ByokKey.AllowedApiKeyHashes)) => "allowedApiKeys",
        _ when Names.Equals(property, nameof(ByokKey.AllowedUserIds)) => "allowedUsers",
        _ when Names.Equals(property, nameof(ByokKey.WorkspaceId)) => Workspace,
        _ => property,
    };

    // Names of API keys and members may have spaces and commas, which models have not.
    private static object? Read(string name, string text) => name switch
    {
        _ when Flags.Contains(name, Names) => Arguments.BooleanOf(text) is { } flag ? flag : text,
        _ when Names.Equals(name, "allowedModels") => EntriesArgumentAttribute.Split(text),
        _ when Names.Equals(name, "allowedApiKeys") => ApiKeys.Read(text),
        _ when Names.Equals(name, "allowedUsers") => Members.Read(text),
        _ => text,
    };
}
