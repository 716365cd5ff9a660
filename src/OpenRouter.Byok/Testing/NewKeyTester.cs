using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Testing;

/// <summary>
/// Tests keys that are not stored: creates a temporary credential, sends one request, and removes the credential,
/// whatever happens in between. Thread-safe.
/// </summary>
internal sealed class NewKeyTester(OpenRouterClient client, AccountCache account)
{
    // Only the response to a create request says what has to be removed.
    private static readonly TimeSpan CreateStopDelay = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RemovalTimeLimit = TimeSpan.FromSeconds(10);

    /// <summary>Tests a key, after the tests of the same provider and workspace that the session has begun.</summary>
    /// <exception cref="OpenRouterException">Nothing was created, since the workspace is not fit for it.</exception>
    /// <exception cref="OperationCanceledException">
    /// The test was canceled; by then, the temporary credential is removed, if that was possible.
    /// </exception>
    public Task<NewKeyTestOutcome> RunAsync(
        NewKeyTest test, SecureString key, IClientObserver observer, CancellationToken cancellationToken) =>
        client.Tests.RunAloneAsync(
            test.Provider,
            test.WorkspaceId,
            () => RunInTurnAsync(test, key, observer, cancellationToken),
            cancellationToken);

    private async Task<NewKeyTestOutcome> RunInTurnAsync(
        NewKeyTest test, SecureString key, IClientObserver observer, CancellationToken cancellationToken)
    {
        using var processEnd = new ProcessEnd();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, processEnd.Token);
        var others = await PrepareAsync(test, observer, stop.Token).ConfigureAwait(false);
        var temporary = new NewByokKey(test.Provider, key, test.WorkspaceId, SettingsOf(test));
        string? id = null;
        ByokKeyTestResult? result = null;
        OpenRouterException? failure = null;
        try
        {
            var created = await client.CreateByokKeyAsync(temporary, observer, stop.Token, CreateStopDelay)
                .ConfigureAwait(false);
            id = created.Id;
            result = await SendAsync(test, created, others, observer, stop.Token).ConfigureAwait(false);
        }
        catch (OpenRouterException caught)
        {
            failure = caught;
        }
        catch
        {
            await RemoveAsync(temporary, id, observer, stop.Token).ConfigureAwait(false);
            throw;
        }

        var wasRefused = id is null && failure is { IsOutcomeUnknown: false, Reason: not ErrorReason.AmbiguousCreate };
        return new NewKeyTestOutcome(result, failure)
        {
            RemovalFailure = wasRefused ? null
                : await RemoveAsync(temporary, id, observer, stop.Token).ConfigureAwait(false),
        };
    }

    private async Task<IReadOnlyList<ByokKey>> PrepareAsync(
        NewKeyTest test, IClientObserver observer, CancellationToken cancellationToken)
    {
        var query = new ByokKeyQuery(test.WorkspaceId, test.Provider);
        var (keys, now) = await client.ListByokKeysAsync(query, observer, cancellationToken).ConfigureAwait(false);
        var leftOver = keys.Where(key => TemporaryCredential.IsLeftOver(key, now)).ToList();
        var others = keys.Except(leftOver).ToList();
        if (test.Obstacle(others, isTestIgnored: false, account.DescribeWorkspace(test.WorkspaceId)) is { } obstacle)
        {
            throw obstacle;
        }

        foreach (var key in leftOver)
        {
            await client.DeleteByokKeyAsync(key.Id, observer, cancellationToken).ConfigureAwait(false);
            observer.Verbose(Messages.Format(Messages.LeftOverRemoved, key.Id, key.CreatedAt));
        }

        return others;
    }

    private async Task<ByokKeyTestResult> SendAsync(
        NewKeyTest test,
        ByokKey temporary,
        IReadOnlyList<ByokKey> others,
        IClientObserver observer,
        CancellationToken cancellationToken)
    {
        var request = new CredentialTestRequest(temporary, test.Model, test.Cost) { IsTemporary = true };
        var response = await client.Tests
            .SendAsync(request, test.ApiKey.Key, observer, cancellationToken).ConfigureAwait(false);
        return CredentialTestEvaluator.Evaluate(request, test.RouteOf(temporary, others), response);
    }

    // Nothing else can serve the request, and no other API key can use the credential.
    private static ByokKeyChanges SettingsOf(NewKeyTest test)
    {
        var settings = new ByokKeyChanges()
            .With(CredentialSettings.Name, TemporaryCredential.NewName())
            .With(CredentialSettings.IsRequired, true)
            .With(CredentialSettings.IsByokOnly, true);
        return settings.With(CredentialSettings.AllowedApiKeyHashes, [test.ApiKey.Caller.ApiKeyHash!]);
    }

    /// <summary>
    /// Removes the temporary credential. It is looked up if its id is not known, since it may have been created all the
    /// same. After the test was canceled, this takes a limited time.
    /// </summary>
    /// <returns>Why it is not certain that the credential was removed; null if it was.</returns>
    private async Task<OpenRouterException?> RemoveAsync(
        NewByokKey temporary, string? id, IClientObserver observer, CancellationToken canceled)
    {
        using var timeLimit = new CancellationTokenSource();
        using var limit = canceled.Register(() => timeLimit.CancelAfter(RemovalTimeLimit));
        try
        {
            foreach (var created in id is null
                ? await FindAsync(temporary, observer, timeLimit.Token).ConfigureAwait(false)
                : [id])
            {
                id = created;
                await client.DeleteByokKeyAsync(created, observer, timeLimit.Token).ConfigureAwait(false);
            }

            return null;
        }
        catch (OpenRouterException failure) when (failure.StatusCode == 404)
        {
            return null;
        }
        catch (OpenRouterException failure)
        {
            return NotRemoved(temporary, id, failure.Message);
        }
        catch (OperationCanceledException)
        {
            return NotRemoved(temporary, id, Messages.RemovalCanceled);
        }
    }

    private async Task<IReadOnlyList<string>> FindAsync(
        NewByokKey temporary, IClientObserver observer, CancellationToken cancellationToken)
    {
        var query = new ByokKeyQuery(temporary.WorkspaceId, temporary.Provider);
        var (keys, _) = await client.ListByokKeysAsync(query, observer, cancellationToken).ConfigureAwait(false);
        return [.. keys.Where(key => key.Name == temporary.Settings.Name.Value).Select(key => key.Id)];
    }

    private static OpenRouterException NotRemoved(NewByokKey temporary, string? id, string why) => id is null
        ? new(ErrorReason.NotRemoved, Messages.MayNotBeRemoved, temporary.Settings.Name.Value, why)
        {
            Advice = Messages.Format(
                Messages.AdviceMayNotBeRemoved, temporary.Settings.Name.Value, temporary.WorkspaceId),
        }
        : new(ErrorReason.NotRemoved, Messages.NotRemoved, id, why)
        {
            Advice = Messages.Format(Messages.AdviceNotRemovedById, id),
        };
}

/// <summary>What a test of a new key came to.</summary>
/// <param name="Result">The result; null if the test failed.</param>
/// <param name="Failure">Why there is no result; null if there is one.</param>
internal sealed record NewKeyTestOutcome(ByokKeyTestResult? Result, OpenRouterException? Failure)
{
    /// <summary>Why the temporary credential may still exist; null if it does not.</summary>
    public OpenRouterException? RemovalFailure { get; init; }
}
