using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Routing;

/// <summary>Turns a route into the steps that the pipeline carries, each with its reason in words.</summary>
internal static class RouteText
{
    /// <summary>
    /// The sort order of a credential that is only planned: a new one becomes the last of its provider.
    /// </summary>
    public const int PlannedOrder = int.MaxValue;

    private const int MaximumModelsShown = 3;

    public static IEnumerable<ByokRouteStep> Steps(Route route, RouteRequest request) =>
        route.Steps.Select((step, index) => CreateStep(step.Provider, step.Key, request, ReasonFor(step), index + 1));

    /// <summary>What is not tried: shared capacity first, then the credentials.</summary>
    public static IEnumerable<ByokRouteStep> Excluded(Route route, RouteRequest request) =>
    [
        .. route.RemovedShared.Select(removed => CreateStep(removed.Provider, null, request, ReasonFor(removed), null)),
        .. route.Excluded.Select(excluded =>
            CreateStep(excluded.Key.Provider, excluded.Key, request, ReasonFor(excluded), null)),
    ];

    private static ByokRouteStep CreateStep(
        string? provider, ByokKey? key, RouteRequest request, string reason, int? step) =>
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

    private static string ReasonFor(RouteStep step)
    {
        if (step.Provider is null)
        {
            return Messages.RouteSharedOthers;
        }

        var reason = step.Key is { } key ? PositionOf(key) : Messages.RouteShared;
        if (step.IsTied)
        {
            reason += " " + Messages.RouteTied;
        }

        if (step.MayBeRemovedBy is { } required)
        {
            reason += " " + Messages.Format(Messages.RouteSharedConditional, NameOf(required));
        }

        if (step.IsModelSupportUnknown)
        {
            reason += " " + Messages.Format(Messages.RouteIfServed, step.Provider);
        }

        return reason;
    }

    private static string PositionOf(ByokKey key)
    {
        var section = key.IsFallback ? Messages.RouteFallback : Messages.RoutePrioritized;
        return key.SortOrder == PlannedOrder
            ? Messages.Format(section, Messages.RouteOrderPlanned)
            : Messages.Format(section, Messages.Format(Messages.RouteOrder, key.SortOrder));
    }

    private static string ReasonFor(RemovedSharedCapacity removed) => Messages.Format(
        removed.RemovedBy.IsByokOnly ? Messages.RouteSharedByokOnly : Messages.RouteSharedRequired,
        NameOf(removed.RemovedBy));

    private static string ReasonFor(KeyEligibility excluded) => excluded.Eligibility switch
    {
        Eligibility.OtherWorkspace => Messages.Format(Messages.IneligibleWorkspace, excluded.Key.WorkspaceId),
        Eligibility.OtherProvider => Messages.IneligibleProvider,
        Eligibility.ModelNotServed => Messages.Format(Messages.IneligibleNotServed, excluded.Key.Provider),
        Eligibility.Disabled => Messages.IneligibleDisabled,
        Eligibility.ModelNotAllowed =>
                Messages.Format(Messages.IneligibleModel, FirstModels(excluded.Key.AllowedModels!)),
        Eligibility.ApiKeyNotAllowed => Messages.IneligibleApiKey,
        Eligibility.UserNotAllowed => Messages.IneligibleUser,
        Eligibility.ApiKeyUnknown => Messages.ApiKeyNotSpecified,
        _ => Messages.UserNotSpecified,
    };

    private static string NameOf(ByokKey key) => !string.IsNullOrEmpty(key.Name) ? $"'{key.Name}'"
        : key.Label.Length > 0 ? key.Label
        : Messages.RouteNamelessKey;

    private static string FirstModels(AllowList models) =>
        string.Join(", ", models.Take(MaximumModelsShown)) + (models.Count > MaximumModelsShown ? ", …" : "");
}
