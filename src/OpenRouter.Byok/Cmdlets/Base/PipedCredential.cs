using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>
/// Reads any object that describes a credential: one of Get-OpenRouterByokKey, a row of a CSV file, an object of JSON,
/// a hashtable. Names may be those of the properties, of the parameters of New-OpenRouterByokKey, or of the API. A
/// blank text is no value, as in a CSV file.
/// </summary>
/// <remarks>What it cannot read it does not repeat, since a row may hold secrets.</remarks>
internal sealed class PipedCredential
{
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

    /// <summary>It describes a credential that there is, or was, and that belongs to no workspace.</summary>
    public bool IsGlobal => fields.ContainsKey(nameof(ByokKey.WorkspaceId))
        && WorkspaceId is null
        && Text(nameof(ByokKey.Id)) is { } id
        && Uuid.Normalize(id) is not null;

    /// <summary>What it says of the settings; what it does not say is absent.</summary>
    /// <exception cref="OpenRouterException">A value is not of its type.</exception>
    public ByokKeyChanges Settings => new()
    {
        Name = Given(Text("Name")),
        AllowedModels = Given<IReadOnlyList<string>>(List("AllowedModels", "AllowedModel")),
        AllowedApiKeyHashes = Given<IReadOnlyList<string>>(List("AllowedApiKeyHashes", "AllowedApiKeyHash")),
        AllowedUserIds = Given<IReadOnlyList<string>>(List("AllowedUserIds", "AllowedUserId")),
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
    /// <exception cref="OpenRouterException">It has no provider, or a value is not of its type.</exception>
    public ByokKey ToByokKey()
    {
        if (Arguments.Unwrap(input) is ByokKey key) return key;
        var settings = Settings;
        return new ByokKey
        {
            Id = Text("Id") ?? "",
            Provider = Provider ?? throw new OpenRouterException(
                ErrorReason.InvalidArgument, Messages.NotACredential, IdArgumentAttribute.Describe(input)),
            Name = settings.Name.Value,
            Label = Text("Label") ?? "",
            WorkspaceId = WorkspaceId,
            Disabled = settings.Disabled.Value,
            IsFallback = settings.IsFallback.Value,
            IsRequired = settings.IsRequired.Value,
            IsByokOnly = settings.IsByokOnly.Value,
            DeclaredZdr = settings.DeclaredZdr.Value,
            DeclaredRegion = settings.DeclaredRegion.Value,
            AllowedModels = AllowListOf(settings.AllowedModels),
            AllowedApiKeyHashes = AllowListOf(settings.AllowedApiKeyHashes),
            AllowedUserIds = AllowListOf(settings.AllowedUserIds),
            SortOrder = Number("SortOrder") ?? RouteWords.PlannedOrder,
            CreatedAt = Time("CreatedAt"),
        };
    }

    // The API writes sort_order for SortOrder.
    private void Add(string name, Func<object?> read) => fields[name.Replace("_", "")] = read;

    private static AllowList? AllowListOf(Optional<IReadOnlyList<string>?> list) =>
        list.Value is { } entries ? new AllowList(entries.ToArray()) : null;

    private static Optional<T?> Given<T>(T? value)
        where T : class => value is null ? default : new Optional<T?>(value, IsPresent: true);

    private string? Text(string name) => Value(name)?.ToString();

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
        IEnumerable entries => [.. entries.Cast<object?>().Select(entry => $"{entry}")],
        var other => [$"{other}"],
    };

    private int? Number(string name) => Value(name) is not { } value ? null
        : LanguagePrimitives.TryConvertTo<int>(value, out var number) ? number
        : throw Unreadable(name);

    // Export-Csv writes times as the culture has them; Export-Clixml writes them as objects with many properties.
    private DateTimeOffset? Time(string name) => (Value(name) is null ? null : fields[name]()) switch
    {
        null => null,
        PSObject wrapped when wrapped.Properties["UtcDateTime"]?.Value is DateTime utc => new DateTimeOffset(utc),
        DateTimeOffset time => time,
        DateTime time => new DateTimeOffset(time),
        var value => DateTimeOffset.TryParse($"{value}", null, DateTimeStyles.AssumeUniversal, out var time) ? time
            : throw Unreadable(name),
    };

    private object? Value(params string[] names)
    {
        foreach (var name in names)
        {
            if (!fields.TryGetValue(name, out var read)) continue;
            var value = Arguments.Unwrap(read());
            if (value is not null && !(value is string text && string.IsNullOrWhiteSpace(text))) return value;
        }

        return null;
    }

    private static OpenRouterException Unreadable(string name) =>
        new(ErrorReason.InvalidArgument, Messages.CredentialField, name);
}
