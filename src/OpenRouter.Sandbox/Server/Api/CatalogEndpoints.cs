using System;
using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Sandbox.Server;

/// <summary>Providers and models: published to everybody, so no key is asked for.</summary>
internal sealed class CatalogEndpoints(SandboxStore store)
{
    private const int DefaultLimit = 500;
    private const int MaximumLimit = 1000;

    public IEnumerable<Route> Routes =>
    [
        new("GET", "/providers", Access.Open, ListProviders),
        new("GET", "/models", Access.Open, ListModels),
    ];

    private ApiResponse ListProviders(ApiRequest request)
    {
        _ = new QueryReader(request.Http);
        return ApiResponse.Of(
            new DataResponse<IReadOnlyList<Provider>>(store.Providers), SandboxJson.Default.Providers);
    }

    private ApiResponse ListModels(ApiRequest request)
    {
        var query = new QueryReader(request.Http, "q", "providers", "offset", "limit");
        var offset = query.Offset();
        var limit = query.Limit(MaximumLimit);
        var models = Matching(query.Text("q"), query.Text("providers"));
        // Without offset and limit the whole list is one page.
        var isPaged = query.Text("offset") is not null || limit is not null;
        var size = isPaged ? limit ?? DefaultLimit : Math.Max(models.Count, 1);
        var next = models.Count - size > offset ? NextPage(request, offset + size, size) : null;
        IReadOnlyList<Model> page = [.. models.Skip(offset).Take(size)];
        return ApiResponse.Of(new ModelPage(page, models.Count, new PageLinks(next)), SandboxJson.Default.ModelPage);
    }

    private List<Model> Matching(string? search, string? providers)
    {
        var names = providers?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var hosts = names is null ? null : HostsNamed(names);
        return [.. store.Models.Where(model => (search is null || IsFound(model, search))
            && (hosts is null || model.Hosts.Any(hosts.Contains)))];
    }

    private static bool IsFound(Model model, string search) =>
        model.Id.Contains(search, StringComparison.OrdinalIgnoreCase)
        || model.Name.Contains(search, StringComparison.OrdinalIgnoreCase);

    // The parameter takes names; slugs are what everything else in the API calls a provider, so both are understood.
    private HashSet<string> HostsNamed(string[] names) =>
    [
        .. store.Providers
            .Where(provider => names.Contains(provider.Name, StringComparer.OrdinalIgnoreCase)
                || names.Contains(provider.Slug, StringComparer.OrdinalIgnoreCase))
            .Select(provider => provider.Slug),
    ];

    private static string NextPage(ApiRequest request, int offset, int limit)
    {
        var kept = request.Http.Query
            .Where(parameter => parameter.Key is "q" or "providers")
            .Select(parameter => $"&{parameter.Key}={Uri.EscapeDataString(parameter.Value.ToString())}");
        return $"{Router.Prefix}/models?offset={offset}&limit={limit}{string.Concat(kept)}";
    }
}
