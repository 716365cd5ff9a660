using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Routing;

/// <summary>A route as people read it.</summary>
internal static class RouteText
{
    /// <summary>
    /// The sort order of a credential that is only planned: a new one becomes the last of its provider.
    /// </summary>
    public const int PlannedOrder = int.MaxValue;

    private const int MaximumNamed = 3;

    public static IEnumerable<ByokRouteStep> Steps(Route route, RouteRequest request) =>
        route.Steps.Select((step, index) => Of(step.Provider, step.Key, request, Reason(step), index + 1));

    /// <summary>What is not tried: shared capacity first, then the credentials.</summary>
    public static IEnumerable<ByokRouteStep> Excluded(Route route, RouteRequest request) =>
    [
        .. route.RemovedShared.Select(shared => Of(shared.Provider, null, request, Reason(shared), null)),
        .. route.Excluded.Select(one => Of(one.Key.Provider, one.Key, request, Reason(one), null)),
    ];

    private static ByokRouteStep Of(string? provider, ByokKey? key, RouteRequest request, string reason, int? step) =>
        new()
        {
            Model = request.Model,
            Step = step,
            Provider = provider,
            Kind = key is null ? ByokRouteStepKind.Shared : ByokRouteStepKind.Credential,
            KeyId = key is { Id.Length: > 0 } ? key.Id : null,
            Name = key?.Name,
            Label = key?.Label,
            Reason = reason,
        };

    private static string Reason(RouteStep step)
    {
        if (step.Provider is null) return Messages.RouteSharedOthers;
        var reason = step.Key is { } key ? Place(key) : Messages.RouteShared;
        if (step.IsTied) reason += " " + Messages.RouteTied;
        if (step.PerhapsRemovedBy is { } by) reason += " " + Messages.Format(Messages.RouteSharedPerhaps, Called(by));
        if (step.IsServingUnknown) reason += " " + Messages.Format(Messages.RouteIfServed, step.Provider);
        return reason;
    }

    private static string Place(ByokKey key)
    {
        var section = key.IsFallback ? Messages.RouteFallback : Messages.RoutePrioritized;
        return key.SortOrder == PlannedOrder
            ? Messages.Format(section, Messages.RouteOrderPlanned)
            : Messages.Format(section, Messages.Format(Messages.RouteOrder, key.SortOrder));
    }

    private static string Reason(RemovedShared shared) => Messages.Format(
        shared.By.IsByokOnly ? Messages.RouteSharedByokOnly : Messages.RouteSharedRequired, Called(shared.By));

    private static string Reason(ExcludedKey one) => one.Eligibility switch
    {
        Eligibility.OtherWorkspace => Messages.Format(Messages.OutWorkspace, one.Key.WorkspaceId),
        Eligibility.OtherProvider => Messages.OutProvider,
        Eligibility.ModelNotServed => Messages.Format(Messages.OutNotServed, one.Key.Provider),
        Eligibility.Disabled => Messages.OutDisabled,
        Eligibility.ModelNotAllowed => Messages.Format(
            Messages.OutModel, string.Join(", ", one.Key.AllowedModels!.Take(MaximumNamed)) + More(one.Key)),
        Eligibility.ApiKeyNotAllowed => Messages.OutApiKey,
        Eligibility.UserNotAllowed => Messages.OutUser,
        Eligibility.ApiKeyNotTold => Messages.OutApiKeyNotTold,
        _ => Messages.OutUserNotTold,
    };

    private static string Called(ByokKey key) => !string.IsNullOrEmpty(key.Name) ? $"'{key.Name}'"
        : key.Label.Length > 0 ? key.Label
        : Messages.RouteNamelessKey;

    private static string More(ByokKey key) => key.AllowedModels!.Count > MaximumNamed ? ", …" : "";
}
