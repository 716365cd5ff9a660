using System;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Security;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Api.Secrets;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Session;

namespace OpenRouter.Byok;

/// <summary>
/// A session with OpenRouter: an address, a management key, and a default workspace. It never shows the key.
/// </summary>
/// <remarks>Immutable and thread-safe, so that one session may serve several runspaces at once.</remarks>
public sealed class OpenRouterSession : IDisposable
{
    private readonly SecureString key;
    private volatile bool hasWarned;

    internal OpenRouterSession(SessionSettings settings, SecureString managementKey)
    {
        key = managementKey.Copy();
        key.MakeReadOnly();
        Settings = settings;
        var transport = new HttpTransport(
            HttpClientFactory.Create(settings.BaseUri, settings.Proxy, settings.ProxyCredential),
            settings.BaseUri,
            key,
            settings.Timeout,
            settings.Retry,
            settings.Clock,
            settings.Proxy);
        Client = new OpenRouterClient(transport);
        Account = new AccountCache(Client.Lookups, settings.Clock);
    }

    private OpenRouterSession(OpenRouterSession original, SessionSettings settings)
    {
        key = original.key;
        Settings = settings;
        Client = original.Client;
        Account = original.Account;
        hasWarned = original.hasWarned;
    }

    /// <summary>The address that requests go to.</summary>
    public Uri BaseUri => Settings.BaseUri;

    /// <summary>The masked label of the management key; null if the key was not checked.</summary>
    public string? KeyLabel => Settings.KeyLabel;

    /// <summary>Where the key came from: Parameter, Prompt or the name of an environment variable.</summary>
    public string KeySource => Settings.KeySource;

    /// <summary>The default workspace; null means the default workspace of the account.</summary>
    public string? WorkspaceId => Settings.WorkspaceId;

    /// <summary>The time limit for one attempt of a request, including its response.</summary>
    public TimeSpan Timeout => Settings.Timeout;

    /// <summary>The maximum number of times that a failed request is retried.</summary>
    public int MaximumRetryCount => Settings.Retry.MaximumRetryCount;

    /// <summary>
    /// The proxy for requests; null means the system proxy, or no proxy if the address is an http address.
    /// </summary>
    public Uri? Proxy => Settings.Proxy;

    internal OpenRouterClient Client { get; }

    internal AccountCache Account { get; }

    /// <summary>What is being read for completion at the moment.</summary>
    internal ConcurrentDictionary<string, bool> PendingReads { get; } = new();

    /// <summary>How long a press of the tab key may wait.</summary>
    internal TimeSpan CompletionTimeout => Settings.CompletionTimeout;

    internal DateTimeOffset UtcNow => Settings.Clock.UtcNow;

    /// <summary>
    /// Says where the key goes, once a session: when that is neither OpenRouter nor this machine.
    /// </summary>
    /// <param name="cmdlet">The cmdlet that is about to send it, on the thread of its pipeline.</param>
    internal void WarnOfAddress(Cmdlet cmdlet)
    {
        if (hasWarned || BaseAddress.IsOpenRouter(BaseUri) || BaseUri.IsLoopback)
        {
            return;
        }

        // A warning may end the command, and then it has to come again before anything is sent.
        cmdlet.WriteWarning(Messages.Format(Messages.KeySentToOtherAddress, HostName.WithPort(BaseUri)));
        hasWarned = true;
    }

    private SessionSettings Settings { get; }

    /// <summary>Wipes the key and closes the connections. What is under way or waited for fails at once.</summary>
    public void Dispose()
    {
        Client.Dispose();
        key.Dispose();
    }

    internal bool IsFor(Uri baseUri, SecureString managementKey)
    {
        if (baseUri != BaseUri || managementKey.Length != key.Length)
        {
            return false;
        }

        using var own = new SecretText(key);
        using var other = new SecretText(managementKey);
        return own.Characters.SequenceEqual(other.Characters);
    }

    /// <summary>
    /// The session with the label that the API gave its key, and with a default workspace. It takes over the key and
    /// the connections of this one, which is not to be used or disposed of any more.
    /// </summary>
    internal OpenRouterSession With(string? label, string? workspaceId) =>
        new(this, Settings with { KeyLabel = label, WorkspaceId = workspaceId });

    /// <summary>The address and the label of the key.</summary>
    public override string ToString() =>
        DisplayText.Escape(KeyLabel is null ? BaseUri.AbsoluteUri : $"{BaseUri.AbsoluteUri} ({KeyLabel})");
}
