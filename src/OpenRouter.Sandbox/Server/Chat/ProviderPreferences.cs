using System;
using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Sandbox.Server;

/// <summary>Which providers a request may be served by; an empty list is no wish.</summary>
internal sealed record ProviderPreferences
{
    public IReadOnlyList<string> Only { get; init; } = [];

    public IReadOnlyList<string> Ignore { get; init; } = [];

    public IReadOnlyList<string> Order { get; init; } = [];

    public bool AllowFallbacks { get; init; } = true;

    /// <summary>Without fallbacks and without names to choose among, the first provider is the only one.</summary>
    public bool IsFirstProviderOnly => !AllowFallbacks && Only.Count == 0 && Order.Count == 0;

    /// <summary>The names the request asked for, as they were given.</summary>
    public IReadOnlyList<string> Requested => [.. Order.Concat(Only).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Those of a model's providers that may serve, in the order of the request's wishes.</summary>
    public IReadOnlyList<Provider> Choose(IReadOnlyList<Provider> hosts)
    {
        var allowed = hosts
            .Where(host => (Only.Count == 0 || IsNamed(Only, host)) && !IsNamed(Ignore, host))
            .ToList();
        var first = Order.SelectMany(name => allowed.Where(host => IsNamed([name], host))).Distinct();
        return [.. AllowFallbacks || Order.Count == 0 ? first.Union(allowed) : first];
    }

    private static bool IsNamed(IReadOnlyList<string> names, Provider provider) =>
        names.Contains(provider.Slug, StringComparer.OrdinalIgnoreCase)
        || names.Contains(provider.Name, StringComparer.OrdinalIgnoreCase);
}
