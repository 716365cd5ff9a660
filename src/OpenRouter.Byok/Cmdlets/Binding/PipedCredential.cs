using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Security;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>
/// Reads any object that describes a credential: one of Get-OpenRouterByokKey, a row of a CSV file, an object of JSON,
/// a hashtable. Names may be those of the properties, of the parameters of New-OpenRouterByokKey, or of the API. A
/// blank text is no value, as in a CSV file.
/// </summary>
/// <remarks>What it cannot read it does not repeat, since a row may hold secrets.</remarks>
internal sealed class PipedCredential
{
    private static readonly ReferenceArgumentAttribute Workspaces =
        new(typeof(OpenRouterWorkspace), nameof(OpenRouterWorkspace.Id));

    private readonly PipedProperties properties;
    private readonly object input;

    public PipedCredential(object input)
    {
        this.input = input;
        properties = new PipedProperties(input);
    }

    /// <summary>The slug of the provider; null when it names none.</summary>
    public string? Provider => Text(nameof(ByokKey.Provider))?.Trim().ToLowerInvariant();

    public string? WorkspaceId => Text(nameof(ByokKey.WorkspaceId));

    /// <summary>The name, slug or id of the workspace.</summary>
    public string? Workspace => References(Workspaces, "Workspace") switch
    {
        null => null,
        [var only] => only,
        _ => throw Unreadable("Workspace"),
    };

    /// <summary>It describes a credential that there is, or was, and that belongs to no workspace.</summary>
    public bool IsGlobal => properties.Contain(nameof(ByokKey.WorkspaceId))
        && (WorkspaceId ?? Workspace) is null
        && KeyIdArgumentAttribute.Instance.Find(properties.Value(nameof(ByokKey.Id))) is not null;

    /// <summary>What it says of the settings; what it does not say is absent.</summary>
    /// <exception cref="OpenRouterException">A value is not of its type.</exception>
    public ByokKeyChanges ReadSettings()
    {
        var changes = new ByokKeyChanges
        {
            Key = (SecureString?)SecretArgumentAttribute.Instance.Transform(null, properties.Value("Key")),
        };
        foreach (var setting in CredentialSettings.All)
        {
            if (Read(setting) is { } value)
            {
                changes = changes.WithValue(setting, value);
            }
        }

        return changes;
    }

    /// <summary>The credential as a whole.</summary>
    /// <remarks>Nothing is looked up, so names of API keys, members and workspaces are refused.</remarks>
    /// <exception cref="OpenRouterException">It has no provider, or a value is not of its type.</exception>
    public ByokKey ToByokKey()
    {
        if (Arguments.Unwrap(input) is ByokKey key)
        {
            return key;
        }

        var settings = ReadSettings();
        foreach (var list in CredentialSettings.Lists)
        {
            if (settings.Get(list).Value is NameList names && !names.All(name => AllowListNames.IsId(list, name)))
            {
                throw NeedsLookUp(list.ClearName);
            }
        }

        if (Workspace is { } workspace && !NameResolver.IsWorkspaceId(workspace))
        {
            throw NeedsLookUp("Workspace");
        }

        return new ByokKey(settings)
        {
            Id = Text("Id") ?? "",
            Provider = Provider ?? throw new OpenRouterException(
                ErrorReason.InvalidArgument, Messages.NotACredential, IdArgumentAttribute.Describe(input)),
            Label = Text("Label") ?? "",
            WorkspaceId = WorkspaceId ?? Workspace,
            SortOrder = Number("SortOrder") ?? RouteText.PlannedOrder,
            CreatedAt = Time("CreatedAt"),
        };
    }

    private object? Read(CredentialSetting setting) => setting switch
    {
        TextSetting => Text(setting.PipedNames),
        ListSetting list => Validate.OneForm(list, NamesOn(list), List(list.PipedNames)),
        _ => Flag(setting.PipedNames),
    };

    private NameList? NamesOn(ListSetting list)
    {
        if (list.Names is not { } names)
        {
            return null;
        }

        var references = new ReferenceArgumentAttribute(names.Type, names.IdProperty) { SplitsText = true };
        return References(references, names.PipedNames) is { } entries ? new NameList(entries) : null;
    }

    private string? Text(params IReadOnlyList<string> names) =>
        properties.Value(names) is { } value ? TextOf(value, names[0]) : null;

    private static string TextOf(object? value, string name) =>
        Arguments.TextOf(value) is var text && Arguments.DescriptionIn(text) is null ? text : throw Unreadable(name);

    private bool? Flag(params IReadOnlyList<string> names) => properties.Value(names) switch
    {
        null => null,
        bool flag => flag,
        SwitchParameter given => given.ToBool(),
        var other => Arguments.BooleanOf($"{other}") ?? throw Unreadable(names[0]),
    };

    private string[]? List(params IReadOnlyList<string> names) => properties.Value(names) switch
    {
        null => null,
        string text => EntriesArgumentAttribute.Split(text),
        var other => [.. EntriesArgumentAttribute.Entries(other).Select(entry => TextOf(entry, names[0]))],
    };

    private string[]? References(ReferenceArgumentAttribute references, params IReadOnlyList<string> names) =>
        properties.Raw(names) is { } value
            ? [.. references.Read(value).Select(entry => TextOf(entry, names[0]))]
            : null;

    private int? Number(string name) => properties.Value(name) is not { } value ? null
        : LanguagePrimitives.TryConvertTo<int>(value, out var number) ? number
        : throw Unreadable(name);

    // Export-Csv writes times as the culture has them; Export-Clixml writes them as objects with many properties.
    private DateTimeOffset? Time(string name) => properties.Raw(name) switch
    {
        null => null,
        PSObject wrapped when wrapped.Properties["UtcDateTime"]?.Value is DateTime utc => new DateTimeOffset(utc),
        DateTimeOffset time => time,
        DateTime time => new DateTimeOffset(time),
        var value => DateTimeOffset.TryParse($"{value}", null, DateTimeStyles.AssumeUniversal, out var time) ? time
            : throw Unreadable(name),
    };

    private static OpenRouterException NeedsLookUp(string parameter) =>
        new(ErrorReason.InvalidArgument, Messages.PipedName, parameter);

    private static OpenRouterException Unreadable(string name) =>
        new(ErrorReason.InvalidArgument, Messages.CredentialField, name);
}
