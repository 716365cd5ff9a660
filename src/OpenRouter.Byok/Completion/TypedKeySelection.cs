using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Cmdlets.Binding;

namespace OpenRouter.Byok.Completion;

/// <summary>Which credentials a command line is about, by the parameters that stand on it already.</summary>
internal sealed class TypedKeySelection(IDictionary boundParameters)
{
    private static readonly ReferenceArgumentAttribute WorkspaceReference =
        new(typeof(OpenRouterWorkspace), nameof(OpenRouterWorkspace.Id));

    private readonly IReadOnlyList<string>? providers = Texts(boundParameters["Provider"]);

    private readonly IReadOnlyList<string>? workspaces =
        Texts(WorkspaceReference.Transform(null!, boundParameters["Workspace"] ?? Array.Empty<string>()));

    private readonly IReadOnlyList<string>? workspaceIds = Texts(boundParameters["WorkspaceId"]);

    private readonly bool isAll = LanguagePrimitives.IsTrue(boundParameters["AllWorkspaces"]);

    /// <summary>The cached credentials that the command line is about.</summary>
    /// <param name="session">The session that has read them.</param>
    /// <param name="inAnyWorkspace">Whether those of all workspaces are meant where no workspace is given.</param>
    public IReadOnlyList<ByokKey> FindIn(OpenRouterSession session, bool inAnyWorkspace)
    {
        var patterns = TextPatterns.Of(providers);
        var isAnywhere = isAll || (inAnyWorkspace && workspaces is null && workspaceIds is null);
        var cached = isAnywhere
            ? session.Account.ByokKeys.All
            : session.Account.ByokKeys.In(WorkspaceIds(session, session.Account.Workspaces.Last));
        return [.. cached.Where(key => patterns is null || patterns.Match(key.Provider))];
    }

    /// <summary>Reads the whole lists that were not read at the given time or later.</summary>
    public async Task<object> ReadAsync(
        OpenRouterSession session, DateTimeOffset notBefore, CancellationToken cancellationToken)
    {
        var observer = NullObserver.Instance;
        var all = workspaces is null && !isAll
            ? []
            : await session.Account.Workspaces.GetAsync(notBefore, observer, cancellationToken).ConfigureAwait(false);
        var cache = session.Account.ByokKeys;
        var unread = WorkspaceIds(session, all).Where(id => !cache.IsComplete(id, notBefore)).ToList();
        var update = cache.BeginListUpdate(unread);
        if (unread.Count == 0)
        {
            return update;
        }

        var search = new ByokKeySearch(session.Client, observer)
        {
            WorkspaceIds = unread,
            Providers = new string?[] { null },
        };
        await foreach (var page in search.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!update.Add(page.Items))
            {
                break;
            }
        }

        update.Complete();
        return update;
    }

    /// <summary>A name for the lists that <see cref="ReadAsync"/> reads, so that each is read once at a time.</summary>
    public override string ToString() =>
        $"{nameof(ByokKey)} {isAll} {string.Join("|", workspaces ?? [])} {string.Join("|", workspaceIds ?? [])}";

    // A null stands for the account's default workspace.
    private IReadOnlyList<string?> WorkspaceIds(OpenRouterSession session, IReadOnlyList<OpenRouterWorkspace> all)
    {
        if (workspaceIds is not null)
        {
            return workspaceIds;
        }

        if (workspaces is not null)
        {
            return [.. workspaces.SelectMany(IdsOf)];
        }

        return isAll && all.Count > 0 ? [.. all.Select(workspace => workspace.Id)] : [session.WorkspaceId];

        IEnumerable<string> IdsOf(string text) => NameResolver.IsWorkspaceId(text)
            ? [text]
            : NameMatcher.Workspaces.Matches(all, text).Select(workspace => workspace.Id);
    }

    private static string[]? Texts(object? argument) =>
        LanguagePrimitives.ConvertTo<string[]?>(argument) is { Length: > 0 } texts ? texts : null;
}
