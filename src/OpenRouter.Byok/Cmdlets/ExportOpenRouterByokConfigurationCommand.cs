using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Cmdlets.Pipeline;
using OpenRouter.Byok.Completion;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Writes the credentials of the account as a configuration.</summary>
/// <remarks>
/// <para>
/// The configuration contains every setting of every credential, but no keys, because the API does not return them. Add
/// references to keys where they are to be managed. A configuration that is compared right after it was exported shows
/// no differences.
/// </para>
/// <para>
/// The same account results in the same text: credentials are sorted by workspace, provider, and the order in which
/// they are tried. Names are written instead of ids and hashes where they are unique. Global credentials are left out,
/// because configurations do not manage them.
/// </para>
/// <para>
/// With -Force, an existing file is replaced. The references to keys in it, and its scope, are kept; comments are not.
/// </para>
/// </remarks>
/// <example>
/// <summary>Begin to manage an account by a file</summary>
/// <code>Export-OpenRouterByokConfiguration ./openrouter.json -AllWorkspaces</code>
/// <para>The file is written whole or not at all.</para>
/// </example>
/// <example>
/// <summary>Export only the credentials of a provider</summary>
/// <code>
/// Get-OpenRouterByokKey -Provider openai -AllWorkspaces |
///     Export-OpenRouterByokConfiguration ./openai.json
/// </code>
/// <para>Credentials from the pipeline are written as they are.</para>
/// </example>
/// <example>
/// <summary>Get the configuration as text</summary>
/// <code>$text = Export-OpenRouterByokConfiguration -Workspace Production</code>
/// <para>Without -Path, the text is output.</para>
/// </example>
/// <seealso cref="CompareOpenRouterByokConfigurationCommand"/>
/// <seealso cref="SyncOpenRouterByokConfigurationCommand"/>
/// <seealso href="https://github.com/openrouter-byok/OpenRouter.Byok/blob/main/docs/configuration.md">
/// Credentials as code
/// </seealso>
[Cmdlet(
    VerbsData.Export, "OpenRouterByokConfiguration", SupportsShouldProcess = true,
    HelpUri = HelpPages.Address + "Export-OpenRouterByokConfiguration.md")]
[OutputType(typeof(string))]
public sealed class ExportOpenRouterByokConfigurationCommand : CredentialInputCommand
{
    private static readonly OutputFile Output = new()
    {
        Extensions = [".json", ".jsonc"],
        WrongExtension = Messages.ExportExtension,
        AdviceIfExists = Messages.AdviceExportExists,
    };

    /// <summary>
    /// The path of the file to write, with the extension .json or .jsonc. Without it, the text is output.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>
    /// The names or slugs of the workspaces to export, instead of the default workspace of the session or the account.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ReferenceArgument(typeof(OpenRouterWorkspace), nameof(OpenRouterWorkspace.Id))]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string[]? Workspace { get; set; }

    /// <summary>The ids of the workspaces to export.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [WorkspaceIdArgument]
    [ArgumentCompleter(typeof(WorkspaceIdCompleter))]
    public string[]? WorkspaceId { get; set; }

    /// <summary>Exports every workspace of the account.</summary>
    [Parameter]
    public SwitchParameter AllWorkspaces { get; set; }

    /// <summary>Replaces an existing file. The references to keys in it are kept.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private WorkspaceSelection Selection => new(Workspace, WorkspaceId, AllWorkspaces);

    private protected override void Begin()
    {
        Selection.Check();
        Validate.NullOrNotBlank(nameof(Path), Path);
        if (MyInvocation.ExpectingInput && Selection != WorkspaceSelection.None)
        {
            throw Validate.Excluding(
                Workspace is not null ? nameof(Workspace) : WorkspaceId is not null ? nameof(WorkspaceId)
                    : nameof(AllWorkspaces),
                nameof(InputObject));
        }
    }

    private protected override void End()
    {
        var file = Path is null ? null : Output.Find(SessionState.Path, Path, Force);
        var previous = file is not null && File.Exists(file) ? ReadPrevious(file) : null;
        if (AreGiven)
        {
            UseSessionIfAny();
        }
        else
        {
            UseSession();
        }

        var (keys, text) = AwaitWithProgress((output, stop) => ExportAsync(previous, output, stop));
        var globals = keys.Count(key => key.WorkspaceId is null);
        if (globals > 0)
        {
            WriteWarning(Messages.Format(Messages.ExportGlobal, globals));
        }

        if (file is null)
        {
            WriteObject(text);
        }
        else if (ShouldProcess(file, Messages.Format(Messages.ActionExport, keys.Count - globals)))
        {
            TextFile.Write(file, text, Force);
        }
    }

    private async Task<(IReadOnlyList<ByokKey> Keys, string Text)> ExportAsync(
        ByokConfiguration? previous, PipelineOperation output, CancellationToken cancellationToken)
    {
        var defaultId = (string?)null;
        var keys = GivenKeys;
        if (SessionInUse is { } session)
        {
            var loader = new ConfigurationLoader(Client, session.Account, Names, output) { Progress = output };
            if (!AreGiven)
            {
                var workspaces = await Selection.ResolveAsync(session.WorkspaceId, Names, output, cancellationToken)
                    .ConfigureAwait(false);
                keys = await loader.ReadKeysAsync(workspaces, provider: null, cancellationToken).ConfigureAwait(false);
            }

            if (previous?.Credentials.Any(entry => entry is { Workspace: null, Key: not null }) is true)
            {
                var ofDefault = await loader.ReadKeysAsync([null], provider: null, cancellationToken)
                    .ConfigureAwait(false);
                defaultId = ofDefault.FirstOrDefault(key => key.WorkspaceId is not null)?.WorkspaceId;
            }
        }

        var exporter = new ConfigurationExporter(
            SessionInUse?.Account, SessionInUse is null ? null : Names, Began);
        var text = await exporter.ExportAsync(keys, previous, defaultId, output, cancellationToken)
            .ConfigureAwait(false);
        return (keys, text);
    }

    private ByokConfiguration ReadPrevious(string file)
    {
        var errors = new ConfigurationErrors();
        try
        {
            var reader = new ConfigurationReader(hasResolver: true, errors);
            foreach (var document in new ConfigurationFiles(SessionState.Path)
                .Read([file], isLiteral: true, errors))
            {
                reader.AddDocument(document);
            }

            return reader.ToConfiguration();
        }
        catch (OpenRouterException failure)
        {
            throw new OpenRouterException(
                ErrorReason.InvalidConfiguration,
                Messages.Format(Messages.ExportOldUnreadable, file) + "\n" + failure.Message);
        }
    }
}
