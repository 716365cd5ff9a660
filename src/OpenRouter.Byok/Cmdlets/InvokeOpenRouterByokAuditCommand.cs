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

/// <summary>Finds credentials that are unsafe, dangling, doubled or stale, and says for each how to mend it.</summary>
/// <remarks>
/// <para>
/// It audits all credentials of all workspaces, or those from the pipeline. Those are taken for all that there are:
/// pipe every credential of a provider, or filter the findings, since half a list makes lone credentials of those that
/// are not alone. The gravest findings come first. Each has a Remedy, the command line that mends it.
/// </para>
/// <para>
/// An Error cannot work as it is set up. A Warning is probably not what its owner wants. Information is worth knowing,
/// and often meant to be so.
/// </para>
/// <list type="bullet">
/// <item>Unreachable (Error): the allow lists let nothing through that could ever come. The credential looks like
/// protection or backup, and is none.</item>
/// <item>SharedNotRemoved (Warning): a credential is required or BYOK-only, but disabled, or required for some callers
/// only, so shared capacity still serves requests. Somebody wanted it gone, and it spends credits.</item>
/// <item>UnknownApiKey, UnknownMember, UnknownModel (Warning): an allow list names what no longer exists. Who reads it
/// takes it for access that somebody has.</item>
/// <item>RegionNotOffered (Warning): a data region is declared that the provider does not offer. Requests may rely on
/// it.</item>
/// <item>Duplicate (Warning): the same provider and label as another credential that meets the same requests. The key
/// is rotated in one place and forgotten in the other, and a backup that is the same key is none.</item>
/// <item>RotationDue (Warning): created more than -MaxAgeDays ago. Old keys have been in many places. OpenRouter does
/// not tell when a key was rotated in place: if you do so, leave the rule out.</item>
/// <item>NoBackup (Information; a Warning when shared capacity is removed): the only enabled credential of its
/// provider. When it is revoked or out of quota, nothing of your own takes over.</item>
/// <item>SharedAfterFailure (Information): when the credential fails, requests go on to shared capacity. That spends
/// credits, and nobody notices that the credential fails.</item>
/// <item>Unrestricted (Information): any of several API keys may use it for any model. One leaked API key spends on all
/// such credentials.</item>
/// <item>DisabledOld (Information): disabled and created more than -MaxAgeDays ago. OpenRouter still keeps its
/// key.</item>
/// <item>NameMissing (Information): nobody knows whose key it is when it has to be rotated.</item>
/// </list>
/// <para>
/// API keys, members, models and providers are looked up only when a chosen rule and a credential make it necessary.
/// When that fails, a warning says which rules were left out.
/// </para>
/// </remarks>
/// <example>
/// <summary>Audit the account</summary>
/// <code>Invoke-OpenRouterByokAudit</code>
/// <para>A table of findings, the gravest first.</para>
/// </example>
/// <example>
/// <summary>See how to mend what is grave</summary>
/// <code>Invoke-OpenRouterByokAudit -Severity Error, Warning | Format-List</code>
/// <para>Remedy is a command line to copy. What removes a credential asks before it does so.</para>
/// </example>
/// <example>
/// <summary>Find the keys that are due for rotation</summary>
/// <code>
/// Invoke-OpenRouterByokAudit -Rule RotationDue -MaxAgeDays 180 |
///     Select-Object Provider, Name, Message
/// </code>
/// <para>With one rule chosen nothing is looked up that this rule does not need.</para>
/// </example>
/// <example>
/// <summary>Let a nightly run fail</summary>
/// <code>
/// $ErrorActionPreference = 'Stop'
/// Invoke-OpenRouterByokAudit -ExcludeRule RotationDue -FailOn Warning
/// </code>
/// <para>After the findings comes one terminating error. With Stop it ends the script, with exit code 1.</para>
/// </example>
/// <example>
/// <summary>Judge a plan before it is carried out</summary>
/// <code>Import-Csv plan.csv | Invoke-OpenRouterByokAudit -ExcludeRule NameMissing</code>
/// <para>Any objects will do that have a property Provider. What has no id yet has no remedy.</para>
/// </example>
/// <seealso cref="ResolveOpenRouterByokRouteCommand"/>
/// <seealso cref="GetOpenRouterByokKeyCommand"/>
/// <seealso href="https://github.com/openrouter-byok/OpenRouter.Byok/blob/main/docs/audit-rules.md">
/// The rules of the audit
/// </seealso>
[Cmdlet(VerbsLifecycle.Invoke, "OpenRouterByokAudit")]
[OutputType(typeof(ByokAuditFinding))]
public sealed class InvokeOpenRouterByokAuditCommand : CredentialInputCommand
{
    private List<ByokAuditFinding> findings = [];
    private OpenRouterException? failure;

    /// <summary>The rules to check, in place of all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ByokAuditRule[]? Rule { get; set; }

    /// <summary>Rules to leave out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ByokAuditRule[]? ExcludeRule { get; set; }

    /// <summary>The severities to output, in place of all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ByokAuditSeverity[]? Severity { get; set; }

    /// <summary>How many days old a credential may be before RotationDue and DisabledOld report it.</summary>
    [Parameter]
    [ValidateRange(1, 36500)]
    [PSDefaultValue(Value = 90)]
    public int MaxAgeDays { get; set; } = 90;

    /// <summary>
    /// Ends with one terminating error, OpenRouterByok.AuditFailed, when a finding that was output is of this severity
    /// or worse. All findings are out before.
    /// </summary>
    [Parameter]
    public ByokAuditSeverity? FailOn { get; set; }

    private protected override void End()
    {
        var given = AreGiven ? GivenKeys : null;
        if (given is not null) UseSessionIfAny();
        var rules = AuditRules.All
            .Where(rule => (Rule is null || Rule.Contains(rule.Id)) && ExcludeRule?.Contains(rule.Id) is not true)
            .ToList();
        Run(target: null, (output, cancellationToken) => AuditAsync(given, rules, output, cancellationToken));
        Finish();
        if (failure is not null) throw failure;

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
            var finder = new AuditDataLoader(SessionInUse?.Account, Began, output);
            var facts = await finder.FindAsync(rules, keys, cancellationToken).ConfigureAwait(false);
            foreach (var gap in finder.Gaps) output.Warn(gap);
            var account = new AuditedAccount(keys, facts, now, TimeSpan.FromDays(MaxAgeDays));
            findings = Auditor.Audit(account, rules)
                .Where(finding => Severity is null || Severity.Contains(finding.Severity))
                .ToList();
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
        await foreach (var page in search.ReadAsync(cancellationToken).ConfigureAwait(false)) keys.AddRange(page.Items);
        CurrentSession.Account.ByokKeys.Add(keys);
        return keys;
    }
}
