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
/// Looks for the credential that a create may have made although its response was lost: of the same provider and
/// workspace, with the same name and the tail of the same key, made since the call began, and by no other call.
/// </summary>
/// <param name="key">The credential to create.</param>
/// <param name="list">Lists the credentials of its provider and workspace, those that the session creates too.</param>
/// <param name="coordinator">Knows which credentials other calls of the session created.</param>
/// <param name="clock">The local time.</param>
/// <param name="observer">Receives a message when the credential was found.</param>
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
        var (mine, perhaps) = await LookAsync(failure, cancellationToken).ConfigureAwait(false);
        if (perhaps.Count > 0 || mine.Count > 1)
        {
            throw Ambiguous([.. mine, .. perhaps]);
        }

        if (mine.Count == 0)
        {
            return null;
        }

        observer.Verbose(Messages.Format(Messages.CreatedDespiteLostResponse, mine[0].Id));
        return mine[0];
    }

    public async Task ConfirmAsync(ByokKey made, CancellationToken cancellationToken)
    {
        var (mine, perhaps) = await LookAsync(failure: null, cancellationToken).ConfigureAwait(false);
        var others = mine.Concat(perhaps).Where(other => other.Id != made.Id).ToList();
        if (others.Count > 0)
        {
            throw Ambiguous([made, .. others]);
        }
    }

    private async Task<(List<ByokKey> Mine, List<ByokKey> Perhaps)> LookAsync(
        OpenRouterException? failure, CancellationToken cancellationToken)
    {
        var candidates = new List<ByokKey>();
        TimeSpan? clockSkew = null;
        try
        {
            await foreach (var page in list(cancellationToken).ConfigureAwait(false))
            {
                candidates.AddRange(page.Items.Where(IsAlike));
                if (clockSkew is null || page.ClockSkew < clockSkew)
                {
                    clockSkew = page.ClockSkew;
                }
            }
        }
        catch (OpenRouterException broken)
        {
            throw Unknown(failure ?? broken, broken);
        }

        // When the call began, by the server's clock.
        var since = began + clockSkew - ClockPrecision;
        return (
            candidates.Where(candidate => candidate.CreatedAt >= since).ToList(),
            candidates.Where(candidate => since is null || candidate.CreatedAt is null).ToList());
    }

    private bool IsAlike(ByokKey other) =>
        !coordinator.IsClaimed(other)
        && other.Provider == key.Provider
        && other.WorkspaceId is not null
        && (key.WorkspaceId is null
            || string.Equals(other.WorkspaceId, key.WorkspaceId, StringComparison.OrdinalIgnoreCase))
        && string.Equals(other.Name?.Trim() ?? "", key.Settings.Name.Value?.Trim() ?? "", StringComparison.Ordinal)
        && KeyLabel.MayBeOf(other.Label, key.Key);

    private OpenRouterException Ambiguous(IReadOnlyList<ByokKey> candidates)
    {
        var ids = string.Join(", ", candidates.Select(candidate => candidate.Id));
        return new OpenRouterException(
            ErrorReason.AmbiguousCreate, Messages.AmbiguousCreate, key.Provider, candidates.Count, ids)
        {
            Advice = Messages.Format(Messages.AdviceAmbiguousCandidates, ids),
        };
    }

    private OpenRouterException Unknown(OpenRouterException failure, OpenRouterException lookup) =>
        new(ErrorReason.AmbiguousCreate, Messages.CreateUnknown, failure.Message, lookup.Message)
        {
            Advice = Messages.Format(Messages.AdviceCreateUnknown, key.Provider),
        };
}
