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

namespace OpenRouter.Byok.Configuration;

/// <summary>
/// Reads what a configuration has to be compared with, and looks up its names. Lists are read only where names are
/// used, and each once.
/// </summary>
/// <param name="client">Sends the requests.</param>
/// <param name="account">The account to look up in.</param>
/// <param name="names">Finds ids by names.</param>
/// <param name="observer">Receives what the requests report.</param>
internal sealed class ConfigurationLoader(
    OpenRouterClient client, AccountCache account, NameResolver names, IClientObserver observer)
{
    private readonly ConfigurationErrors errors = new();
    private readonly Dictionary<string, string?> workspaceIds = new(StringComparer.Ordinal);
    private readonly Dictionary<(string?, CredentialSetting, string), string?> entryIds = [];

    /// <summary>The maximum number of concurrent requests.</summary>
    public int Throttle { get; init; } = 8;

    /// <summary>Is told how many credentials were read, and how many there are, if that is known.</summary>
    public IProgress<(int Read, long? Total)>? Progress { get; init; }

    /// <exception cref="OpenRouterException">Names are unknown or ambiguous, or a request failed.</exception>
    public async Task<PlanInput> LoadAsync(ByokConfiguration configuration, CancellationToken cancellationToken)
    {
        var positions = configuration.Credentials.Select(entry => (entry.Workspace, entry.Position))
            .Concat(configuration.Scope.Select(pair => (pair.Workspace, pair.Position)));
        foreach (var (workspace, position) in positions.Where(one => one.Workspace is not null))
        {
            await FindWorkspaceAsync(workspace!, position, cancellationToken).ConfigureAwait(false);
        }

        errors.ThrowIfAny();
        var (keys, read, defaultId) = await ReadKeysAsync(configuration, cancellationToken).ConfigureAwait(false);
        var entries = new List<ResolvedEntry>(configuration.Credentials.Count);
        foreach (var entry in configuration.Credentials)
        {
            var workspaceId = entry.Workspace is null ? defaultId : workspaceIds[entry.Workspace];
            var settings = await FindNamesAsync(entry, workspaceId, cancellationToken).ConfigureAwait(false);
            entries.Add(new ResolvedEntry(entry, workspaceId, settings));
        }

        errors.ThrowIfAny();
        return new PlanInput
        {
            Entries = entries,
            Scope = [.. configuration.Scope.Select(pair => new ProviderScope(
                pair.Workspace is null ? defaultId : workspaceIds[pair.Workspace], pair.Provider))],
            Keys = keys,
            WorkspaceIds = read,
            Names = new PlanNames(account),
        };
    }

    /// <summary>Reads the credentials of workspaces.</summary>
    /// <param name="workspaces">The ids; a null stands for the account's default workspace.</param>
    /// <param name="provider">The provider to read; null reads all.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task<IReadOnlyList<ByokKey>> ReadKeysAsync(
        IReadOnlyList<string?> workspaces, string? provider, CancellationToken cancellationToken)
    {
        var search = new ByokKeySearch(client, observer)
        {
            WorkspaceIds = workspaces,
            Providers = [provider],
            Throttle = Throttle,
        };
        var keys = new List<ByokKey>();
        await foreach (var page in search.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            keys.AddRange(page.Items);
            Progress?.Report((page.Items.Count, page.TotalCount));
        }

        account.ByokKeys.Add(keys);
        return keys;
    }

    private async Task<(IReadOnlyList<ByokKey> Keys, IReadOnlyList<string?> WorkspaceIds, string? DefaultId)>
        ReadKeysAsync(ByokConfiguration configuration, CancellationToken cancellationToken)
    {
        var pairs = configuration.Credentials.Select(entry => (entry.Workspace, entry.Provider))
            .Concat(configuration.Scope.Select(pair => (pair.Workspace, pair.Provider)))
            .ToList();
        var providers = pairs.Select(pair => pair.Provider).Distinct(EligibilityRules.Providers).ToList();
        var provider = providers is [var only] ? only : null;
        var keys = new List<ByokKey>();
        var read = new List<string?>();
        string? defaultId = null;
        if (pairs.Exists(pair => pair.Workspace is null))
        {
            // Only its credentials tell which workspace is the default one.
            keys.AddRange(await ReadKeysAsync([null], provider, cancellationToken).ConfigureAwait(false));
            defaultId = keys.Find(key => key.WorkspaceId is not null)?.WorkspaceId;
            read.Add(defaultId);
        }

        var others = pairs.Select(pair => pair.Workspace is null ? defaultId : workspaceIds[pair.Workspace])
            .Distinct(EligibilityRules.WorkspaceIds)
            .Where(id => id is not null && !EligibilityRules.WorkspaceIds.Equals(id, defaultId))
            .ToList();
        if (others.Count > 0)
        {
            keys.AddRange(await ReadKeysAsync(others, provider, cancellationToken).ConfigureAwait(false));
            read.AddRange(others);
        }

        // A global credential is in the list of every workspace.
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return ([.. keys.Where(key => ids.Add(key.Id))], read, defaultId);
    }

    private async Task FindWorkspaceAsync(
        string workspace, SourcePosition position, CancellationToken cancellationToken)
    {
        if (!workspaceIds.TryGetValue(workspace, out var id))
        {
            id = await TryAsync(position, () => names.WorkspaceIdAsync(workspace, observer, cancellationToken))
                .ConfigureAwait(false);
            workspaceIds[workspace] = id;
        }
    }

    private async Task<ByokKeyChanges> FindNamesAsync(
        CredentialEntry entry, string? workspaceId, CancellationToken cancellationToken)
    {
        var settings = entry.Settings;
        var finder = new AllowListNames(names) { WorkspaceId = new Optional<string?>(workspaceId, IsPresent: true) };
        foreach (var list in CredentialSettings.Lists)
        {
            if (settings.Get(list).Value is not NameList entries)
            {
                continue;
            }

            var ids = new List<string>();
            foreach (var text in entries)
            {
                if (!entryIds.TryGetValue((workspaceId, list, text), out var id))
                {
                    id = await TryAsync(
                        entry.Position,
                        async () => (await finder.FindAsync(list, [text], observer, cancellationToken)
                            .ConfigureAwait(false))[0]).ConfigureAwait(false);
                    entryIds[(workspaceId, list, text)] = id;
                }

                ids.Add(id ?? text);
            }

            settings = settings.With(list, [.. ids.Distinct(list.Comparer)]);
        }

        return settings;
    }

    // Names that lead nowhere are errors of the configuration, and are reported together.
    private async Task<string?> TryAsync(SourcePosition position, Func<Task<string>> find)
    {
        try
        {
            return await find().ConfigureAwait(false);
        }
        catch (OpenRouterException failure) when (
            failure.Reason is ErrorReason.UnknownName or ErrorReason.AmbiguousName or ErrorReason.InvalidArgument)
        {
            errors.Add(position, "{0}", failure.Message);
            return null;
        }
    }
}
