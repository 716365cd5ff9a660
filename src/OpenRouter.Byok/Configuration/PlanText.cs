using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>Plans in words: the same in views, in -WhatIf, and in messages.</summary>
internal static class PlanText
{
    /// <summary>The sign that a line begins with.</summary>
    public static string Sign(ByokConfigurationChange change) => change switch
    {
        { Status: ByokConfigurationStatus.Failed or ByokConfigurationStatus.NotAttempted } => "!",
        { Action: ByokConfigurationAction.Create } => "+",
        { Action: ByokConfigurationAction.Update or ByokConfigurationAction.Disable } => "~",
        { Action: ByokConfigurationAction.Remove } => "-",
        { Action: ByokConfigurationAction.Blocked } => "!",
        { Action: ByokConfigurationAction.Extra } => "?",
        _ => "=",
    };

    /// <summary>The credential, its workspace, and what is to be done or was done.</summary>
    public static string Heading(ByokConfigurationChange change)
    {
        var target = Target(change);
        return Outcome(change) is { } outcome ? $"{target}: {outcome}" : target;
    }

    public static string Target(ByokConfigurationChange change) => Messages.Format(
        Messages.PlanTarget,
        change.Provider,
        change.Name is { } name ? $"'{name}'" : change.Current?.Label ?? change.KeyId ?? Messages.Unnamed,
        change.Workspace ?? change.WorkspaceId ?? Messages.PlanDefaultWorkspace);

    /// <summary>The settings that change, each as a line.</summary>
    public static IEnumerable<string> Details(ByokConfigurationChange change) =>
        change.Differences.Select(difference => Detail(difference, isNew: change.Current is null));

    /// <summary>What -WhatIf and -Confirm say.</summary>
    public static string ActionOf(ByokConfigurationChange change)
    {
        var details = string.Join("; ", Details(change));
        return change.Action switch
        {
            ByokConfigurationAction.Create => Messages.Format(Messages.PlanActionCreate, details),
            ByokConfigurationAction.Disable => Messages.PlanActionDisable,
            ByokConfigurationAction.Remove => Messages.PlanActionRemove,
            _ => Messages.Format(Messages.PlanActionUpdate, details),
        };
    }

    /// <summary>How much work it is.</summary>
    public static string Summary(ConfigurationPlan plan) => Messages.Format(
        Messages.PlanSummary,
        plan.Count(ByokConfigurationAction.Create),
        plan.Count(ByokConfigurationAction.Update),
        plan.Count(ByokConfigurationAction.Disable),
        plan.Count(ByokConfigurationAction.Remove));

    /// <summary>The notes, the id, and the lines that count.</summary>
    public static IEnumerable<string> Footer(ConfigurationPlan plan) =>
    [
        .. plan.Notes,
        Messages.Format(Messages.PlanIdLine, plan.Id),
        Summary(plan),
        Messages.Format(
            Messages.PlanSummaryOthers,
            plan.Count(ByokConfigurationAction.Extra),
            plan.Count(ByokConfigurationAction.Blocked),
            plan.Count(ByokConfigurationAction.None)),
    ];

    private static string? Outcome(ByokConfigurationChange change) => change.Status switch
    {
        ByokConfigurationStatus.Completed => change.Action switch
        {
            ByokConfigurationAction.Create => Messages.PlanCreated,
            ByokConfigurationAction.Disable => Messages.PlanDisabled,
            ByokConfigurationAction.Remove => Messages.PlanRemoved,
            _ => Messages.PlanUpdated,
        },
        ByokConfigurationStatus.Failed => Messages.Format(Messages.PlanFailed, change.Reason),
        ByokConfigurationStatus.NotAttempted => Messages.Format(Messages.PlanNotAttempted, change.Reason),
        _ => change.Action switch
        {
            ByokConfigurationAction.Disable => Messages.PlanToDisable,
            ByokConfigurationAction.Remove => Messages.PlanToRemove,
            ByokConfigurationAction.Blocked => Messages.Format(Messages.PlanBlocked, change.Reason),
            _ => change.Reason,
        },
    };

    private static string Detail(ByokConfigurationDifference difference, bool isNew) =>
        (difference.Current, difference.Wanted) switch
        {
            _ when isNew => Messages.Format(Messages.SettingNew, difference.Property, Show(difference.Wanted)),
            (IReadOnlyList<string> current, IReadOnlyList<string> wanted) => Messages.Format(
                Messages.SettingNew, difference.Property, string.Join(", ", Edits(current, wanted))),
            _ => Messages.Format(
                Messages.SettingChange, difference.Property, Show(difference.Current), Show(difference.Wanted)),
        };

    // Of a long list, what is added and removed says more than the whole list twice.
    private static IEnumerable<string> Edits(IReadOnlyList<string> current, IReadOnlyList<string> wanted) =>
    [
        .. wanted.Except(current, StringComparer.OrdinalIgnoreCase).Select(entry => $"+{entry}"),
        .. current.Except(wanted, StringComparer.OrdinalIgnoreCase).Select(entry => $"-{entry}"),
    ];

    /// <summary>A value of a difference, as JSON has it except for quotation marks.</summary>
    public static string Show(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        IEnumerable<string> entries => $"[{string.Join(", ", entries)}]",
        _ => $"{value}",
    };
}
