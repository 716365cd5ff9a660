using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Api.Paging;
using OpenRouter.Byok.Api.Secrets;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Api.Creation;

/// <summary>
/// Looks for the credential that a create request may have created although its response was lost: it has the same
/// provider, workspace, and name, its label fits the key, and it was created since the call began, by no other call.
/// </summary>
/// <param name="key">The credential to create.</param>
/// <param name="list">
/// Lists the credentials of its provider and workspace, including those that the session creates.
/// </param>
/// <param name="coordinator">Records which credentials other calls of the session created.</param>
/// <param name="clock">The local clock.</param>
/// <param name="observer">Receives a message if the credential was found.</param>
internal sealed class CreateRecovery(
    NewByokKey key,
    Func<CancellationToken, IAsyncEnumerable<Page<ByokKey>>> list,
    CreateCoordinator coordinator,
    IClock clock,
    IClientObserver observer) : IResponseRecovery<ByokKey>
{
    // The server's date has no fractions of a second, and its timestamps may have none either.
    private static readonly TimeSpan ClockPrecision = TimeSpan.FromSeconds(2);

    private readonly DateTimeOffset began = clock.UtcNow;

    public async Task<ByokKey?> FindAsync(OpenRouterException failure, CancellationToken cancellationToken)
    {
        var (certain, possible) = await FindCandidatesAsync(failure, cancellationToken).ConfigureAwait(false);
        if (possible.Count > 0 || certain.Count > 1)
        {
            throw Ambiguous([.. certain, .. possible]);
        }

        if (certain.Count == 0)
        {
            return null;
        }

        observer.Verbose(Messages.Format(Messages.CreatedDespiteLostResponse, certain[0].Id));
        return certain[0];
    }

    public async Task ConfirmAsync(ByokKey created, CancellationToken cancellationToken)
    {
        var (certain, possible) = await FindCandidatesAsync(failure: null, cancellationToken).ConfigureAwait(false);
        var others = certain.Concat(possible).Where(other => other.Id != created.Id).ToList();
        if (others.Count > 0)
        {
            throw Ambiguous([created, .. others]);
        }
    }

    private async Task<(List<ByokKey> Certain, List<ByokKey> Possible)> FindCandidatesAsync(
        OpenRouterException? failure, CancellationToken cancellationToken)
    {
        var candidates = new List<ByokKey>();
        TimeSpan? clockSkew = null;
        try
        {
            await foreach (var page in list(cancellationToken).ConfigureAwait(false))
            {
                candidates.AddRange(page.Items.Where(IsCandidate));
                if (clockSkew is null || page.ClockSkew < clockSkew)
                {
                    clockSkew = page.ClockSkew;
                }
            }
        }
        catch (OpenRouterException lookupFailure)
        {
            throw Unknown(failure ?? lookupFailure, lookupFailure);
        }

        // The start of the call by the server's clock.
        var since = began + clockSkew - ClockPrecision;
        return (
            candidates.Where(candidate => candidate.CreatedAt >= since).ToList(),
            candidates.Where(candidate => since is null || candidate.CreatedAt is null).ToList());
    }

    private bool IsCandidate(ByokKey other) =>
        !coordinator.IsClaimed(other)
        && other.Provider == key.Provider
        && other.WorkspaceId is not null
        && (key.WorkspaceId is null
            || string.Equals(other.WorkspaceId, key.WorkspaceId, StringComparison.OrdinalIgnoreCase))
        && string.Equals(other.Name?.Trim() ?? "", key.Settings.Name.Value?.Trim() ?? "", StringComparison.Ordinal)
        && KeyLabel.CanBeOf(other.Label, key.Key);

    private OpenRouterException Ambiguous(IReadOnlyList<ByokKey> candidates)
    {
        var ids = string.Join(", ", candidates.Select(candidate => candidate.Id));
        return new OpenRouterException(
            ErrorReason.AmbiguousCreate, Messages.AmbiguousCreate, key.Provider, candidates.Count, ids)
        {
            Advice = Messages.Format(Messages.AdviceAmbiguousCandidates, ids),
        };
    }

    private OpenRouterException Unknown(OpenRouterException failure, OpenRouterException lookupFailure) =>
        new(ErrorReason.AmbiguousCreate, Messages.CreateUnknown, failure.Message, lookupFailure.Message)
        {
            Advice = Messages.Format(Messages.AdviceCreateUnknown, key.Provider),
        };
}
