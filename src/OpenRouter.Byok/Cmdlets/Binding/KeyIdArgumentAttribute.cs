using System.Collections.Generic;
using OpenRouter.Byok.Api;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Takes ids of credentials, and objects that have one: credentials, findings, test results, rows.</summary>
internal sealed class KeyIdArgumentAttribute : IdArgumentAttribute
{
    public static readonly KeyIdArgumentAttribute Instance = new();

    protected override IReadOnlyList<string> Properties { get; } = ["KeyId", "Id"];

    protected override string? IdOf(string text) => Uuid.Normalize(text);

    protected override string? PropertyOf(string moduleType) => moduleType switch
    {
        nameof(ByokKey) => nameof(ByokKey.Id),
        nameof(ByokAuditFinding) or nameof(ByokKeyTestResult) or nameof(ByokRouteStep) => nameof(ByokRouteStep.KeyId),
        _ => null,
    };
}
