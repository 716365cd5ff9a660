using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Account;

namespace OpenRouter.Byok.Configuration;

/// <summary>What ids and hashes are shown as: by the names that were looked up, and otherwise as they are.</summary>
/// <param name="account">The account, as far as it was looked up; null when nothing was.</param>
internal sealed class PlanNames(AccountCache? account)
{
    private readonly Dictionary<string, string?> workspaces = [];

    public string? Workspace(string? id)
    {
        if (id is null || account is null)
        {
            return null;
        }

        if (!workspaces.TryGetValue(id, out var name))
        {
            name = account.FindWorkspace(id) is { Name.Length: > 0 } workspace ? workspace.Name : null;
            workspaces.Add(id, name);
        }

        return name;
    }

    /// <summary>The value of a setting as the pipeline carries it.</summary>
    public object? Value(CredentialSetting setting, object? value) => value is IReadOnlyList<string> entries
        ? new AllowList([.. entries.Select(entry => AllowListNames.Describe(setting, entry, account))])
        : value;
}
