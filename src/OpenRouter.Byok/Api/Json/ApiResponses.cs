using System.Text.Json.Serialization;

namespace OpenRouter.Byok.Api.Json;

internal sealed record DeletedResponse([property: JsonPropertyName("deleted")] bool? Deleted);

internal sealed record CurrentKeyResponse([property: JsonPropertyName("data")] CurrentKey? Data);

/// <summary>
/// The key that authorizes a request. IsProvisioningKey is the former name of IsManagementKey. A personal account has
/// no organization.
/// </summary>
internal sealed record CurrentKey(
    [property: JsonPropertyName("label")] string? Label,
    [property: JsonPropertyName("is_management_key")] bool? IsManagementKey,
    [property: JsonPropertyName("is_provisioning_key")] bool? IsProvisioningKey,
    [property: JsonPropertyName("organization_id")] string? OrganizationId);

internal sealed record ErrorResponse([property: JsonPropertyName("error")] ErrorDetail? Error);

internal sealed record ErrorDetail([property: JsonPropertyName("message")] string? Message);
