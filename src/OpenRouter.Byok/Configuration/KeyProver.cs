using System.Collections.Generic;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Testing;

namespace OpenRouter.Byok.Configuration;

/// <summary>Tests keys with temporary credentials before they are sent. For one caller at a time.</summary>
/// <param name="client">Sends the requests.</param>
/// <param name="account">The account to look up in.</param>
/// <param name="planner">Plans the tests.</param>
internal sealed class KeyProver(OpenRouterClient client, AccountCache account, NewKeyTestPlanner planner)
{
    private readonly Dictionary<(string, SecureString), string?> results = [];

    /// <summary>Tests a key, once.</summary>
    /// <returns>Why the provider did not accept it, or why that is not known; null if it did.</returns>
    /// <exception cref="OpenRouterException">Nothing else can be tested either.</exception>
    public async Task<string?> RefusalAsync(
        string provider, SecureString key, IClientObserver observer, CancellationToken cancellationToken)
    {
        if (!results.TryGetValue((provider, key), out var refusal))
        {
            refusal = await TestAsync(provider, key, observer, cancellationToken).ConfigureAwait(false);
            results[(provider, key)] = refusal;
        }

        return refusal;
    }

    private async Task<string?> TestAsync(
        string provider, SecureString key, IClientObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            var test = await planner.PlanAsync(provider, observer, cancellationToken).ConfigureAwait(false);
            var outcome = await new NewKeyTester(client, account)
                .RunAsync(test, key, observer, cancellationToken).ConfigureAwait(false);
            if (outcome.RemovalFailure is { } left)
            {
                observer.Warning(left.Message + " " + left.RecommendedAction);
            }

            if (outcome.Failure is { } failure)
            {
                throw failure;
            }

            return outcome.Result!.Passed ? null : NewKeyTestText.MeaningOf(outcome.Result);
        }
        catch (OpenRouterException failure) when (!failure.EndsCommand)
        {
            return failure.Message;
        }
    }
}
