using System;
using System.Linq;

namespace OpenRouter.Sandbox.Server;

internal static class WorkspaceScope
{
    /// <summary>The workspace that a request means: the one it names, else the account's default.</summary>
    public static Guid WorkspaceOrDefault(this SandboxStore store, Guid? workspace)
    {
        if (workspace is not { } id)
        {
            return store.DefaultWorkspaceId ?? throw ApiException.BadRequest(
                "The default workspace of this account was deleted; pass workspace_id explicitly");
        }

        return store.Workspaces.Any(candidate => candidate.Id == id)
            ? id
            : throw ApiException.BadRequest("workspace_id is not a workspace of this account");
    }
}
