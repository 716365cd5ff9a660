using System;
using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Auditing;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Cmdlets.Pipeline;
using OpenRouter.Byok.Completion;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Reporting;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Writes a report about the credentials as one HTML page.</summary>
/// <remarks>
/// <para>
/// The page shows how many credentials there are, the findings of the audit with the command lines that fix them, the
/// spending by day, provider, and model, the order in which requests to each provider try the credentials, and all
/// credentials in a table that can be sorted and filtered. It is a single file that loads nothing from anywhere, so you
/// can mail it, and it can be printed.
/// </para>
/// <para>
/// The page contains no keys. It contains the masked labels of the keys unless you specify -NoLabel, and the email
/// addresses of members who may use credentials unless you specify -Anonymous. Consider who may see the names, the
/// spending, and the findings before you publish it.
/// </para>
/// <para>
/// The report is about the default workspace of the session or the account, including the global credentials, unless
/// you specify -Workspace, -WorkspaceId, or -AllWorkspaces. Its numbers are those of Get-OpenRouterByokKey,
/// Invoke-OpenRouterByokAudit with the credentials from the pipeline, and Get-OpenRouterByokUsage. If something other
/// than the credentials cannot be looked up, the report is written without it, and both the page and a warning say so.
/// </para>
/// <para>
/// The file is written whole or not at all. Of a large account, the page lists the first 500 findings of each rule
/// and the first 500 routes, and says how many there are. In a route, it shows up to 10 credentials before shared
/// capacity and 10 after it. All credentials are listed.
/// </para>
/// </remarks>
/// <example>
/// <summary>Write a report about the whole account</summary>
/// <code>Export-OpenRouterByokReport ./report.html -AllWorkspaces</code>
/// <para>To replace the file the next time, specify -Force.</para>
/// </example>
/// <example>
/// <summary>Write a report and open it</summary>
/// <code>Export-OpenRouterByokReport ./report.html -Force -PassThru | Invoke-Item</code>
/// <para>With -PassThru, the file is output.</para>
/// </example>
/// <example>
/// <summary>Make a report that can be passed on</summary>
/// <code>
/// Export-OpenRouterByokReport ./status.html -NoLabel -Anonymous -Days 7
/// </code>
/// <para>The page contains neither labels of keys nor email addresses.</para>
/// </example>
/// <example>
/// <summary>Get the page as text</summary>
/// <code>$html = Export-OpenRouterByokReport -Workspace Production</code>
/// <para>Without -Path, the text is output.</para>
/// </example>
/// <seealso cref="InvokeOpenRouterByokAuditCommand"/>
/// <seealso cref="GetOpenRouterByokUsageCommand"/>
/// <seealso href="https://github.com/openrouter-byok/OpenRouter.Byok/blob/main/docs/report.md">
/// The account on one page
/// </seealso>
[Cmdlet(
    VerbsData.Export, "OpenRouterByokReport", SupportsShouldProcess = true,
    HelpUri = HelpPages.Address + "Export-OpenRouterByokReport.md")]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportOpenRouterByokReportCommand : SessionCommand
{
    private static readonly OutputFile Output = new()
    {
        Extensions = [".html", ".htm"],
        WrongExtension = Messages.ReportExtension,
        AdviceIfExists = Messages.AdviceReportExists,
    };

    /// <summary>
    /// The path of the file to write, with the extension .html or .htm. Without it, the text is output.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>
    /// The names or slugs of the workspaces, instead of the default workspace of the session or the account.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ReferenceArgument(typeof(OpenRouterWorkspace), nameof(OpenRouterWorkspace.Id))]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string[]? Workspace { get; set; }

    /// <summary>The ids of the workspaces.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [WorkspaceIdArgument]
    [ArgumentCompleter(typeof(WorkspaceIdCompleter))]
    public string[]? WorkspaceId { get; set; }

    /// <summary>Reports on every workspace of the account.</summary>
    [Parameter]
    public SwitchParameter AllWorkspaces { get; set; }

    /// <summary>The number of days whose spending to show, 1 to 30, up to and including yesterday in UTC.</summary>
    [Parameter]
    [ValidateRange(1, UsagePeriod.MaximumDays)]
    [PSDefaultValue(Value = UsagePeriod.MaximumDays)]
    public int Days { get; set; } = UsagePeriod.MaximumDays;

    /// <summary>
    /// The maximum age, in days, that a credential can have before the audit reports it as due for rotation.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 36500)]
    [PSDefaultValue(Value = AuditedAccount.DefaultMaxAgeDays)]
    public int MaxAgeDays { get; set; } = AuditedAccount.DefaultMaxAgeDays;

    /// <summary>The rules of the audit to exclude.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ByokAuditRule[]? ExcludeRule { get; set; }

    /// <summary>The heading of the page.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>
    /// Leaves out the labels of keys. Credentials without a name are shown by the beginning of their id.
    /// </summary>
    [Parameter]
    public SwitchParameter NoLabel { get; set; }

    /// <summary>
    /// Leaves out email addresses: it shows how many members may use a credential instead of who they are, and replaces
    /// email addresses in names.
    /// </summary>
    [Parameter]
    public SwitchParameter Anonymous { get; set; }

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Outputs the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private WorkspaceSelection Selection => new(Workspace, WorkspaceId, AllWorkspaces);

    private protected override void Begin()
    {
        Selection.Check();
        Validate.NullOrNotBlank(nameof(Path), Path);
        Validate.NullOrNotBlank(nameof(Title), Title);
        if (PassThru && Path is null)
        {
            throw Validate.Requiring(nameof(PassThru), nameof(Path));
        }
    }

    private protected override void ProcessInput()
    {
        var file = Path is null ? null : Output.Find(SessionState.Path, Path, Force);
        if (file is not null && !ShouldProcess(file, Messages.ActionReport))
        {
            return;
        }

        var options = new ReportOptions(Title, ShowsLabels: !NoLabel, ShowsEmailAddresses: !Anonymous);
        var html = AwaitWithProgress(async (output, stop) =>
        {
            var data = await ReadAsync(output, stop).ConfigureAwait(false);
            var privacy = new ReportPrivacy(options, data.Keys);
            var names = new ReportNames(CurrentSession.Account, options, privacy);
            return ReportRenderer.Render(new ReportBuilder(data, names, privacy, options).Build(), privacy.Display);
        });
        if (file is null)
        {
            WriteObject(html);
            return;
        }

        TextFile.Write(file, html, Force);
        if (PassThru)
        {
            WriteObject(InvokeProvider.Item.Get([file], force: true, literalPath: true), enumerateCollection: true);
        }
    }

    private async Task<ReportData> ReadAsync(PipelineOperation output, CancellationToken cancellationToken)
    {
        var session = CurrentSession;
        var workspaces = await Selection.ResolveAsync(session.WorkspaceId, Names, output, cancellationToken)
            .ConfigureAwait(false);
        var loader = new ConfigurationLoader(Client, session.Account, Names, output) { Progress = output };
        var keys = await loader.ReadKeysAsync(workspaces, provider: null, cancellationToken).ConfigureAwait(false);
        var lookups = new ReportLookups(Client, session.Account, Began, output);
        var found = await lookups.FindAsync(keys, ExcludeRule ?? [], cancellationToken).ConfigureAwait(false);
        foreach (var gap in found.Gaps)
        {
            output.Warning(gap);
        }

        var audited = new AuditedAccount(keys, found.Data, session.UtcNow, TimeSpan.FromDays(MaxAgeDays));
        return new ReportData
        {
            BaseUri = session.BaseUri,
            Now = session.UtcNow,
            ManagementKey = found.ManagementKey,
            Keys = keys,
            WorkspaceIds = AllWorkspaces ? null : ReportData.WorkspaceIdsOf(workspaces, keys),
            Findings = Auditor.Audit(audited, found.Rules),
            Activity = found.Data.Activity,
            Period = UsagePeriod.LastDays(Days, session.UtcNow),
            Gaps = found.Gaps,
        };
    }
}
