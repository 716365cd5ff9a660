using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Testing;

/// <summary>An API key for inference, and whom its requests count for.</summary>
internal sealed record TestApiKey(SecureString Key, TestCaller Caller);

/// <summary>The API keys that a command can send test requests with. For one caller at a time.</summary>
internal sealed class TestApiKeys(CredentialTestClient tests, AccountCache account, IReadOnlyList<SecureString> keys)
{
    private IReadOnlyList<TestApiKey>? known;

    public async Task<IReadOnlyList<TestApiKey>> GetAsync(
        IClientObserver observer, CancellationToken cancellationToken)
    {
        if (known is not null)
        {
            return known;
        }

        var found = new List<TestApiKey>();
        foreach (var key in keys)
        {
            var caller = await tests.GetCallerAsync(key, observer, cancellationToken).ConfigureAwait(false);
            found.Add(new TestApiKey(key, caller));
        }

        return known = found;
    }

    /// <summary>The API key of a workspace.</summary>
    /// <exception cref="OpenRouterException">There is none.</exception>
    public async Task<TestApiKey> OfWorkspaceAsync(
        string workspaceId, IClientObserver observer, CancellationToken cancellationToken)
    {
        var all = await GetAsync(observer, cancellationToken).ConfigureAwait(false);
        return all.FirstOrDefault(one => EligibilityRules.WorkspaceIds.Equals(one.Caller.WorkspaceId, workspaceId))
            ?? throw new OpenRouterException(
                ErrorReason.InvalidArgument,
                Messages.ApiKeyOfOtherWorkspace,
                account.DescribeWorkspace(workspaceId),
                string.Join(", ", all.Select(Origin).Distinct()))
            {
                Advice = Messages.AdviceApiKeyOfOtherWorkspace,
            };
    }

    private string Origin(TestApiKey key) => key.Caller.WorkspaceId is { } workspaceId
        ? Messages.Format(Messages.WorkspaceNamed, account.DescribeWorkspace(workspaceId))
        : Messages.NoWorkspaceOfAccount;
}
