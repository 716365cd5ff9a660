using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Account;

/// <summary>Which models a provider serves, as far as OpenRouter tells.</summary>
/// <param name="session">Whom to ask as.</param>
/// <param name="began">What was read at this time or later is not asked for again.</param>
/// <param name="observer">Who is told of the requests.</param>
internal sealed class HostedModels(OpenRouterSession session, DateTimeOffset began, IClientObserver observer)
{
    /// <summary>
    /// The slugs of the models of each provider. A provider that OpenRouter does not list is missing.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, ISet<string>>> OfAsync(
        IEnumerable<string> providers, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, ISet<string>>(EligibilityRules.Providers);
        var listed = await session.Directory.ProvidersAsync(began, observer, cancellationToken).ConfigureAwait(false);
        foreach (var slug in providers.Distinct(EligibilityRules.Providers))
        {
            // The filter of models takes names.
            var provider = listed.FirstOrDefault(one => EligibilityRules.Providers.Equals(one.Slug, slug));
            if (provider is null) continue;
            var models = await session.Client.Lookups
                .ListModelsAsync([provider.Name], observer, cancellationToken).ConfigureAwait(false);
            if (models.Count > 0) known[slug] = SlugsOf(models);
        }

        return known;
    }

    public static ISet<string> SlugsOf(IEnumerable<OpenRouterModel> models) => new HashSet<string>(
        models.SelectMany(model => new[] { model.Id, model.CanonicalSlug }).OfType<string>(), EligibilityRules.Models);
}

/// <summary>What a model is called: openai/gpt-5, or with a variant, openai/gpt-5:free.</summary>
internal static class ModelSlug
{
    /// <summary>
    /// Whether a model is among those listed; a variant that is not listed itself counts as its model.
    /// </summary>
    public static Func<string, bool> IsIn(ISet<string> listed) =>
        slug => listed.Contains(slug) || listed.Contains(slug.Split(':')[0]);
}
