namespace OpenRouter.Byok.Api;

/// <summary>The API key, workspace and user that requests are charged to. What is null is not known.</summary>
internal sealed record TestCaller(string? ApiKeyHash, string? WorkspaceId, string? UserId)
{
    /// <summary>The caller when the API key is not one of the account.</summary>
    public static readonly TestCaller Unknown = new(null, null, null);

    public bool IsKnown => ApiKeyHash is not null;
}
