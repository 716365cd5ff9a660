using System;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Http;

namespace OpenRouter.Byok.Configuration;

/// <summary>Makes planned changes. Thread-safe.</summary>
internal sealed class ConfigurationApplier(OpenRouterClient client, AccountCache account)
{
    /// <param name="change">The change.</param>
    /// <param name="key">The key to send; null when none is sent.</param>
    /// <param name="observer">Receives what the requests report.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The change, completed.</returns>
    public async Task<ByokConfigurationChange> ApplyAsync(
        ByokConfigurationChange change,
        SecureString? key,
        IClientObserver observer,
        CancellationToken cancellationToken)
    {
        switch (change.Action)
        {
            case ByokConfigurationAction.Create:
                var wanted = new NewByokKey(
                    change.Provider,
                    key ?? throw new ArgumentNullException(nameof(key)),
                    change.WorkspaceId,
                    change.Settings);
                var created = await client.CreateByokKeyAsync(wanted, observer, cancellationToken)
                    .ConfigureAwait(false);
                account.ByokKeys.Add(created);
                return change.After(ByokConfigurationStatus.Completed, keyId: created.Id);
            case ByokConfigurationAction.Remove:
                await client.DeleteByokKeyAsync(change.KeyId!, observer, cancellationToken).ConfigureAwait(false);
                account.ByokKeys.Remove(change.KeyId!);
                return change.After(ByokConfigurationStatus.Completed);
            default:
                var settings = change.Settings with { Key = key };
                var updated = await client.UpdateByokKeyAsync(change.KeyId!, settings, observer, cancellationToken)
                    .ConfigureAwait(false);
                account.ByokKeys.Add(updated);
                return change.After(ByokConfigurationStatus.Completed);
        }
    }
}
