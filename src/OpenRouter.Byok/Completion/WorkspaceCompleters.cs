using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>Completes the names of workspaces, or the slug where only that begins with what was typed.</summary>
internal sealed class WorkspaceCompleter : Completer
{
    protected override IEnumerable<CompletionCandidate> GetCandidates(CompletionLookup lookup) =>
        from workspace in lookup.Read(account => account.Workspaces)
        select new CompletionCandidate(
            [workspace.Name, workspace.Slug], WorkspaceIdCompleter.ToolTipOf(workspace));
}

/// <summary>Completes the ids of workspaces. A typed name or slug finds the id too.</summary>
internal sealed class WorkspaceIdCompleter : Completer
{
    public static string ToolTipOf(OpenRouterWorkspace workspace) =>
        Messages.Format(Messages.TipWorkspace, workspace.Name, workspace.Slug, workspace.Id);

    protected override IEnumerable<CompletionCandidate> GetCandidates(CompletionLookup lookup) =>
        from workspace in lookup.Read(account => account.Workspaces)
        select new CompletionCandidate(workspace.Id, ToolTipOf(workspace))
        {
            FoundBy = [workspace.Name, workspace.Slug],
            ListText = workspace.Name,
        };
}
