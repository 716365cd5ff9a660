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

    /// <summary>
    /// The maximum number of concurrent requests for credentials. Unless it is 1, names are looked up meanwhile.
    /// </summary>
    public int Throttle { get; init; } = 8;

    /// <summary>Is told how many credentials were read, and how many there are, if that is known.</summary>
    public IProgress<(int Read, long? Total)>? Progress { get; init; }

    /// <exception cref="OpenRouterException">Names are unknown or ambiguous, or a request failed.</exception>
    public async Task<PlanInput> LoadAsync(ByokConfiguration configuration, CancellationToken cancellationToken)
    {
        await FindWorkspacesAsync(configuration, cancellationToken).ConfigureAwait(false);
        var entries = configuration.Credentials;
        var resolved = new ResolvedEntry[entries.Count];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (Throttle == 1)
        {
            await ResolveAsync(entries, resolved, isDefault: false, defaultId: null, stop.Token).ConfigureAwait(false);
        }

        var reading = ReadKeysAsync(configuration, stop.Token);
        var resolving = Throttle == 1
            ? Task.CompletedTask
            : ResolveAsync(entries, resolved, isDefault: false, defaultId: null, stop.Token);
        if ((await Task.WhenAny(reading, resolving).ConfigureAwait(false)).IsFaulted)
        {
            stop.Cancel();
        }

        await Task.WhenAll(reading, resolving).ConfigureAwait(false);
        var (keys, read, defaultId) = await reading.ConfigureAwait(false);
        await ResolveAsync(entries, resolved, isDefault: true, defaultId, cancellationToken).ConfigureAwait(false);
        errors.ThrowIfAny();
        return new PlanInput
        {
            Entries = resolved,
            Scope = [.. configuration.Scope.Select(pair =>
                new ProviderScope(WorkspaceId(pair.Workspace, defaultId), pair.Provider))],
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
            account.ByokKeys.Add(page.Items);
            Progress?.Report((page.Items.Count, page.TotalCount));
        }

        return keys;
    }

    private async Task<(IReadOnlyList<ByokKey> Keys, IReadOnlyList<string?> WorkspaceIds, string? DefaultId)>
        ReadKeysAsync(ByokConfiguration configuration, CancellationToken cancellationToken)
    {
        var providers = configuration.Credentials.Select(entry => entry.Provider)
            .Concat(configuration.Scope.Select(pair => pair.Provider))
            .Distinct(EligibilityRules.Providers)
            .ToList();
        var workspaces = configuration.Credentials.Select(entry => entry.Workspace)
            .Concat(configuration.Scope.Select(pair => pair.Workspace))
            .Distinct()
            .ToList();
        var provider = providers is [var only] ? only : null;
        var keys = new List<ByokKey>();
        var read = new List<string?>();
        string? defaultId = null;
        if (workspaces.Contains(null))
        {
            // Only its credentials tell which workspace is the default one.
            keys.AddRange(await ReadKeysAsync([null], provider, cancellationToken).ConfigureAwait(false));
            defaultId = keys.Find(key => key.WorkspaceId is not null)?.WorkspaceId;
            read.Add(defaultId);
        }

        var others = workspaces.Select(workspace => WorkspaceId(workspace, defaultId))
            .Distinct(EligibilityRules.WorkspaceIds)
            .Where(id => id is not null && !EligibilityRules.WorkspaceIds.Equals(id, defaultId))
            .ToList();
        if (others.Count > 0)
        {
            // Global credentials are in the list of every workspace, also in that of the default one.
            var isDefaultRead = read.Count > 0;
            var more = await ReadKeysAsync(others, provider, cancellationToken).ConfigureAwait(false);
            keys.AddRange(more.Where(key => key.WorkspaceId is not null || !isDefaultRead));
            read.AddRange(others);
        }

        return (keys, read, defaultId);
    }

    private async Task FindWorkspacesAsync(ByokConfiguration configuration, CancellationToken cancellationToken)
    {
        var places = configuration.Credentials.Select(entry => (entry.Workspace, entry.Position))
            .Concat(configuration.Scope.Select(pair => (pair.Workspace, pair.Position)));
        foreach (var (workspace, position) in places)
        {
            if (workspace is not null && !workspaceIds.ContainsKey(workspace))
            {
                await FindWorkspaceAsync(workspace, position, cancellationToken).ConfigureAwait(false);
            }
        }

        errors.ThrowIfAny();
    }

    private async Task FindWorkspaceAsync(
        string workspace, SourcePosition position, CancellationToken cancellationToken) =>
        workspaceIds[workspace] = await TryAsync(
            position, () => names.WorkspaceIdAsync(workspace, observer, cancellationToken)).ConfigureAwait(false);

    /// <summary>Looks up the names of the entries of the default workspace, or of the entries of others.</summary>
    private async Task ResolveAsync(
        IReadOnlyList<CredentialEntry> entries,
        ResolvedEntry[] resolved,
        bool isDefault,
        string? defaultId,
        CancellationToken cancellationToken)
    {
        for (var index = 0; index < entries.Count; index++)
        {
            var entry = entries[index];
            if (entry.Workspace is null != isDefault)
            {
                continue;
            }

            var workspaceId = WorkspaceId(entry.Workspace, defaultId);
            var settings = entry.Settings;
            for (var number = 0; number < entry.Settings.Settings.Count; number++)
            {
                if (entry.Settings.Settings[number] is (ListSetting list, NameList names))
                {
                    var ids = await FindAsync(entry, list, names, workspaceId, cancellationToken).ConfigureAwait(false);
                    settings = settings.With(list, ids);
                }
            }

            resolved[index] = new ResolvedEntry(entry, workspaceId, settings);
        }
    }

    private async Task<IReadOnlyList<string>> FindAsync(
        CredentialEntry entry,
        ListSetting list,
        NameList names,
        string? workspaceId,
        CancellationToken cancellationToken)
    {
        var ids = new List<string>(names.Count);
        foreach (var name in names)
        {
            if (!entryIds.TryGetValue((workspaceId, list, name), out var id))
            {
                id = await FindAsync(entry, list, name, workspaceId, cancellationToken).ConfigureAwait(false);
                entryIds[(workspaceId, list, name)] = id;
            }

            ids.Add(id ?? name);
        }

        return [.. ids.Distinct(list.Comparer)];
    }

    private Task<string?> FindAsync(
        CredentialEntry entry,
        ListSetting list,
        string name,
        string? workspaceId,
        CancellationToken cancellationToken) =>
        TryAsync(entry.Position, () => FindAsync(list, name, workspaceId, cancellationToken));

    private string? WorkspaceId(string? workspace, string? defaultId) =>
        workspace is null ? defaultId : workspaceIds[workspace];

    private async Task<string> FindAsync(
        ListSetting list, string name, string? workspaceId, CancellationToken cancellationToken)
    {
        var finder = new AllowListNames(names) { WorkspaceId = new Optional<string?>(workspaceId, IsPresent: true) };
        var ids = await finder.FindAsync(list, [name], observer, cancellationToken).ConfigureAwait(false);
        return ids[0];
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
