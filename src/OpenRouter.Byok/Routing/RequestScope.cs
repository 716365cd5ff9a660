using System;
using System.Linq;

namespace OpenRouter.Byok.Routing;

/// <summary>
/// A set of requests: those for one of the models that come with one of the API keys and count for one of the members.
/// A list that is null stands for any.
/// </summary>
internal readonly record struct RequestScope(AllowList? Models, AllowList? ApiKeyHashes, AllowList? UserIds)
{
    public static readonly RequestScope Any = new(null, null, null);

    /// <summary>The requests that the allow lists of a credential let through.</summary>
    public static RequestScope AllowedBy(ByokKey key) =>
        new(key.AllowedModels, key.AllowedApiKeyHashes, key.AllowedUserIds);

    /// <summary>One request. Where its API key or member is not known, it stands for those with any.</summary>
    public static RequestScope Only(RouteRequest request) =>
        new(ListOf(request.Model), ListOf(request.ApiKeyHash), ListOf(request.UserId));

    /// <summary>Whether only some API keys or members may send these requests.</summary>
    public bool RestrictsCallers => ApiKeyHashes is not null || UserIds is not null;

    public bool IsUnrestricted => Models is null && !RestrictsCallers;

    /// <summary>Whether all requests of the other set are in this one.</summary>
    public bool Covers(RequestScope other) =>
        Covers(Models, other.Models, EligibilityRules.Models)
        && Covers(ApiKeyHashes, other.ApiKeyHashes, EligibilityRules.ApiKeyHashes)
        && Covers(UserIds, other.UserIds, EligibilityRules.UserIds);

    private static bool Covers(AllowList? list, AllowList? other, StringComparer comparer) =>
        list is null || (other is not null && other.All(entry => list.Contains(entry, comparer)));

    private static AllowList? ListOf(string? entry) => entry is null ? null : new AllowList([entry]);
}
