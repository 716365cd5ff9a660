using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace OpenRouter.Byok.Api.Json;

/// <summary>A page of credentials. TotalCount is what the server says; it is not always to be believed.</summary>
internal sealed record ByokKeyPage(IReadOnlyList<ByokKey> Keys, int? TotalCount);

internal sealed record DeletedResponse([property: JsonPropertyName("deleted")] bool? Deleted);

internal sealed record CurrentKeyResponse([property: JsonPropertyName("data")] CurrentKey? Data);

/// <summary>Whom the API takes the caller for. IsProvisioningKey is the older name of a management key.</summary>
internal sealed record CurrentKey(
    [property: JsonPropertyName("label")] string? Label,
    [property: JsonPropertyName("is_management_key")] bool? IsManagementKey,
    [property: JsonPropertyName("is_provisioning_key")] bool? IsProvisioningKey);

internal sealed record ErrorResponse([property: JsonPropertyName("error")] ErrorDetail? Error);

internal sealed record ErrorDetail([property: JsonPropertyName("message")] string? Message);
