using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Reporting;

/// <summary>What credentials, workspaces, and the entries of allow lists are called in a report.</summary>
/// <param name="account">The account, as far as it was looked up.</param>
/// <param name="options">What may be shown.</param>
/// <param name="privacy">Hides what may not be shown.</param>
internal sealed class ReportNames(AccountCache account, ReportOptions options, ReportPrivacy privacy)
{
    private const int MaximumEntries = 3;

    private readonly Dictionary<string, string> workspaces = account.Workspaces.Last
        .Where(workspace => workspace.Name.Length > 0)
        .GroupBy(workspace => workspace.Id, EligibilityRules.WorkspaceIds)
        .ToDictionary(same => same.Key, same => same.First().Name, EligibilityRules.WorkspaceIds);

    /// <summary>The name of a credential or, if it has none, its label or the beginning of its id.</summary>
    public string Credential(ByokKey key) =>
        string.IsNullOrEmpty(key.Name)
            ? Label(key) ?? ReportPrivacy.ShortId(key.Id)
            : privacy.WithoutLabel(key.Name!, key);

    /// <summary>The label of a credential; null if it has none, or if it is not to be shown.</summary>
    public string? Label(ByokKey key) => options.ShowsLabels && key.Label.Length > 0 ? key.Label : null;

    /// <summary>A workspace by its name or, if that is not known, its id; null means all of them.</summary>
    public string Workspace(string? id) => id is null
        ? Messages.ReportAllWorkspaces
        : workspaces.TryGetValue(id, out var name) ? name : id;

    /// <summary>Workspaces by their names, where no id means the default workspace.</summary>
    public string Workspaces(IReadOnlyList<string>? ids) => ids switch
    {
        null => Messages.ReportAllWorkspaces,
        { Count: 0 } => Messages.ReportDefaultWorkspace,
        _ => string.Join(", ", ids.Select(Workspace)),
    };

    /// <summary>The first entries of an allow list, by their names; empty if there is no list.</summary>
    public string Entries(ListSetting list, AllowList? entries) => entries switch
    {
        null => "",
        { Count: 0 } => Messages.ReportNobody,
        _ => Messages.List(
            [.. entries.Select(entry => AllowListNames.Describe(list, entry, account))], MaximumEntries),
    };

    /// <summary>The members who may use a credential, or how many they are; empty if there is no list.</summary>
    public string Users(ByokKey key) => options.ShowsEmailAddresses
        ? Entries(CredentialSettings.AllowedUserIds, key.AllowedUserIds)
        : $"{key.AllowedUserIds?.Count}";
}
