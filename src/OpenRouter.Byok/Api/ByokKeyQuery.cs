namespace OpenRouter.Byok.Api;

/// <summary>Which credentials to list: those of a workspace, or the default one, and of a provider, or all.</summary>
internal sealed record ByokKeyQuery(string? WorkspaceId = null, string? Provider = null)
{
    /// <summary>Credentials to leave out at the beginning.</summary>
    public int Skip { get; init; }

    /// <summary>The most credentials to read, or null for all.</summary>
    public int? First { get; init; }

    /// <summary>The most requests in flight at once.</summary>
    public int Throttle { get; init; } = 8;

    /// <summary>
    /// Whether credentials are left out that the session creates while the list is read. To know which these are, the
    /// creates in flight are awaited, so a list that a create itself reads must not leave them out.
    /// </summary>
    public bool LeavesOutCreated { get; init; } = true;
}
