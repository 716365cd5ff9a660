using System;
using System.Collections;
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

    private static readonly ReferenceArgumentAttribute ApiKeys =
        new(typeof(OpenRouterApiKey), nameof(OpenRouterApiKey.Hash)) { SplitsText = true };

    private static readonly ReferenceArgumentAttribute Members =
        new(typeof(OpenRouterMember), nameof(OpenRouterMember.Id)) { SplitsText = true };

    private readonly Dictionary<string, Func<object?>> fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly object input;

    public PipedCredential(object input)
    {
        this.input = input;
        if (Arguments.Unwrap(input) is IDictionary entries)
        {
            foreach (DictionaryEntry entry in entries) Add($"{entry.Key}", () => entry.Value);
        }
        else
        {
            foreach (var property in PSObject.AsPSObject(input).Properties) Add(property.Name, () => property.Value);
        }
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

    /// <summary>Names or hashes of API keys.</summary>
    public IReadOnlyList<string>? AllowedApiKeys => References(ApiKeys, "AllowedApiKeys", "AllowedApiKey");

    /// <summary>Names, e-mail addresses or ids of members.</summary>
    public IReadOnlyList<string>? AllowedUsers => References(Members, "AllowedUsers", "AllowedUser");

    /// <summary>It describes a credential that there is, or was, and that belongs to no workspace.</summary>
    public bool IsGlobal => fields.ContainsKey(nameof(ByokKey.WorkspaceId))
        && (WorkspaceId ?? Workspace) is null
        && KeyIdArgumentAttribute.Instance.Find(Value(nameof(ByokKey.Id))) is not null;

    /// <summary>What it says of the settings; what it does not say is absent.</summary>
    /// <remarks>API keys and members are names if they were given so.</remarks>
    /// <exception cref="OpenRouterException">A value is not of its type.</exception>
    public ByokKeyChanges Settings => new()
    {
        Key = (SecureString?)SecretArgumentAttribute.Instance.Transform(null, Value("Key")),
        Name = Given(Text("Name")),
        AllowedModels = Given<IReadOnlyList<string>>(List("AllowedModels", "AllowedModel")),
        AllowedApiKeyHashes = Validate.OneOf(
            "AllowedApiKey", Given(AllowedApiKeys),
            "AllowedApiKeyHash",
            Given<IReadOnlyList<string>>(List("AllowedApiKeyHashes", "AllowedApiKeyHash", "Hash"))),
        AllowedUserIds = Validate.OneOf(
            "AllowedUser", Given(AllowedUsers),
            "AllowedUserId", Given<IReadOnlyList<string>>(List("AllowedUserIds", "AllowedUserId"))),
        Disabled = Flag("Disabled"),
        IsFallback = Flag("IsFallback", "Fallback"),
        IsRequired = Flag("IsRequired", "Required"),
        IsByokOnly = Flag("IsByokOnly", "ByokOnly"),
        DeclaredZdr = Flag("DeclaredZdr") is { IsPresent: true, Value: var zdr }
            ? new Optional<bool?>(zdr, IsPresent: true)
            : default,
        DeclaredRegion = Given(Text("DeclaredRegion")),
    };

    /// <summary>The credential as a whole.</summary>
    /// <remarks>Nothing is looked up, so names of API keys, members and workspaces are refused.</remarks>
    /// <exception cref="OpenRouterException">It has no provider, or a value is not of its type.</exception>
    public ByokKey ToByokKey()
    {
        if (Arguments.Unwrap(input) is ByokKey key) return key;
        RequireIds("AllowedApiKey", AllowedApiKeys, NameResolver.IsApiKeyHash);
        RequireIds("AllowedUser", AllowedUsers, NameResolver.IsUserId);
        RequireIds("Workspace", Workspace is { } workspace ? [workspace] : null, NameResolver.IsWorkspaceId);
        var settings = Settings;
        return new ByokKey
        {
            Id = Text("Id") ?? "",
            Provider = Provider ?? throw new OpenRouterException(
                ErrorReason.InvalidArgument, Messages.NotACredential, IdArgumentAttribute.Describe(input)),
            Name = settings.Name.Value,
            Label = Text("Label") ?? "",
            WorkspaceId = WorkspaceId ?? Workspace,
            Disabled = settings.Disabled.Value,
            IsFallback = settings.IsFallback.Value,
            IsRequired = settings.IsRequired.Value,
            IsByokOnly = settings.IsByokOnly.Value,
            DeclaredZdr = settings.DeclaredZdr.Value,
            DeclaredRegion = settings.DeclaredRegion.Value,
            AllowedModels = AllowListOf(settings.AllowedModels),
            AllowedApiKeyHashes = AllowListOf(settings.AllowedApiKeyHashes),
            AllowedUserIds = AllowListOf(settings.AllowedUserIds),
            SortOrder = Number("SortOrder") ?? RouteText.PlannedOrder,
            CreatedAt = Time("CreatedAt"),
        };
    }

    // The API writes sort_order for SortOrder.
    private void Add(string name, Func<object?> read) => fields[name.Replace("_", "")] = read;

    private static AllowList? AllowListOf(Optional<IReadOnlyList<string>?> list) =>
        list.Value is { } entries ? new AllowList(entries.ToArray()) : null;

    private static Optional<T?> Given<T>(T? value)
        where T : class => value is null ? default : new Optional<T?>(value, IsPresent: true);

    private static void RequireIds(string name, IReadOnlyList<string>? entries, Func<string, bool> isId)
    {
        if (entries?.All(isId) is false)
        {
            throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.PipedName, name);
        }
    }

    private string? Text(string name) => Value(name) is { } value ? TextOf(value, name) : null;

    private static string TextOf(object? value, string name) =>
        Arguments.TextOf(value) is var text && Arguments.DescriptionIn(text) is null ? text : throw Unreadable(name);

    private Optional<bool> Flag(params string[] names) => Value(names) switch
    {
        null => default(Optional<bool>),
        bool flag => flag,
        SwitchParameter given => given.ToBool(),
        var other => Arguments.BooleanOf($"{other}") ?? throw Unreadable(names[0]),
    };

    private string[]? List(params string[] names) => Value(names) switch
    {
        null => null,
        string text => EntriesArgumentAttribute.Split(text),
        var other => [.. EntriesArgumentAttribute.Entries(other).Select(entry => TextOf(entry, names[0]))],
    };

    private string[]? References(ReferenceArgumentAttribute references, params string[] names) => Raw(names) switch
    {
        null => null,
        var value => [.. references.Read(value).Select(entry => TextOf(entry, names[0]))],
    };

    private int? Number(string name) => Value(name) is not { } value ? null
        : LanguagePrimitives.TryConvertTo<int>(value, out var number) ? number
        : throw Unreadable(name);

    // Export-Csv writes times as the culture has them; Export-Clixml writes them as objects with many properties.
    private DateTimeOffset? Time(string name) => Raw(name) switch
    {
        null => null,
        PSObject wrapped when wrapped.Properties["UtcDateTime"]?.Value is DateTime utc => new DateTimeOffset(utc),
        DateTimeOffset time => time,
        DateTime time => new DateTimeOffset(time),
        var value => DateTimeOffset.TryParse($"{value}", null, DateTimeStyles.AssumeUniversal, out var time) ? time
            : throw Unreadable(name),
    };

    private object? Value(params string[] names) => Arguments.Unwrap(Raw(names));

    /// <summary>The first value that is there, as it is.</summary>
    private object? Raw(params string[] names)
    {
        foreach (var name in names)
        {
            if (!fields.TryGetValue(name, out var read)) continue;
            var value = read();
            if (Arguments.Unwrap(value) is not (null or string)) return value;
            if (!string.IsNullOrWhiteSpace(Arguments.Unwrap(value) as string)) return value;
        }

        return null;
    }

    private static OpenRouterException Unreadable(string name) =>
        new(ErrorReason.InvalidArgument, Messages.CredentialField, name);
}
