using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Reporting;

/// <summary>The steps of a route to a provider, each with its reason and what restricts it.</summary>
internal sealed class RouteSteps(ProviderRoute route, ReportNames names)
{
    /// <summary>So many credentials are shown before and after shared capacity.</summary>
    public const int MaximumCredentials = 10;

    public IEnumerable<PageRouteStep> All() =>
        [.. Section("prioritized", route.Prioritized), Shared(), .. Section("fallback", route.Fallbacks)];

    private IEnumerable<PageRouteStep> Section(string kind, IReadOnlyList<ByokKey> keys)
    {
        foreach (var key in keys.Take(MaximumCredentials))
        {
            yield return new PageRouteStep(kind, names.Credential(key), IsShared: false, Note(key));
        }

        if (keys.Count > MaximumCredentials)
        {
            yield return new PageRouteStep(
                "more",
                Name: null,
                IsShared: false,
                Messages.Format(Messages.ReportMoreCredentials, keys.Count - MaximumCredentials));
        }
    }

    private PageRouteStep Shared()
    {
        if (route.RemovesShared is { } removes)
        {
            var reason = removes.IsByokOnly ? Messages.RouteSharedByokOnly : Messages.RouteSharedRequired;
            return new PageRouteStep(
                "removed", Name: null, IsShared: true, Messages.Format(reason, names.Credential(removes)));
        }

        var note = route.RemovesSharedForSome is { } some
            ? Messages.RouteShared + " "
                + Messages.Format(Messages.RouteSharedConditional, names.Credential(some))
            : Messages.RouteShared;
        return new PageRouteStep("shared", Name: null, IsShared: true, note);
    }

    private string Note(ByokKey key)
    {
        var order = Messages.Format(Messages.RouteOrder, key.SortOrder);
        var note = Messages.Format(key.IsFallback ? Messages.RouteFallback : Messages.RoutePrioritized, order);
        if (route.IsTied(key))
        {
            note += " " + Messages.RouteTied;
        }

        var restrictions = CredentialText.Restrictions(key);
        return restrictions.Length == 0 ? note : note + " " + Messages.Format(Messages.ReportOnlyFor, restrictions);
    }
}
