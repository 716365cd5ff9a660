using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>A choice of workspaces, and how the cmdlets get what a report on them has to show.</summary>
/// <param name="Report">The arguments of the report.</param>
/// <param name="Keys">The arguments of Get-OpenRouterByokKey for the same credentials.</param>
/// <param name="Workspaces">The workspaces whose usage it is; null means all of the account at once.</param>
/// <param name="Session">Further parameters of Connect-OpenRouter.</param>
internal sealed record ReportScope(string Report, string Keys, IReadOnlyList<Guid>? Workspaces, string Session = "")
{
    private static readonly Guid Default = SampleAccount.DefaultWorkspaceId;

    private static readonly Guid Production = SampleAccount.ProductionWorkspaceId;

    private static readonly Dictionary<string, ReportScope> All = new()
    {
        ["all workspaces"] = new("-AllWorkspaces", "-AllWorkspaces", null),
        ["the default workspace"] = new("", "", [Default]),
        ["one by its name"] = new("-Workspace Production", "-Workspace Production", [Production]),
        ["two by their names"] = new(
            "-Workspace Production, default", "-Workspace Production, default", [Production, Default]),
        ["one by its id"] = new($"-WorkspaceId {Production}", $"-WorkspaceId {Production}", [Production]),
        ["one without usage"] = new("-Workspace Scratch", "-Workspace Scratch", [SampleAccount.ScratchWorkspaceId]),
        ["that of the session"] = new("", "", [Production], $"-WorkspaceId {Production}"),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static ReportScope Of(string name) => All[name];

    /// <summary>What the audit finds of these credentials.</summary>
    public IReadOnlyList<ByokAuditFinding> Findings(ModuleRunspace shell, string more = "") => Workspaces is null
        ? shell.Run($"Invoke-OpenRouterByokAudit {more}").All<ByokAuditFinding>()
        : shell.Run($"Get-OpenRouterByokKey {Keys} | Invoke-OpenRouterByokAudit {more}").All<ByokAuditFinding>();

    public IReadOnlyList<ByokKey> Credentials(ModuleRunspace shell) =>
        shell.Run($"Get-OpenRouterByokKey {Keys}").All<ByokKey>();

    /// <summary>The usage of these workspaces, in the order of a report; several are summed up line by line.</summary>
    public IReadOnlyList<UsageLine> Usage(ModuleRunspace shell, int days, ByokUsageGrouping by)
    {
        var how = $"Get-OpenRouterByokUsage -Days {days} -GroupBy {by}";
        var lines = (Workspaces is null ? [how] : Workspaces.Select(id => $"{how} -WorkspaceId {id}"))
            .SelectMany(line => shell.Run(line).All<ByokUsage>())
            .GroupBy(static line => line.Date?.ToString("yyyy-MM-dd", null) ?? line.Provider ?? line.Model ?? "")
            .Select(static same => UsageLine.Of(same.Key, [.. same]));
        return by == ByokUsageGrouping.Day
            ? [.. lines.OrderBy(static line => line.Name, StringComparer.Ordinal)]
            : [.. lines.OrderByDescending(static line => line.Own)
                .ThenByDescending(static line => line.Credits)
                .ThenBy(static line => line.Name, StringComparer.Ordinal)];
    }
}

/// <summary>A line of the usage; the share is known only where it is of one workspace or of all.</summary>
internal sealed record UsageLine(
    string Name, long Requests, long Tokens, decimal Own, decimal Credits, decimal? Share, bool IsShareKnown)
{
    public static UsageLine Of(string name, IReadOnlyList<ByokUsage> lines) => new(
        name,
        lines.Sum(static line => line.Requests),
        lines.Sum(static line => line.PromptTokens + line.CompletionTokens),
        lines.Sum(static line => line.OwnSpend),
        lines.Sum(static line => line.CreditsSpent),
        lines[0].OwnShare,
        lines.Count == 1);
}
