using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Testing;

/// <summary>
/// Plans the tests of new keys of one command, and checks what can be checked before anything is created. For one
/// caller at a time.
/// </summary>
/// <param name="client">Sends the requests.</param>
/// <param name="account">The account to look up in.</param>
/// <param name="names">Finds the workspace.</param>
/// <param name="workspace">The name, slug or id of the workspace that is kept for tests.</param>
/// <param name="apiKeys">The API keys, one of which belongs to the workspace.</param>
/// <param name="model">The model to ask; null means the cheapest of the provider.</param>
/// <param name="began">A list that was read at this time or later is not read again.</param>
internal sealed class NewKeyTestPlanner(
    OpenRouterClient client,
    AccountCache account,
    NameResolver names,
    string workspace,
    TestApiKeys apiKeys,
    string? model,
    DateTimeOffset began)
{
    private readonly Dictionary<string, NewKeyTest> tests = new(EligibilityRules.Providers);

    /// <exception cref="OpenRouterException">The workspace or the API key is not fit for the test.</exception>
    public async Task<NewKeyTest> PlanAsync(
        string provider, IClientObserver observer, CancellationToken cancellationToken)
    {
        if (tests.TryGetValue(provider, out var planned))
        {
            return planned;
        }

        var found = await names.WorkspaceIdAsync(workspace, observer, cancellationToken).ConfigureAwait(false);
        var workspaceId = Uuid.Normalize(found) ?? found;
        var apiKey = await apiKeys.OfWorkspaceAsync(workspaceId, observer, cancellationToken).ConfigureAwait(false);
        await WarnOfOtherApiKeysAsync(workspaceId, apiKey, observer, cancellationToken).ConfigureAwait(false);
        var offers = new TestModels(
            await account.GetModelsAsync(provider, began, observer, cancellationToken).ConfigureAwait(false));
        var asked = model ?? offers.Cheapest(allowed: null) ?? throw new OpenRouterException(
            ErrorReason.InvalidArgument, Messages.NotTestedNoModel, provider)
        {
            Advice = Messages.AdviceNoModel,
        };
        var test = new NewKeyTest(provider, workspaceId, apiKey, asked, offers.CostOf(asked));
        var (keys, now) = await client
            .ListByokKeysAsync(new ByokKeyQuery(workspaceId, provider), observer, cancellationToken)
            .ConfigureAwait(false);
        var others = keys.Where(key => !TemporaryCredential.IsLeftOver(key, now));
        if (test.Obstacle(others, isTestIgnored: true, account.DescribeWorkspace(workspaceId)) is { } obstacle)
        {
            throw obstacle;
        }

        return tests[provider] = test;
    }

    // While the temporary credential exists, shared capacity of its provider is closed to the whole workspace.
    private async Task WarnOfOtherApiKeysAsync(
        string workspaceId, TestApiKey apiKey, IClientObserver observer, CancellationToken cancellationToken)
    {
        if (tests.Count > 0)
        {
            return;
        }

        var all = await account.GetApiKeysAsync(workspaceId, began, observer, cancellationToken).ConfigureAwait(false);
        var others = all.Count(key => !key.Disabled && key.Hash != apiKey.Caller.ApiKeyHash);
        if (others > 0)
        {
            observer.Warning(Messages.Format(
                Messages.WorkspaceHasApiKeys, account.DescribeWorkspace(workspaceId), others));
        }
    }
}
