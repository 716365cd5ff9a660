using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace OpenRouter.Byok.Reporting;

/// <summary>What is on the page, by the names that report.html uses. All text is shown as text.</summary>
internal sealed record ReportPage
{
    /// <summary>More entries than this take so long to lay out that it is done as they are scrolled to.</summary>
    public const int LongList = 200;

    public required string Title { get; init; }

    /// <summary>The organization, or what else is known of the account; null if nothing is.</summary>
    public required string? Account { get; init; }

    /// <summary>The host that was asked.</summary>
    public required string Host { get; init; }

    /// <summary>The label of the management key; null if it is not shown.</summary>
    public required string? ManagementKey { get; init; }

    /// <summary>The workspaces whose credentials are listed.</summary>
    public required string Workspaces { get; init; }

    public required PageTime Time { get; init; }

    public required string Version { get; init; }

    /// <summary>What could not be looked up.</summary>
    public required IReadOnlyList<string> Gaps { get; init; }

    public bool HasGaps => Gaps.Count > 0;

    public required string CredentialCount { get; init; }

    public required string EnabledCount { get; init; }

    /// <summary>The number of findings of each severity, the most severe first.</summary>
    public required IReadOnlyList<PageSeverity> Severities { get; init; }

    public required IReadOnlyList<PageFindings> Findings { get; init; }

    public bool HasFindings => Findings.Count > 0;

    /// <summary>The spend; null if the activity could not be read.</summary>
    public required PageSpend? Spend { get; init; }

    public required IReadOnlyList<PageRoute> Routes { get; init; }

    public bool HasRoutes => Routes.Count > 0;

    public required string RouteCount { get; init; }

    /// <summary>How many of the routes are on the page; null if all are.</summary>
    public required string? ShownRouteCount { get; init; }

    public required IReadOnlyList<PageCredential> Credentials { get; init; }

    public bool HasCredentials => Credentials.Count > 0;

    public bool IsLong => Credentials.Count > LongList;

    public bool ShowsLabels { get; init; }

    /// <summary>The SHA-256 of the style sheet, for the content security policy.</summary>
    public string StyleHash { get; init; } = "";

    /// <summary>The SHA-256 of the script, for the content security policy.</summary>
    public string ScriptHash { get; init; } = "";
}

/// <summary>A time as it is shown, and in the form of ISO 8601.</summary>
internal sealed record PageTime(string Text, string Iso);

/// <summary>An amount in USD as it is shown, and with all its digits.</summary>
internal sealed record PageAmount(string Text, decimal Value);

/// <param name="Name">The severity.</param>
/// <param name="Class">The severity as a class of the style sheet.</param>
/// <param name="Count">The number of its findings.</param>
internal sealed record PageSeverity(string Name, string Class, string Count);

/// <summary>The findings of one rule that have the same severity.</summary>
internal sealed record PageFindings
{
    public required string Rule { get; init; }

    /// <summary>The anchor of the rule in the documentation.</summary>
    public required string Anchor { get; init; }

    public required PageSeverity Severity { get; init; }

    /// <summary>Whether they are shown without a click.</summary>
    public required bool IsOpen { get; init; }

    public required IReadOnlyList<PageFinding> Items { get; init; }

    public bool IsLong => Items.Count > ReportPage.LongList;

    /// <summary>How many of them are on the page; null if all are.</summary>
    public required string? ShownCount { get; init; }
}

internal sealed record PageFinding(
    string Credential, string Provider, string Workspace, string Message, string? Remedy);

/// <summary>What was spent on own keys and in credits.</summary>
internal sealed record PageSpend
{
    public required string Period { get; init; }

    /// <summary>The workspaces whose spend it is.</summary>
    public required string Workspaces { get; init; }

    public required PageAmount Own { get; init; }

    public required PageAmount Credits { get; init; }

    /// <summary>Whether there was any usage.</summary>
    public required bool HasUsage { get; init; }

    public required PageDayChart Chart { get; init; }

    public required IReadOnlyList<PageUsage> Days { get; init; }

    public required IReadOnlyList<PageUsage> Providers { get; init; }

    public required IReadOnlyList<PageUsage> Models { get; init; }
}

/// <summary>One line of the spend: a day, a provider, or a model.</summary>
internal sealed record PageUsage
{
    public required string Name { get; init; }

    public required string Requests { get; init; }

    public required string Tokens { get; init; }

    public required PageAmount Own { get; init; }

    public required PageAmount Credits { get; init; }

    /// <summary>The estimated percentage of requests on own keys; null if there were no requests.</summary>
    public required string? OwnPercentage { get; init; }

    /// <summary>The length of the bar of the own spend, from 0 to 100.</summary>
    public required decimal OwnLength { get; init; }

    /// <summary>The length of the bar of the credits, from 0 to 100.</summary>
    public required decimal CreditsLength { get; init; }
}

/// <summary>The spend of each day as bars. The chart is 100 high.</summary>
internal sealed record PageDayChart
{
    public required decimal Width { get; init; }

    /// <summary>The amounts at the lines of the chart, the largest first.</summary>
    public required IReadOnlyList<string> Scale { get; init; }

    public required IReadOnlyList<PageDayBars> Days { get; init; }
}

/// <summary>The two bars of a day.</summary>
internal sealed record PageDayBars
{
    /// <summary>The day below the bars; null where there is no room for it.</summary>
    public string? Label { get; init; }

    public required string Date { get; init; }

    public required PageAmount Own { get; init; }

    public required PageAmount Credits { get; init; }

    public required decimal SlotX { get; init; }

    public required decimal SlotWidth { get; init; }

    public required decimal OwnX { get; init; }

    public required decimal OwnY { get; init; }

    public required decimal OwnHeight { get; init; }

    public required decimal CreditsX { get; init; }

    public required decimal CreditsY { get; init; }

    public required decimal CreditsHeight { get; init; }

    public required decimal BarWidth { get; init; }
}

/// <summary>What requests of a workspace to a provider try.</summary>
internal sealed record PageRoute(string Provider, string Workspace, IReadOnlyList<PageRouteStep> Steps);

/// <param name="Class">The kind of the step as a class of the style sheet.</param>
/// <param name="Name">The credential; null for shared capacity, and for credentials that are left out.</param>
/// <param name="IsShared">Whether it is shared capacity.</param>
/// <param name="Note">Its reason, and what restricts it.</param>
internal sealed record PageRouteStep(string Class, string? Name, bool IsShared, string Note);

/// <summary>A row of the table of credentials.</summary>
internal sealed record PageCredential
{
    public required string Id { get; init; }

    public required string Provider { get; init; }

    public required string Order { get; init; }

    /// <summary>The name, or what stands for it.</summary>
    public required string Name { get; init; }

    public required string Use { get; init; }

    public required string UseClass { get; init; }

    public required string Workspace { get; init; }

    public required string Models { get; init; }

    public required string ApiKeys { get; init; }

    public required string Users { get; init; }

    /// <summary>What the owner declared: the region of the data, and zero data retention.</summary>
    public required string Declared { get; init; }

    /// <summary>The label; null if it is not shown.</summary>
    public required string? Label { get; init; }

    /// <summary>The day of creation; empty if it is not known.</summary>
    public required string Created { get; init; }

    public required int FindingCount { get; init; }
}

/// <summary>The JSON metadata of the page, which the template is rendered from.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReportPage))]
internal sealed partial class PageJson : JsonSerializerContext;
