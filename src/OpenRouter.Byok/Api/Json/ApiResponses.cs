using System.Text.Json.Serialization;

namespace OpenRouter.Byok.Api.Json;

internal sealed record DeletedResponse([property: JsonPropertyName("deleted")] bool? Deleted);

internal sealed record CurrentKeyResponse([property: JsonPropertyName("data")] CurrentKey? Data);

/// <summary>The key that authorizes a request. IsProvisioningKey is the former name of IsManagementKey.</summary>
internal sealed record CurrentKey(
    [property: JsonPropertyName("label")] string? Label,
    [property: JsonPropertyName("is_management_key")] bool? IsManagementKey,
    [property: JsonPropertyName("is_provisioning_key")] bool? IsProvisioningKey);

internal sealed record ErrorResponse([property: JsonPropertyName("error")] ErrorDetail? Error);

internal sealed record ErrorDetail([property: JsonPropertyName("message")] string? Message);
