using System.Collections.Generic;
using OpenRouter.Byok.Api;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Takes ids of workspaces, and objects that have or name one.</summary>
internal sealed class WorkspaceIdArgumentAttribute : IdArgumentAttribute
{
    public static readonly WorkspaceIdArgumentAttribute Instance = new();

    protected override IReadOnlyList<string> Properties { get; } = ["WorkspaceId", "workspace_id", "Id"];

    protected override string? IdOf(string text) => Uuid.Normalize(text);

    protected override string? PropertyOf(string moduleType) => moduleType switch
    {
        nameof(OpenRouterWorkspace) => nameof(OpenRouterWorkspace.Id),
        nameof(ByokKey) or nameof(OpenRouterApiKey) or nameof(ByokUsage) or nameof(OpenRouterSession) =>
            nameof(ByokKey.WorkspaceId),
        _ => null,
    };
}
