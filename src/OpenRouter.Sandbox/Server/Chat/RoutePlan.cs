using System;
using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Sandbox.Server;

/// <summary>One thing that may serve a request: a credential, or without one a provider's shared capacity.</summary>
internal sealed record RouteStep(Provider Provider, Credential? Credential)
{
    public bool IsByok => Credential is not null;
}

/// <summary>What a request tries, one after the other until one serves.</summary>
/// <remarks>
/// Across providers: every provider's own credentials, then the shared capacity of each, then the fallback credentials.
/// Equal sort orders are told apart by age.
/// </remarks>
internal sealed class RoutePlan(SandboxStore store, Model model, ApiKey caller)
{
    public IReadOnlyList<RouteStep> Over(IReadOnlyList<Provider> providers, bool isFirstProviderOnly)
    {
        var enabled = providers.ToDictionary(provider => provider, Enabled);
        var eligible = providers.ToDictionary(provider => provider, provider => enabled[provider].FindAll(IsEligible));
        List<RouteStep> steps =
        [
            .. Own(isFallback: false),
            .. providers.Where(HasShared).Select(provider => new RouteStep(provider, Credential: null)),
            .. Own(isFallback: true),
        ];
        return isFirstProviderOnly ? steps.FindAll(step => step.Provider == steps[0].Provider) : steps;

        IEnumerable<RouteStep> Own(bool isFallback) =>
            from provider in providers
            from credential in eligible[provider]
            where credential.IsFallback == isFallback
            select new RouteStep(provider, credential);

        // A required credential speaks for the requests it may serve, a BYOK-only one for the provider as a whole.
        bool HasShared(Provider provider) => !eligible[provider].Exists(credential => credential.IsRequired)
            && !enabled[provider].Exists(credential => credential.IsByokOnly);
    }

    private List<Credential> Enabled(Provider provider) =>
    [
        .. store.List(caller.WorkspaceId, provider.Slug)
            .Where(credential => !credential.Disabled)
            .Order(TrialOrder.Instance),
    ];

    private bool IsEligible(Credential credential) => IsAllowed(credential.AllowedModels, model.Id)
        && IsAllowed(credential.AllowedApiKeyHashes, caller.Hash)
        && IsAllowed(credential.AllowedUserIds, caller.CreatorUserId);

    private static bool IsAllowed(IReadOnlyList<string>? list, string? value) =>
        list is null || list.Contains(value, StringComparer.Ordinal);
}
