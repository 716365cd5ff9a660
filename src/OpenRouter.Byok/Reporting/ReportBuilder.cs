using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Reporting;

/// <summary>Makes the page of what was read of an account.</summary>
internal sealed class ReportBuilder(
    ReportData data, ReportNames names, ReportPrivacy privacy, ReportOptions options)
{
    // More would make the page of a large account too large to be mailed.
    private const int MaximumFindings = 500;

    private const int MaximumRoutes = 500;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private static readonly ByokAuditSeverity[] Severities =
        [ByokAuditSeverity.Error, ByokAuditSeverity.Warning, ByokAuditSeverity.Information];

    private readonly ByokKey[] keys = [.. data.Keys.OrderBy(key => key)];

    public ReportPage Build()
    {
        var routes = ProviderRoute.Of(keys, data.KnownWorkspaceIds);
        return new ReportPage
        {
            Title = options.Title ?? Messages.ReportTitle,
            Account = data.ManagementKey is { } managementKey
                ? managementKey.OrganizationId is { Length: > 0 } organization
                    ? Messages.Format(Messages.ReportOrganization, organization)
                    : Messages.ReportPersonalAccount
                : null,
            Host = HostName.WithPort(data.BaseUri),
            ManagementKey = options.ShowsLabels ? data.ManagementKey?.Label : null,
            Workspaces = names.Workspaces(data.WorkspaceIds),
            Time = new PageTime(
                data.Now.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", Culture),
                data.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", Culture)),
            Version = typeof(ReportBuilder).Assembly.GetName().Version!.ToString(3),
            Gaps = data.Gaps,
            CredentialCount = Number(keys.Length),
            EnabledCount = Number(keys.Count(key => !key.Disabled)),
            Severities = [.. Severities.Select(severity => Severity(
                severity, data.Findings.Count(finding => finding.Severity == severity)))],
            Findings = [.. Findings()],
            Spend = data.Activity is null ? null : new SpendBuilder(data, names).Build(),
            Routes = [.. InOrder(routes).Take(MaximumRoutes)],
            RouteCount = Number(routes.Count),
            ShownRouteCount = routes.Count > MaximumRoutes ? Number(MaximumRoutes) : null,
            Credentials = Credentials(),
            ShowsLabels = options.ShowsLabels,
        };
    }

    private IEnumerable<PageFindings> Findings()
    {
        var keysById = keys.GroupBy(key => key.Id).ToDictionary(same => same.Key, same => same.First());
        foreach (var group in data.Findings.GroupBy(finding => (finding.Severity, finding.Rule)))
        {
            var all = group.ToList();
            yield return new PageFindings
            {
                Rule = $"{group.Key.Rule}",
                Anchor = $"{group.Key.Rule}".ToLowerInvariant(),
                Severity = Severity(group.Key.Severity, all.Count),
                IsOpen = group.Key.Severity > ByokAuditSeverity.Information,
                Items = [.. all.Take(MaximumFindings).Select(finding => Finding(finding, keysById[finding.KeyId!]))],
                ShownCount = all.Count > MaximumFindings ? Number(MaximumFindings) : null,
            };
        }
    }

    private PageFinding Finding(ByokAuditFinding finding, ByokKey key) => new(
        names.Credential(key),
        key.Provider,
        names.Workspace(key.WorkspaceId),
        privacy.WithoutLabel(finding.Message, key),
        finding.Remedy is { } remedy ? privacy.WithoutLabel(remedy, key) : null);

    private IEnumerable<PageRoute> InOrder(IEnumerable<ProviderRoute> routes) =>
        from provider in routes.GroupBy(route => route.Provider)
        from route in provider.OrderBy(route => route.WorkspaceId is null)
            .ThenBy(route => names.Workspace(route.WorkspaceId), StringComparer.OrdinalIgnoreCase)
        let workspace = route.WorkspaceId is null && provider.Count() > 1
            ? Messages.ReportOtherWorkspaces
            : route.WorkspaceId is null ? names.Workspaces(data.WorkspaceIds)
            : names.Workspace(route.WorkspaceId)
        select new PageRoute(route.Provider, workspace, [.. new RouteSteps(route, names).All()]);

    private List<PageCredential> Credentials()
    {
        var findingCounts = data.Findings.ToLookup(finding => finding.KeyId);
        return [.. keys.Select(key => new PageCredential
        {
            Id = key.Id,
            Provider = key.Provider,
            Order = Number(key.SortOrder),
            Name = names.Credential(key),
            Use = CredentialText.Name(CredentialText.UseOf(key)),
            UseClass = $"{CredentialText.UseOf(key)}".ToLowerInvariant(),
            Workspace = names.Workspace(key.WorkspaceId),
            Models = names.Entries(CredentialSettings.AllowedModels, key.AllowedModels),
            ApiKeys = names.Entries(CredentialSettings.AllowedApiKeyHashes, key.AllowedApiKeyHashes),
            Users = names.Users(key),
            Declared = string.Join(", ", Declarations(key)),
            Label = names.Label(key),
            Created = key.CreatedAt?.UtcDateTime.ToString("yyyy-MM-dd", Culture) ?? "",
            FindingCount = findingCounts[key.Id].Count(),
        })];
    }

    private static IEnumerable<string> Declarations(ByokKey key)
    {
        if (key.DeclaredRegion is { } region)
        {
            yield return region;
        }

        if (key.DeclaredZdr is { } isRetentionFree)
        {
            yield return isRetentionFree ? Messages.ReportZdr : Messages.ReportNoZdr;
        }
    }

    private static PageSeverity Severity(ByokAuditSeverity severity, int count) =>
        new($"{severity}", $"{severity}".ToLowerInvariant(), Number(count));

    private static string Number(int count) => count.ToString("N0", Culture);
}
