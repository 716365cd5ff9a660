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
/// Looks for the credential that a create may have made although its answer was lost: of the same provider and
/// workspace, with the same name and the tail of the same key, made since the call began, and nobody else's.
/// </summary>
internal sealed class CreateRecovery(
    OpenRouterClient client, NewByokKey key, CreateCoordinator ledger, IClock clock, IClientObserver observer)
    : IResponseRecovery<ByokKey>
{
    // The server's clock is read from a header without fractions, and its timestamps may have none either.
    private static readonly TimeSpan ClockGrain = TimeSpan.FromSeconds(2);

    private readonly DateTimeOffset began = clock.UtcNow;

    public async Task<ByokKey?> FindAsync(OpenRouterException failure, CancellationToken cancellationToken)
    {
        var (mine, perhaps) = await LookAsync(failure, cancellationToken).ConfigureAwait(false);
        if (perhaps.Count > 0 || mine.Count > 1) throw Ambiguous([.. mine, .. perhaps]);
        if (mine.Count == 0) return null;

        observer.Verbose(Messages.Format(Messages.FoundAfterLostAnswer, mine[0].Id));
        return mine[0];
    }

    public async Task ConfirmAsync(ByokKey made, CancellationToken cancellationToken)
    {
        var (mine, perhaps) = await LookAsync(failure: null, cancellationToken).ConfigureAwait(false);
        var others = mine.Concat(perhaps).Where(other => other.Id != made.Id).ToList();
        if (others.Count > 0) throw Ambiguous([made, .. others]);
    }

    private async Task<(List<ByokKey> Mine, List<ByokKey> Perhaps)> LookAsync(
        OpenRouterException? failure, CancellationToken cancellationToken)
    {
        var lookup = new Lookup(clock, began);
        var query = new ByokKeyQuery(key.WorkspaceId, key.Provider)
        {
            Throttle = 1,
            LeavesOutCreated = false,
            SawServerTime = lookup.SawServerTime,
        };
        var list = new ByokKeyList(client, query, observer);
        var candidates = new List<ByokKey>();
        try
        {
            await foreach (var page in list.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                candidates.AddRange(page.Where(IsAlike));
            }
        }
        catch (OpenRouterException broken)
        {
            throw Unknown(failure ?? broken, broken);
        }

        return (candidates.Where(lookup.IsSince).ToList(), candidates.Where(lookup.IsUndated).ToList());
    }

    private bool IsAlike(ByokKey other) =>
        !ledger.IsClaimed(other)
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

    /// <summary>When the call began, by the server's clock: its time now, less what has passed here since.</summary>
    private sealed class Lookup(IClock clock, DateTimeOffset began)
    {
        private DateTimeOffset? serverBegan;

        public void SawServerTime(DateTimeOffset serverNow)
        {
            var estimate = serverNow - (clock.UtcNow - began) - ClockGrain;
            if (serverBegan is null || estimate < serverBegan) serverBegan = estimate;
        }

        public bool IsSince(ByokKey candidate) => !IsUndated(candidate) && candidate.CreatedAt >= serverBegan;

        public bool IsUndated(ByokKey candidate) => candidate.CreatedAt is null || serverBegan is null;
    }
}
