using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace OpenRouter.Sandbox.Server;

/// <summary>
/// A request on its way to an endpoint. The argument is what stands in the path for <c>{id}</c>; the caller is the API
/// key it came with, null for the management key and for none.
/// </summary>
internal sealed record ApiRequest(HttpRequest Http, string Argument, byte[] Body, ApiKey? Caller);

internal sealed record Route(string Method, string Path, Access Access, Func<ApiRequest, ApiResponse> Handle)
{
    private const string Placeholder = "/{}";

    /// <summary>Null when the path is not this route's, otherwise the argument (empty when it takes none).</summary>
    public string? Match(string path)
    {
        if (!Path.EndsWith(Placeholder, StringComparison.Ordinal))
        {
            return path == Path ? "" : null;
        }

        var parent = Path.AsSpan(0, Path.Length - Placeholder.Length + 1);
        if (!path.AsSpan().StartsWith(parent))
        {
            return null;
        }

        var argument = path[parent.Length..];
        return argument.Length == 0 || argument.Contains('/') ? null : argument;
    }
}

/// <summary>Finds the endpoint, checks the caller, turns refusals into error bodies.</summary>
internal sealed class Router(SandboxStore store, SandboxOptions options, string managementKey)
{
    public const string Prefix = "/api/v1";

    private readonly Authentication authentication = new(store, managementKey, options.Clock);

    public IReadOnlyList<Route> Routes { get; } =
    [
        .. new ByokEndpoints(store, options.Clock).Routes,
        .. new AccountEndpoints(store, options.IsPersonalAccount, managementKey).Routes,
        .. new CatalogEndpoints(store).Routes,
        .. new ActivityEndpoint(store, options).Routes,
        .. new ChatEndpoint(store, options.Clock).Routes,
    ];

    public ApiResponse Handle(HttpRequest request, byte[] body)
    {
        try
        {
            return Dispatch(request, body);
        }
        catch (ApiException e)
        {
            return ApiResponse.Error(e.Status, e.Message);
        }
#pragma warning disable CA1031 // The caller gets the API's answer to a bug, the console the reason.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine($"The sandbox failed to handle {request.Method} {request.Path}: {e}");
            return ApiResponse.Error(500, "Internal Server Error");
        }
    }

    private ApiResponse Dispatch(HttpRequest request, byte[] body)
    {
        var path = request.Path.Value ?? "";
        if (!path.StartsWith(Prefix + "/", StringComparison.Ordinal))
        {
            throw new ApiException(404, "Not Found");
        }

        path = path[Prefix.Length..];
        var matches = Routes.Where(route => route.Match(path) is not null).ToList();
        if (matches.Count == 0)
        {
            throw new ApiException(404, "Not Found");
        }

        if (matches.Find(route => route.Method == request.Method) is not { } found)
        {
            return ApiResponse.Error(405, "Method Not Allowed").With("Allow", AllowedMethods(matches));
        }

        var caller = authentication.Check(request, found.Access);
        return found.Handle(new ApiRequest(request, found.Match(path)!, body, caller));
    }

    private static string AllowedMethods(IEnumerable<Route> matches) =>
        string.Join(", ", matches.Select(route => route.Method));
}
