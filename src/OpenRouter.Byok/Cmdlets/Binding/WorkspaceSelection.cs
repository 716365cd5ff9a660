using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>The workspaces that a cmdlet is to look in, by whichever parameter they were given.</summary>
internal sealed record WorkspaceSelection(string[]? Names, string[]? Ids, bool All)
{
    public static readonly WorkspaceSelection None = new(null, null, false);

    /// <exception cref="OpenRouterException">They were given by two parameters, or by blank text.</exception>
    public void Check()
    {
        foreach (var name in Names ?? [])
        {
            Validate.NotBlank("Workspace", name);
        }

        if (Names is not null && Ids is not null)
        {
            throw Validate.TwoForms("Workspace", "WorkspaceId");
        }

        if (All && Names is not null)
        {
            throw Validate.Excluding("Workspace", "AllWorkspaces");
        }

        if (All && Ids is not null)
        {
            throw Validate.Excluding("WorkspaceId", "AllWorkspaces");
        }

        foreach (var id in Ids ?? [])
        {
            Validate.WorkspaceId(id);
        }
    }

    /// <summary>The ids; a null stands for the account's default workspace.</summary>
    /// <exception cref="OpenRouterException">A name leads to no workspace, or to several.</exception>
    public async Task<IReadOnlyList<string?>> ResolveAsync(
        string? otherwise, NameResolver resolver, IClientObserver observer, CancellationToken cancellationToken)
    {
        if (Ids is not null)
        {
            return [.. Ids.Distinct()];
        }

        if (All)
        {
            var all = await resolver.AllWorkspaceIdsAsync(observer, cancellationToken).ConfigureAwait(false);
            return all.Count == 0 ? [null] : [.. all];
        }

        if (Names is null)
        {
            return [otherwise];
        }

        var found = new List<string?>();
        foreach (var name in Names)
        {
            found.Add(await resolver.WorkspaceIdAsync(name, observer, cancellationToken).ConfigureAwait(false));
        }

        return [.. found.Distinct()];
    }
}
