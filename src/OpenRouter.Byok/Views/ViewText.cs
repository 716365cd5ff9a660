using System;
using System.Collections;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.Linq;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Session;
using OpenRouter.Byok.Usage;

namespace OpenRouter.Byok.Views;

/// <summary>
/// Words for the views of the module: text that is safe to show, and ids with the names that the session of this
/// runspace has seen.
/// </summary>
/// <remarks>It asks nothing, so an id whose name was not seen stays an id.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ViewText
{
    private const int ShortHash = 8;

    private const int Utf8 = 65001;

    private const int Utf16 = 1200;

    /// <summary>
    /// Text as it is shown: what would steer the terminal, begin a line or not be seen is shown as an escape.
    /// </summary>
    public static string? Escape(string? text) => DisplayText.Escape(text);

    /// <summary>The entries of a list as they are shown; null when there is no list.</summary>
    public static string?[]? EscapeEach(IEnumerable? entries) =>
        entries?.Cast<object?>().Select(entry => DisplayText.Escape(entry?.ToString())).ToArray();

    /// <summary>The name of a credential, or its label when it has no name.</summary>
    public static string? NameOrLabel(string? name, string? label) => Escape(string.IsNullOrEmpty(name) ? label : name);

    /// <summary>A workspace, such as Production (550e8400-e29b-41d4-a716-446655440000).</summary>
    public static string? Workspace(string? id) => Escape(id is null ? null : Account?.DescribeWorkspace(id) ?? id);

    /// <summary>The name of a credential's workspace, or its id when the name is not known; all for null.</summary>
    /// <remarks>PowerShell passes null as empty text.</remarks>
    public static string? WorkspaceName(string? id) => string.IsNullOrEmpty(id)
        ? Messages.Global
        : Escape(Account?.FindWorkspace(id) is { Name.Length: > 0 } workspace ? workspace.Name : id);

    /// <summary>What a credential is used as: of several settings, the one that overrides the others.</summary>
    public static string Use(ByokKey key)
    {
        var use = CredentialText.UseOf(key);
        var name = CredentialText.Name(use);
        return use switch
        {
            CredentialUse.Disabled => ViewColor.Gray(name),
            CredentialUse.ByokOnly or CredentialUse.Required => ViewColor.Yellow(name),
            CredentialUse.Fallback => ViewColor.Cyan(name),
            _ => name,
        };
    }

    /// <summary>How many entries the allow lists of a credential have, such as 2 models, 1 key.</summary>
    public static string Restrictions(ByokKey key) => CredentialText.Restrictions(key);

    /// <summary>The outcome of a test.</summary>
    public static string Outcome(ByokKeyTestResult result) => result.Outcome switch
    {
        ByokKeyTestOutcome.Passed => ViewColor.Green($"{result.Outcome}"),
        ByokKeyTestOutcome.Failed => ViewColor.Red($"{result.Outcome}"),
        ByokKeyTestOutcome.Inconclusive => ViewColor.Yellow($"{result.Outcome}"),
        _ => ViewColor.Gray($"{result.Outcome}"),
    };

    /// <summary>The severity of a finding.</summary>
    public static string Severity(ByokAuditFinding finding) => finding.Severity switch
    {
        ByokAuditSeverity.Error => ViewColor.Red($"{finding.Severity}"),
        ByokAuditSeverity.Warning => ViewColor.Yellow($"{finding.Severity}"),
        _ => $"{finding.Severity}",
    };

    /// <summary>What was found and, in the last finding of an audit, how many findings there are.</summary>
    public static string? FindingMessage(ByokAuditFinding finding) => finding.Counts is { } counts
        ? $"{Escape(finding.Message)}\n\n{string.Join(", ", counts.Select(pair => $"{pair.Key}: {pair.Value}"))}"
        : Escape(finding.Message);

    /// <summary>API keys, such as Nightly eval (f01d5260…).</summary>
    public static string? ApiKeys(IEnumerable<string> hashes) => Escape(string.Join(", ", hashes.Select(
        hash => Account?.FindApiKey(hash) is { Name.Length: > 0 } key && hash.Length > ShortHash
            ? $"{key.Name} ({hash.Substring(0, ShortHash)}…)"
            : hash)));

    /// <summary>Members, by their e-mail addresses.</summary>
    public static string? Members(IEnumerable<string> ids) => string.Join(", ", ids.Select(Member));

    /// <summary>A member, by the e-mail address.</summary>
    public static string? Member(string? id) =>
        Escape(Account?.FindMember(id) is { Email.Length: > 0 } member ? member.Email : id);

    /// <summary>The head of a report of usage: its days, and the sums of all its lines.</summary>
    public static string Usage(ByokUsage line) => Messages.Format(
        Messages.UsageHeading, Period(line), Money(line.Report.OwnSpend), Money(line.Report.CreditsSpent));

    /// <summary>The UTC days of a report of usage.</summary>
    public static string Period(ByokUsage line) => line.From == line.To
        ? Messages.Format(Messages.UsageDay, line.From)
        : Messages.Format(Messages.UsageDays, line.From, line.To);

    /// <summary>An amount with cents, and small ones with hundredths of cents.</summary>
    public static string Money(decimal amount) => UsageText.Money(amount, CultureInfo.CurrentCulture);

    /// <summary>A bar that is as long as the spend is in proportion to the largest of the report.</summary>
    public static string OwnSpendBar(ByokUsage line, int width) =>
        line.Report.LargestOwnSpend == 0 ? "" : Bar(line.OwnSpend / line.Report.LargestOwnSpend, width);

    /// <summary>A bar, up to so many characters long. What is more than nothing has at least one.</summary>
    /// <remarks>Of blocks where the console writes Unicode, and of number signs elsewhere.</remarks>
    private static string Bar(decimal part, int width)
    {
        var length = Math.Min((int)Math.Ceiling(Math.Max(part, 0) * width), width);
        return new string(Console.OutputEncoding.CodePage is Utf8 or Utf16 ? '█' : '#', length);
    }

    private static AccountCache? Account => SessionTable.InUse?.Account;
}
