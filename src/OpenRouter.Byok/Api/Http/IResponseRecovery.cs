using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Api.Http;

/// <summary>
/// Finds out whether a request that must not take effect twice took effect although its response was lost.
/// </summary>
internal interface IResponseRecovery<T>
    where T : class
{
    /// <summary>Returns what the request created; null if it created nothing.</summary>
    /// <exception cref="OpenRouterException">The outcome could not be determined.</exception>
    Task<T?> FindAsync(OpenRouterException failure, CancellationToken cancellationToken);

    /// <summary>Checks, after a retry succeeded, that no earlier attempt took effect too.</summary>
    /// <exception cref="OpenRouterException">An earlier attempt may have taken effect.</exception>
    Task ConfirmAsync(T created, CancellationToken cancellationToken);
}
