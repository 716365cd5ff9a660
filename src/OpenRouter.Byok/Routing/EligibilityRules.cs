using System;
using System.Linq;

namespace OpenRouter.Byok.Routing;

/// <summary>
/// Whether a credential applies to a request. This is the one place that decides it, and with it, which differences of
/// case matter: those in the ids of members, and no others.
/// </summary>
internal static class EligibilityRules
{
    public static StringComparer Providers => StringComparer.OrdinalIgnoreCase;

    public static StringComparer Models => StringComparer.OrdinalIgnoreCase;

    public static StringComparer ApiKeyHashes => StringComparer.OrdinalIgnoreCase;

    public static StringComparer UserIds => StringComparer.Ordinal;

    public static StringComparer WorkspaceIds => StringComparer.OrdinalIgnoreCase;

    /// <summary>Whether the credential takes part in the request, or the first reason why it does not.</summary>
    public static Eligibility EligibilityOf(ByokKey key, RouteRequest request)
    {
        if (!ServesWorkspace(key, request.WorkspaceId)) return Eligibility.OtherWorkspace;
        if (request.Providers?.Contains(key.Provider, Providers) is false) return Eligibility.OtherProvider;
        if (request.Serves.TryGetValue(key.Provider, out var isServing) && !isServing) return Eligibility.ModelNotServed;
        if (key.Disabled) return Eligibility.Disabled;
        if (!AllowsModel(key, request.Model)) return Eligibility.ModelNotAllowed;
        if (!AllowsApiKey(key, request.ApiKeyHash)) return Eligibility.ApiKeyNotAllowed;
        if (!AllowsUser(key, request.UserId)) return Eligibility.UserNotAllowed;
        if (request.ApiKeyHash is null && key.AllowedApiKeyHashes is not null) return Eligibility.ApiKeyNotTold;
        return request.UserId is null && key.AllowedUserIds is not null ? Eligibility.UserNotTold : Eligibility.Eligible;
    }

    public static bool IsOf(ByokKey key, string provider) => Providers.Equals(key.Provider, provider);

    /// <summary>
    /// Whether it takes part in requests of the workspace: a global one does in any. Null is any workspace.
    /// </summary>
    public static bool ServesWorkspace(ByokKey key, string? workspaceId) =>
        MayBeSame(key.WorkspaceId, workspaceId);

    /// <summary>Whether it takes part in requests of the API key's workspace, which are those of the API key.</summary>
    public static bool ServesWorkspaceOf(ByokKey key, OpenRouterApiKey apiKey) =>
        MayBeSame(key.WorkspaceId, apiKey.WorkspaceId);

    /// <summary>Whether there are requests in which both take part, as far as their workspaces go.</summary>
    public static bool ShareWorkspace(ByokKey key, ByokKey other) => MayBeSame(key.WorkspaceId, other.WorkspaceId);

    /// <summary>Whether its allow list is not set or holds the model. Null is any model.</summary>
    public static bool AllowsModel(ByokKey key, string? model) => Holds(key.AllowedModels, model, Models);

    /// <summary>Whether its allow list is not set or holds the hash of the API key. Null is any API key.</summary>
    public static bool AllowsApiKey(ByokKey key, string? hash) =>
        Holds(key.AllowedApiKeyHashes, hash, ApiKeyHashes);

    /// <summary>Whether its allow list is not set or holds the id of the member. Null is any member.</summary>
    public static bool AllowsUser(ByokKey key, string? userId) => Holds(key.AllowedUserIds, userId, UserIds);

    /// <summary>Whether an allow list lets through whatever the other one does.</summary>
    public static bool Covers(AllowList? list, AllowList? other, StringComparer comparer) =>
        list is null || (other is not null && other.All(entry => list.Contains(entry, comparer)));

    private static bool Holds(AllowList? list, string? entry, StringComparer comparer) =>
        list is null || entry is null || list.Contains(entry, comparer);

    private static bool MayBeSame(string? workspaceId, string? other) =>
        workspaceId is null || other is null || WorkspaceIds.Equals(workspaceId, other);
}
