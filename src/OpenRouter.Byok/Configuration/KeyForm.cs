using System;
using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Byok.Configuration;

/// <summary>The JSON that the key of a provider is, where the form is documented.</summary>
/// <param name="Fields">The names of its fields, or of those of its entries.</param>
internal sealed record KeyForm(IReadOnlyList<string> Fields)
{
    private static readonly KeyForm Regional = new(["api_key", "region"]);

    private static readonly Dictionary<string, KeyForm> Forms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["azure"] = new(["api_key", "resource_name", "resource_type", "model_slug", "endpoint_url", "model_id"])
        {
            IsArray = true,
        },
        ["amazon-bedrock"] = new(["accessKeyId", "secretAccessKey", "region"]),
        ["google-vertex"] = new(
        [
            "type", "project_id", "private_key_id", "private_key", "client_email", "client_id", "auth_uri",
            "token_uri", "auth_provider_x509_cert_url", "client_x509_cert_url", "universe_domain", "region", "bucket",
        ])
        {
            IsOpen = true,
        },
        ["openai"] = Regional,
        ["fireworks"] = Regional,
    };

    /// <summary>Whether it is an array of entries with these fields.</summary>
    public bool IsArray { get; init; }

    /// <summary>Whether it may have other fields than these.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The form for a provider; null when it is not documented, or always plain text.</summary>
    public static KeyForm? Of(string provider) => Forms.TryGetValue(provider, out var form) ? form : null;

    /// <summary>The field as the provider writes it; null when it has no such field.</summary>
    public string? Find(PropertyNode property) =>
        Fields.FirstOrDefault(field => property.Position.Source.Names.Equals(field, property.Name));

    /// <summary>Whether the object has at least one of the fields.</summary>
    public bool IsLike(ObjectNode node) => node.Properties.Any(property => Find(property) is not null);
}
