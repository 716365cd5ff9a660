namespace OpenRouter.Byok.Routing;

/// <summary>Describes requests by what they have in common. What is null makes no difference.</summary>
internal readonly record struct RequestFilter
{
    public string? Model { get; init; }

    public string? ApiKeyHash { get; init; }

    public string? UserId { get; init; }

    public string? WorkspaceId { get; init; }
}
