using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Api.Http;

/// <summary>Finds out whether a request that must not take effect twice took effect, when no response tells.</summary>
internal interface IResponseRecovery<T>
    where T : class
{
    /// <summary>What the request made, or null when it made nothing.</summary>
    /// <exception cref="OpenRouterException">There is no way to tell.</exception>
    Task<T?> FindAsync(OpenRouterException failure, CancellationToken cancellationToken);

    /// <summary>Looks once more after a repetition succeeded, lest an earlier attempt took effect late.</summary>
    /// <exception cref="OpenRouterException">It did.</exception>
    Task ConfirmAsync(T made, CancellationToken cancellationToken);
}
