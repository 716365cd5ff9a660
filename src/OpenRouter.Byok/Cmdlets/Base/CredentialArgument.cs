using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>
/// Reads any object that has a provider as a credential: a row of an inventory, a line of a plan, an object of JSON.
/// Names may be those of the properties, of the parameters of New-OpenRouterByokKey, or of the API.
/// </summary>
internal sealed class CredentialArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.Unwrap(inputData) switch
        {
            null or ByokKey or ByokKey[] => inputData,
            string => throw new ArgumentTransformationMetadataException(Messages.NotACredential),
            IDictionary entries =>
                Read(entries.Keys.Cast<object>().Select(name => new Field($"{name}", () => entries[name]))),
            IEnumerable several => several.Cast<object?>()
                .Select(one => one is null ? null : Transform(engineIntrinsics, one))
                .ToArray(),
            _ => Read(PSObject.AsPSObject(inputData).Properties.Select(one => new Field(one.Name, () => one.Value))),
        };

    private static ByokKey Read(IEnumerable<Field> fields)
    {
        var credential = new CredentialFields(fields);
        return new ByokKey
        {
            Id = credential.Text("Id") ?? "",
            Provider = credential.Text("Provider")
                ?? throw new ArgumentTransformationMetadataException(Messages.NotACredential),
            Name = credential.Text("Name"),
            Label = credential.Text("Label") ?? "",
            WorkspaceId = credential.Text("WorkspaceId"),
            Disabled = credential.Flag("Disabled") ?? false,
            IsFallback = credential.Flag("IsFallback", "Fallback") ?? false,
            IsRequired = credential.Flag("IsRequired", "Required") ?? false,
            IsByokOnly = credential.Flag("IsByokOnly", "ByokOnly") ?? false,
            DeclaredZdr = credential.Flag("DeclaredZdr"),
            DeclaredRegion = credential.Text("DeclaredRegion"),
            AllowedModels = credential.List("AllowedModels", "AllowedModel"),
            AllowedApiKeyHashes = credential.List("AllowedApiKeyHashes", "AllowedApiKeyHash"),
            AllowedUserIds = credential.List("AllowedUserIds", "AllowedUserId"),
            SortOrder = credential.Number("SortOrder") ?? RouteWords.PlannedOrder,
            CreatedAt = credential.Time("CreatedAt"),
        };
    }

    private readonly record struct Field(string Name, Func<object?> Value);

    /// <summary>The fields of one object. A blank text is no value, as in a CSV file.</summary>
    private sealed class CredentialFields
    {
        private readonly Dictionary<string, Func<object?>> fields = new(StringComparer.OrdinalIgnoreCase);

        public CredentialFields(IEnumerable<Field> fields)
        {
            // The API writes sort_order for SortOrder.
            foreach (var field in fields) this.fields[field.Name.Replace("_", "")] = field.Value;
        }

        public string? Text(string name) => Value(name)?.ToString();

        public bool? Flag(params string[] names) => Value(names) switch
        {
            null => null,
            bool flag => flag,
            SwitchParameter given => given.ToBool(),
            var other => Arguments.ToBoolean($"{other}"),
        };

        public AllowList? List(params string[] names) => Value(names) switch
        {
            null => null,
            string text => new AllowList(EntriesArgumentAttribute.Split(text)),
            IEnumerable entries => new AllowList(entries.Cast<object?>().Select(entry => $"{entry}").ToArray()),
            var other => new AllowList([$"{other}"]),
        };

        public int? Number(string name) => Value(name) is not { } value ? null
            : LanguagePrimitives.TryConvertTo<int>(value, out var number) ? number
            : throw Unreadable(name, value);

        // Export-Csv writes times as the culture has them; Export-Clixml writes them as objects with many properties.
        public DateTimeOffset? Time(string name) => Raw(name) switch
        {
            null => null,
            PSObject wrapped when wrapped.Properties["UtcDateTime"]?.Value is DateTime utc => new DateTimeOffset(utc),
            DateTimeOffset time => time,
            DateTime time => new DateTimeOffset(time),
            var value => DateTimeOffset.TryParse($"{value}", null, DateTimeStyles.AssumeUniversal, out var time) ? time
                : throw Unreadable(name, value),
        };

        private object? Raw(string name) => Value(name) is null ? null : fields[name]();

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

        private static ArgumentTransformationMetadataException Unreadable(string name, object value) =>
            new(Errors.Text.Of(Messages.CredentialField, name, value));
    }
}
