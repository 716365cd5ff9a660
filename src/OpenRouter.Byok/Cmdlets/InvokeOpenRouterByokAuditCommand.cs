using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Auditing;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Pipeline;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Finds misconfigured, duplicate, and outdated credentials, and shows how to fix each one.</summary>
/// <remarks>
/// <para>
/// The cmdlet audits all credentials of all workspaces, or the credentials from the pipeline. Credentials from the
/// pipeline are assumed to be complete: pipe every credential of a provider and filter the findings, because in a
/// partial list, a credential may appear to be the only one. The most severe findings come first. Each finding has a
/// Remedy, the command line that fixes it.
/// </para>
/// <para>
/// Error means that a credential cannot work as configured. Warning means that the configuration is probably not
/// intended. Information is worth knowing, but often intended.
/// </para>
/// <list type="bullet">
/// <item>Unreachable (Error): the allow lists permit no possible request. The credential seems to be a protection or a
/// backup, but it is never used.</item>
/// <item>SharedNotRemoved (Warning): a credential is required or BYOK-only but disabled, or it is required only for
/// some callers. Shared capacity therefore still serves requests and spends credits.</item>
/// <item>SharedSpend (Warning, or Information if the credentials are only for certain callers): in the last -UsageDays
/// days, credits were spent on shared capacity of a provider although enabled, prioritized credentials allow the model.
/// A credential may have failed unnoticed.</item>
/// <item>UnknownApiKey, UnknownMember, UnknownModel (Warning): an allow list contains entries that no longer exist. The
/// list suggests access that nobody has.</item>
/// <item>RegionNotOffered (Warning): the declared data region is one that the provider does not offer. Requests may
/// rely on the declaration.</item>
/// <item>Duplicate (Warning): another credential for the same requests has the same provider and label. A key may be
/// rotated in one credential and forgotten in the other, and a backup that uses the same key is not a backup.</item>
/// <item>RotationDue (Warning): the credential was created more than -MaxAgeDays days ago. Old keys may have been
/// exposed in many places. OpenRouter does not report when a key was rotated in place, so exclude this rule if you
/// rotate keys in place.</item>
/// <item>NoBackup (Information, or Warning if shared capacity is removed): the credential is the only enabled
/// credential of its provider. If it is revoked or its quota is used up, no other credential takes over.</item>
/// <item>SharedAfterFailure (Information): if the credential fails, requests use shared capacity. This spends credits,
/// and the failure may not be noticed.</item>
/// <item>Unrestricted (Information): any of several API keys can use the credential for any model. A single leaked API
/// key can spend money on all such credentials.</item>
/// <item>DisabledOld (Information): the credential is disabled and was created more than -MaxAgeDays days ago.
/// OpenRouter still stores its key.</item>
/// <item>NameMissing (Information): the credential has no name, so it is hard to tell whose key it is when it must be
/// rotated.</item>
/// </list>
/// <para>
/// The cmdlet looks up API keys, members, models, providers, and activity only if a selected rule and a credential
/// require it. If a lookup fails, a warning lists the rules that were not checked.
/// </para>
/// </remarks>
/// <example>
/// <summary>Audit the account</summary>
/// <code>Invoke-OpenRouterByokAudit</code>
/// <para>The table shows the most severe findings first.</para>
/// </example>
/// <example>
/// <summary>See how to fix severe findings</summary>
/// <code>Invoke-OpenRouterByokAudit -Severity Error, Warning | Format-List</code>
/// <para>
/// Remedy is a command line that you can copy. A command that removes a credential prompts for confirmation.
/// </para>
/// </example>
/// <example>
/// <summary>Find the keys that are due for rotation</summary>
/// <code>
/// Invoke-OpenRouterByokAudit -Rule RotationDue -MaxAgeDays 180 |
///     Select-Object Provider, Name, Message
/// </code>
/// <para>Only the data that the selected rule needs is looked up.</para>
/// </example>
/// <example>
/// <summary>See whether shared capacity served in place of your keys</summary>
/// <code>
/// Invoke-OpenRouterByokAudit -Rule SharedSpend -UsageDays 30 |
///     Format-List Provider, Name, Message, Remedy
/// </code>
/// <para>Remedy is the command line that tests the credential, which shows why it was not used.</para>
/// </example>
/// <example>
/// <summary>Make a nightly run fail</summary>
/// <code>
/// $ErrorActionPreference = 'Stop'
/// Invoke-OpenRouterByokAudit -ExcludeRule RotationDue -FailOn Warning
/// </code>
/// <para>A terminating error follows the findings. With Stop, it ends the script with exit code 1.</para>
/// </example>
/// <example>
/// <summary>Audit planned credentials</summary>
/// <code>Import-Csv plan.csv | Invoke-OpenRouterByokAudit -ExcludeRule NameMissing</code>
/// <para>Any object with a Provider property is accepted. A credential that has no id yet has no remedy.</para>
/// </example>
/// <seealso cref="ResolveOpenRouterByokRouteCommand"/>
/// <seealso cref="GetOpenRouterByokKeyCommand"/>
/// <seealso href="https://github.com/openrouter-byok/OpenRouter.Byok/blob/main/docs/audit-rules.md">
/// The rules of the audit
/// </seealso>
[Cmdlet(
    VerbsLifecycle.Invoke, "OpenRouterByokAudit",
    HelpUri = HelpPages.Address + "Invoke-OpenRouterByokAudit.md")]
[OutputType(typeof(ByokAuditFinding))]
public sealed class InvokeOpenRouterByokAuditCommand : CredentialInputCommand
{
    private IReadOnlyList<ByokAuditFinding> findings = [];
    private OpenRouterException? failure;

    /// <summary>The rules to check. By default, all rules are checked.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ByokAuditRule[]? Rule { get; set; }

    /// <summary>The rules to exclude.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ByokAuditRule[]? ExcludeRule { get; set; }

    /// <summary>The severities of the findings to output. By default, all findings are output.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ByokAuditSeverity[]? Severity { get; set; }

    /// <summary>
    /// The maximum age, in days, that a credential can have before RotationDue and DisabledOld report it.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 36500)]
    [PSDefaultValue(Value = AuditedAccount.DefaultMaxAgeDays)]
    public int MaxAgeDays { get; set; } = AuditedAccount.DefaultMaxAgeDays;

    /// <summary>
    /// The number of days whose usage SharedSpend checks, 1 to 30, up to and including yesterday in UTC.
    /// </summary>
    [Parameter]
    [ValidateRange(1, UsagePeriod.MaximumDays)]
    [PSDefaultValue(Value = AuditedAccount.DefaultUsageDays)]
    public int UsageDays { get; set; } = AuditedAccount.DefaultUsageDays;

    /// <summary>
    /// Ends the command with a terminating error, OpenRouterByok.AuditFailed, if a finding in the output has this
    /// severity or higher. All findings are output first.
    /// </summary>
    [Parameter]
    public ByokAuditSeverity? FailOn { get; set; }

    private protected override void End()
    {
        var given = AreGiven ? GivenKeys : null;
        if (given is not null)
        {
            UseSessionIfAny();
        }

        var rules = AuditRules.All
            .Where(rule => (Rule is null || Rule.Contains(rule.Id)) && ExcludeRule?.Contains(rule.Id) is not true)
            .ToList();
        Run(target: null, (output, cancellationToken) => AuditAsync(given, rules, output, cancellationToken));
        Finish();
        if (failure is not null)
        {
            throw failure;
        }

        var bad = findings.Count(finding => finding.Severity >= FailOn);
        if (bad > 0)
        {
            throw new OpenRouterException(
                ErrorReason.AuditFailed, Messages.AuditFailed, bad, findings.Count, FailOn);
        }
    }

    // A failure here concerns the whole audit, so it is kept for the pipeline thread to end with.
    private async Task AuditAsync(
        IReadOnlyList<ByokKey>? given,
        IReadOnlyList<AuditRule> rules,
        PipelineOperation output,
        CancellationToken cancellationToken)
    {
        try
        {
            var keys = given ?? await ReadAsync(output, cancellationToken).ConfigureAwait(false);
            var now = SessionInUse?.UtcNow ?? DateTimeOffset.UtcNow;
            var finder = new AuditDataLoader(SessionInUse?.Account, SessionInUse?.Client, Began, output);
            var facts = await finder.FindAsync(rules, keys, cancellationToken).ConfigureAwait(false);
            foreach (var gap in finder.Gaps)
            {
                output.Warning(gap);
            }

            var account = new AuditedAccount(keys, facts, now, TimeSpan.FromDays(MaxAgeDays))
            {
                UsagePeriod = UsagePeriod.LastDays(UsageDays, now),
            };
            findings = Auditor.Audit(account, rules, Severity);
            await output.WriteAsync(findings, cancellationToken).ConfigureAwait(false);
        }
        catch (OpenRouterException caught)
        {
            failure = caught;
        }
    }

    private async Task<IReadOnlyList<ByokKey>> ReadAsync(PipelineOperation output, CancellationToken cancellationToken)
    {
        var workspaces = await Names.AllWorkspaceIdsAsync(output, cancellationToken).ConfigureAwait(false);
        var search = new ByokKeySearch(Client, output)
        {
            WorkspaceIds = workspaces.Count == 0 ? new string?[] { null } : [.. workspaces],
            Providers = new string?[] { null },
        };
        var keys = new List<ByokKey>();
        await foreach (var page in search.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            keys.AddRange(page.Items);
        }

        CurrentSession.Account.ByokKeys.Add(keys);
        return keys;
    }
}
