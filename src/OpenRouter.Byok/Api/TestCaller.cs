namespace OpenRouter.Byok.Api;

/// <summary>Whom the requests with an API key count for. What is null is not known.</summary>
internal sealed record TestCaller(string? ApiKeyHash, string? WorkspaceId, string? UserId)
{
    /// <summary>A key that is not among those of the account.</summary>
    public static readonly TestCaller Unknown = new(null, null, null);

    public bool IsKnown => ApiKeyHash is not null;
}
