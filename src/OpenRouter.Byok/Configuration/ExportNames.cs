using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api.Http;

namespace OpenRouter.Byok.Configuration;

/// <summary>
/// What workspaces, API keys and members are called in an exported configuration: by a name that leads back to the same
/// id, and otherwise by the id.
/// </summary>
internal sealed class ExportNames
{
    private readonly Dictionary<string, string> slugs = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string, string), string> entries = [];

    /// <summary>Ids as they are.</summary>
    public static ExportNames None { get; } = new();

    private ExportNames()
    {
    }

    /// <summary>Looks up what the credentials refer to. Lists are read only where they are needed.</summary>
    public static async Task<ExportNames> FindAsync(
        AccountCache account,
        IReadOnlyList<ByokKey> keys,
        DateTimeOffset began,
        IClientObserver observer,
        CancellationToken cancellationToken)
    {
        var names = new ExportNames();
        if (keys.Count == 0)
        {
            return names;
        }

        foreach (var workspace in await account.Workspaces.GetAsync(began, observer, cancellationToken)
            .ConfigureAwait(false))
        {
            names.slugs[workspace.Id] = workspace.Slug;
        }

        foreach (var key in keys.Where(key => key is { WorkspaceId: not null, AllowedApiKeyHashes: not null }))
        {
            var all = await account.GetApiKeysAsync(began, observer, cancellationToken).ConfigureAwait(false);
            var own = await account.GetApiKeysAsync(key.WorkspaceId, began, observer, cancellationToken)
                .ConfigureAwait(false);
            names.AddApiKeys(key, own, all);
        }

        foreach (var key in keys.Where(key => key is { WorkspaceId: not null, AllowedUserIds: not null }))
        {
            var members = await account.Members.GetAsync(began, observer, cancellationToken).ConfigureAwait(false);
            names.AddMembers(key, members);
        }

        return names;
    }

    public string Workspace(string id) =>
        slugs.TryGetValue(id, out var slug) && !string.IsNullOrWhiteSpace(slug) ? slug : id;

    public IReadOnlyList<string> Entries(ListSetting list, string workspaceId, IReadOnlyList<string> ids) =>
        list.Names is null
            ? ids
            : [.. ids.Select(id => entries.TryGetValue((workspaceId, id), out var name) ? name : id)];

    private void AddApiKeys(ByokKey key, IReadOnlyList<OpenRouterApiKey> own, IReadOnlyList<OpenRouterApiKey> all)
    {
        foreach (var hash in key.AllowedApiKeyHashes!.Where(hash => !entries.ContainsKey((key.WorkspaceId!, hash))))
        {
            var name = all.FirstOrDefault(one => one.Hash == hash)?.Name;
            if (IsName(name) && !NameResolver.IsApiKeyHash(name!) && HashOf(name!) == hash)
            {
                entries[(key.WorkspaceId!, hash)] = name!;
            }
        }

        // As a name is looked up when the configuration is read.
        string? HashOf(string name) => NameMatcher.ApiKeys.Matches(own, name) is [var only] ? only.Hash
            : NameMatcher.ApiKeys.Matches(all, name) is [var single] ? single.Hash
            : null;
    }

    private void AddMembers(ByokKey key, IReadOnlyList<OpenRouterMember> members)
    {
        foreach (var id in key.AllowedUserIds!.Where(id => !entries.ContainsKey((key.WorkspaceId!, id))))
        {
            var email = members.FirstOrDefault(one => one.Id == id)?.Email;
            if (IsName(email) && NameMatcher.Members.Matches(members, email!) is [var only] && only.Id == id)
            {
                entries[(key.WorkspaceId!, id)] = email!;
            }
        }
    }

    private static bool IsName(string? name) => !string.IsNullOrWhiteSpace(name) && !NameResolver.IsKeyItself(name!);
}
