using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>Makes the text of a configuration from credentials.</summary>
/// <param name="account">The account to look names up in; null leaves ids and hashes as they are.</param>
/// <param name="names">Finds the workspaces of the previous configuration.</param>
/// <param name="began">A list that was read at this time or later is not read again.</param>
internal sealed class ConfigurationExporter(AccountCache? account, NameResolver? names, DateTimeOffset began)
{
    /// <param name="keys">The credentials.</param>
    /// <param name="previous">A configuration whose references to keys and scope are kept; null for none.</param>
    /// <param name="defaultWorkspaceId">The account's default workspace, if that configuration needs it.</param>
    /// <param name="observer">Receives what the requests report.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task<string> ExportAsync(
        IReadOnlyList<ByokKey> keys,
        ByokConfiguration? previous,
        string? defaultWorkspaceId,
        IClientObserver observer,
        CancellationToken cancellationToken)
    {
        var exportNames = account is null
            ? ExportNames.None
            : await ExportNames.FindAsync(account, keys, began, observer, cancellationToken).ConfigureAwait(false);
        var references = previous is null
            ? []
            : await ReferencesAsync(keys, previous, defaultWorkspaceId, observer, cancellationToken)
                .ConfigureAwait(false);
        return new ConfigurationWriter(exportNames.Workspace, exportNames.Entries)
            .Write(keys, references, previous?.Scope ?? []);
    }

    private async Task<Dictionary<ByokKey, KeyReference>> ReferencesAsync(
        IReadOnlyList<ByokKey> keys,
        ByokConfiguration previous,
        string? defaultWorkspaceId,
        IClientObserver observer,
        CancellationToken cancellationToken)
    {
        var ids = new Dictionary<string, string?>(StringComparer.Ordinal);
        var entries = new List<ResolvedEntry>();
        foreach (var entry in previous.Credentials.Where(entry => entry.Key is not null))
        {
            var workspace = entry.Workspace ?? "";
            if (!ids.TryGetValue(workspace, out var id))
            {
                id = entry.Workspace is null ? defaultWorkspaceId
                    : await WorkspaceIdAsync(entry.Workspace, observer, cancellationToken).ConfigureAwait(false);
                ids[workspace] = id;
            }

            entries.Add(new ResolvedEntry(entry, id, entry.Settings));
        }

        // What means several credentials has no one that its key belongs to.
        var matches = new EntryMatcher(keys, new ConfigurationErrors()).Match(entries);
        return entries.Zip(matches, (entry, key) => (Reference: entry.Entry.Key!, Key: key))
            .Where(pair => pair.Key is not null)
            .ToDictionary(pair => pair.Key!, pair => pair.Reference);
    }

    private async Task<string?> WorkspaceIdAsync(
        string workspace, IClientObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            return names is null
                ? workspace
                : await names.WorkspaceIdAsync(workspace, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OpenRouterException failure) when (
            failure.Reason is ErrorReason.UnknownName or ErrorReason.AmbiguousName)
        {
            return workspace;
        }
    }
}
