using System;
using System.Linq;

namespace OpenRouter.Byok.Routing;

/// <summary>
/// Whether a credential applies to a request. This is the one place that decides it, and with it, which differences of
/// case matter: those in the ids of members and in regions, and no others.
/// </summary>
internal static class EligibilityRules
{
    public static StringComparer Providers => StringComparer.OrdinalIgnoreCase;

    public static StringComparer Models => StringComparer.OrdinalIgnoreCase;

    public static StringComparer ApiKeyHashes => StringComparer.OrdinalIgnoreCase;

    public static StringComparer UserIds => StringComparer.Ordinal;

    public static StringComparer WorkspaceIds => StringComparer.OrdinalIgnoreCase;

    public static StringComparer Regions => StringComparer.Ordinal;

    /// <summary>Whether the credential takes part in the request, or the first reason why it does not.</summary>
    public static Eligibility EligibilityOf(ByokKey key, RouteRequest request)
    {
        if (!ServesWorkspace(key, request.WorkspaceId))
        {
            return Eligibility.OtherWorkspace;
        }

        if (request.Providers?.Contains(key.Provider, Providers) is false)
        {
            return Eligibility.OtherProvider;
        }

        if (request.Serves.TryGetValue(key.Provider, out var serves) && !serves)
        {
            return Eligibility.ModelNotServed;
        }

        if (key.Disabled)
        {
            return Eligibility.Disabled;
        }

        if (!AllowsModel(key, request.Model))
        {
            return Eligibility.ModelNotAllowed;
        }

        if (!AllowsApiKey(key, request.ApiKeyHash))
        {
            return Eligibility.ApiKeyNotAllowed;
        }

        if (!AllowsUser(key, request.UserId))
        {
            return Eligibility.UserNotAllowed;
        }

        if (request.ApiKeyHash is null && key.AllowedApiKeyHashes is not null)
        {
            return Eligibility.ApiKeyUnknown;
        }

        if (request.UserId is null && key.AllowedUserIds is not null)
        {
            return Eligibility.UserUnknown;
        }

        return Eligibility.Eligible;
    }

    /// <summary>Whether too little is known of the request to tell if the credential takes part in it.</summary>
    public static bool IsUnknown(Eligibility eligibility) =>
        eligibility is Eligibility.ApiKeyUnknown or Eligibility.UserUnknown;

    /// <summary>
    /// Whether its workspace and its allow lists let the credential serve requests that meet the filter. Being disabled
    /// makes no difference.
    /// </summary>
    public static bool MayServe(ByokKey key, RequestFilter filter) =>
        ServesWorkspace(key, filter.WorkspaceId)
        && AllowsModel(key, filter.Model)
        && AllowsApiKey(key, filter.ApiKeyHash)
        && AllowsUser(key, filter.UserId);

    public static bool IsOf(ByokKey key, string provider) => Providers.Equals(key.Provider, provider);

    /// <summary>
    /// Whether it takes part in requests of the workspace: a global one does in any. Null is any workspace.
    /// </summary>
    public static bool ServesWorkspace(ByokKey key, string? workspaceId) =>
        MayBeSame(key.WorkspaceId, workspaceId);

    /// <summary>Whether there are requests in which both take part, as far as their workspaces go.</summary>
    public static bool ShareWorkspace(ByokKey key, ByokKey other) => MayBeSame(key.WorkspaceId, other.WorkspaceId);

    /// <summary>Whether both belong to the same workspace, or both are global.</summary>
    public static bool HaveSameWorkspace(ByokKey key, ByokKey other) =>
        WorkspaceIds.Equals(key.WorkspaceId, other.WorkspaceId);

    /// <summary>Whether its allow list is not set or holds the hash of the API key. Null is any API key.</summary>
    public static bool AllowsApiKey(ByokKey key, string? hash) =>
        Holds(key.AllowedApiKeyHashes, hash, ApiKeyHashes);

    /// <summary>Whether its allow list is not set or holds the id of the member. Null is any member.</summary>
    public static bool AllowsUser(ByokKey key, string? userId) => Holds(key.AllowedUserIds, userId, UserIds);

    private static bool AllowsModel(ByokKey key, string? model) => Holds(key.AllowedModels, model, Models);

    private static bool Holds(AllowList? list, string? entry, StringComparer comparer) =>
        list is null || entry is null || list.Contains(entry, comparer);

    private static bool MayBeSame(string? workspaceId, string? other) =>
        workspaceId is null || other is null || WorkspaceIds.Equals(workspaceId, other);
}
