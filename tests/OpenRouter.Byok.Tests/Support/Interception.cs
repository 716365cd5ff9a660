using System;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace OpenRouter.Byok.Tests;

/// <summary>What a sandbox responds instead of its own response.</summary>
internal static class Interception
{
    /// <summary>An error to each request whose path ends with this one.</summary>
    public static Func<HttpContext, Task<bool>> Failing(string path, int status = 503) => context =>
    {
        var isMeant = context.Request.Path.Value!.EndsWith(path, StringComparison.Ordinal);
        if (isMeant)
        {
            context.Response.StatusCode = status;
        }

        return Task.FromResult(isMeant);
    };
}
