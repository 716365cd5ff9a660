using System;
using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Byok.Routing;

/// <summary>The slug of a model, such as openai/gpt-5, or with a variant, openai/gpt-5:free.</summary>
internal static class ModelSlug
{
    /// <summary>
    /// Whether a model is among the listed ones, whose set compares them as
    /// <see cref="EligibilityRules.Models"/> does. A variant that is not listed itself counts as its model.
    /// </summary>
    public static Func<string, bool> IsIn(ISet<string> listed) =>
        slug => listed.Contains(slug) || listed.Contains(slug.Split(':')[0]);

    /// <summary>The slugs by which requests and allow lists can name the models.</summary>
    public static ISet<string> SetOf(IEnumerable<OpenRouterModel> models) => new HashSet<string>(
        models.SelectMany(model => new[] { model.Id, model.CanonicalSlug }).OfType<string>(), EligibilityRules.Models);
}
