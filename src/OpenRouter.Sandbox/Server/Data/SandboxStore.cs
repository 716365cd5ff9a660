using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace OpenRouter.Sandbox.Server;

/// <summary>The account: everything that is answered, safe to read and write from any thread.</summary>
/// <remarks>
/// Credentials stand sorted in one list. A filtered list is made once and kept until the next change, so that a page
/// of many thousand credentials costs no more than its own entries.
/// </remarks>
internal sealed class SandboxStore
{
    private readonly Lock gate = new();
    private readonly Func<IReadOnlyList<Credential>> initialCredentials;
    private readonly IComparer<Credential> listOrder;
    private readonly List<Credential> sorted = [];
    private readonly Dictionary<Guid, Credential> byId = [];
    private readonly Dictionary<(string Provider, Guid? Workspace), int> nextSortOrder = [];
    private readonly Dictionary<(Guid Workspace, string? Provider), IReadOnlyList<Credential>> listings = [];
    private readonly Dictionary<string, SandboxUpstream> sharedUpstreams = [];
    private SeededIds ids = new();

    public SandboxStore(SandboxOptions options)
    {
        listOrder = options.ShuffleSeed is { } seed ? new ShuffledOrder(seed) : TrialOrder.Instance;
        initialCredentials = options.KeyCount is { } count
            ? () => GeneratedCredentials.Create(count)
            : () => SampleCredentials.All;
        Reset();
    }

    public IReadOnlyList<Workspace> Workspaces { get; set; } = [];

    /// <summary>Null once the default workspace was deleted.</summary>
    public Guid? DefaultWorkspaceId { get; private set; }

    public IReadOnlyList<ApiKey> ApiKeys { get; set; } = [];

    public IReadOnlyList<Member> Members { get; set; } = [];

    public IReadOnlyList<Provider> Providers { get; set; } = [];

    public IReadOnlyList<Model> Models { get; set; } = [];

    /// <summary>All credentials of all workspaces in the order of a list, as they are now.</summary>
    public IReadOnlyList<Credential> Credentials
    {
        get
        {
            lock (gate)
            {
                return sorted.ToArray();
            }
        }
    }

    /// <summary>Back to what the sandbox started with.</summary>
    public void Reset()
    {
        lock (gate)
        {
            Workspaces = SampleAccount.Workspaces;
            DefaultWorkspaceId = SampleAccount.DefaultWorkspaceId;
            ApiKeys = SampleAccount.ApiKeys;
            Members = SampleAccount.Members;
            Providers = SampleCatalog.Providers;
            Models = SampleCatalog.Models;
            ids = new SeededIds();
            sharedUpstreams.Clear();
            ReplaceCredentials(initialCredentials());
        }
    }

    /// <summary>Deletes the default workspace with all that belongs to it; no other becomes the default.</summary>
    public void DeleteDefaultWorkspace()
    {
        lock (gate)
        {
            if (DefaultWorkspaceId is not { } id)
            {
                return;
            }

            Workspaces = [.. Workspaces.Where(workspace => workspace.Id != id)];
            ApiKeys = [.. ApiKeys.Where(key => key.WorkspaceId != id)];
            ReplaceCredentials([.. sorted.Where(credential => credential.WorkspaceId != id)]);
            DefaultWorkspaceId = null;
        }
    }

    public void ReplaceCredentials(IReadOnlyList<Credential> credentials)
    {
        lock (gate)
        {
            sorted.Clear();
            sorted.AddRange(credentials);
            sorted.Sort(listOrder);
            byId.Clear();
            nextSortOrder.Clear();
            listings.Clear();
            foreach (var credential in sorted)
            {
                byId.Add(credential.Id, credential);
                TakeSortOrder(credential);
            }
        }
    }

    public Credential? Find(Guid id)
    {
        lock (gate)
        {
            return byId.GetValueOrDefault(id);
        }
    }

    /// <summary>A workspace's own credentials and the global ones, in the order of a list.</summary>
    public IReadOnlyList<Credential> List(Guid workspace, string? provider)
    {
        lock (gate)
        {
            if (!listings.TryGetValue((workspace, provider), out var listing))
            {
                listing = sorted.Where(credential => (credential.WorkspaceId ?? workspace) == workspace
                    && (provider is null || credential.Provider == provider)).ToArray();
                // Empty ones are not kept: callers may ask for any number of providers that nobody has.
                if (listing.Count > 0)
                {
                    listings.Add((workspace, provider), listing);
                }
            }

            return listing;
        }
    }

    /// <summary>Adds a credential under a fresh id, as the last one of its provider in its workspace.</summary>
    public Credential Create(Credential draft)
    {
        lock (gate)
        {
            var credential = draft with
            {
                Id = ids.Next(),
                SortOrder = nextSortOrder.GetValueOrDefault((draft.Provider, draft.WorkspaceId)),
            };
            Insert(credential);
            return credential;
        }
    }

    /// <summary>Adds a credential as it is, whatever the API's rules would say.</summary>
    public void Add(Credential credential)
    {
        lock (gate)
        {
            Insert(credential);
        }
    }

    /// <summary>Null when there is no such credential. The change sees the current state and runs alone.</summary>
    public Credential? Update(Guid id, Func<Credential, Credential> change)
    {
        lock (gate)
        {
            if (!byId.TryGetValue(id, out var current))
            {
                return null;
            }

            var changed = change(current);
            Remove(id);
            Insert(changed);
            return changed;
        }
    }

    public bool Remove(Guid id)
    {
        lock (gate)
        {
            if (!byId.Remove(id, out var credential))
            {
                return false;
            }

            sorted.RemoveAt(sorted.BinarySearch(credential, listOrder));
            listings.Clear();
            return true;
        }
    }

    /// <summary>From now on the provider answers this credential so; false when there is no such credential.</summary>
    public bool SetUpstream(Guid id, SandboxUpstream upstream) =>
        Update(id, credential => credential with { Upstream = upstream }) is not null;

    /// <summary>From now on the provider answers OpenRouter's shared capacity so.</summary>
    public void SetSharedUpstream(string provider, SandboxUpstream upstream)
    {
        lock (gate)
        {
            sharedUpstreams[provider] = upstream;
        }
    }

    public SandboxUpstream SharedUpstream(string provider)
    {
        lock (gate)
        {
            return sharedUpstreams.GetValueOrDefault(provider, SandboxUpstream.Serves);
        }
    }

    private void Insert(Credential credential)
    {
        byId.Add(credential.Id, credential);
        sorted.Insert(~sorted.BinarySearch(credential, listOrder), credential);
        TakeSortOrder(credential);
        listings.Clear();
    }

    private void TakeSortOrder(Credential credential)
    {
        var slot = (credential.Provider, credential.WorkspaceId);
        nextSortOrder[slot] = Math.Max(nextSortOrder.GetValueOrDefault(slot), credential.SortOrder + 1);
    }
}
