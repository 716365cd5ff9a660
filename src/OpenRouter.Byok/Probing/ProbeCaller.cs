namespace OpenRouter.Byok.Probing;

/// <summary>Whom the requests with an API key count for. What is null is not known.</summary>
internal sealed record ProbeCaller(string? ApiKeyHash, string? WorkspaceId, string? UserId)
{
    /// <summary>A key that is not among those of the account.</summary>
    public static readonly ProbeCaller Unknown = new(null, null, null);

    public bool IsKnown => ApiKeyHash is not null;
}
