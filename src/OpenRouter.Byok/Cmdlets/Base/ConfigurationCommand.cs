using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Secrets;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Cmdlets.Pipeline;
using OpenRouter.Byok.Completion;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Base;

/// <summary>A cmdlet that compares the account with a configuration.</summary>
public abstract class ConfigurationCommand : ThrottledCommand
{
    private protected const string PathSet = "Path";

    private protected const string LiteralPathSet = "LiteralPath";

    private protected const string ObjectSet = "InputObject";

    private readonly List<PSObject> objects = [];
    private KeySources? keys;

    private protected ConfigurationCommand()
    {
    }

    /// <summary>
    /// The paths of the configuration files: JSON files, which may contain comments and trailing commas, or PowerShell
    /// data files (.psd1). Wildcards are permitted. Several files count as one configuration.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The paths of the configuration files, in which no character is a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// Objects instead of files: whole configurations (for example, converted from YAML), single credentials (for
    /// example, rows of a CSV file), or files from Get-ChildItem.
    /// </summary>
    /// <remarks>
    /// An object with a credentials property is read like a file. Any other object is one credential; its properties
    /// that are $null or blank are treated as absent.
    /// </remarks>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNull]
    public PSObject[]? InputObject { get; set; }

    /// <summary>
    /// The name, slug, or id of the workspace to use for every entry, regardless of what the configuration says. This
    /// transfers the configuration of one workspace to another one, such as from staging to production.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ReferenceArgument(typeof(OpenRouterWorkspace), nameof(OpenRouterWorkspace.Id))]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string? Workspace { get; set; }

    /// <summary>
    /// When keys of existing credentials are replaced: Never, Changed, or Always. By default, a key is sent only when
    /// its credential is created. With Changed, a key is sent if the label of the credential shows that it is another
    /// key. The label cannot show that a key is the same, and shows nothing of keys that are JSON.
    /// </summary>
    [Parameter]
    [PSDefaultValue(Value = ByokKeyUpdate.Never)]
    public ByokKeyUpdate KeyUpdate { get; set; }

    /// <summary>
    /// What to do with credentials that are not in the configuration: Disable or Remove. By default, they stay. Only
    /// providers and workspaces that the configuration names are affected. Removing a credential wipes its key.
    /// </summary>
    [Parameter]
    public ByokPruneMode? Prune { get; set; }

    /// <summary>
    /// A script block that returns the secrets for references of your own kinds, such as { "op": "op://team/openai" }.
    /// It receives the object as its argument, and returns a SecureString.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? SecretResolver { get; set; }

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        if (isDisposing)
        {
            keys?.Dispose();
        }
    }

    /// <summary>Where keys come from. For the pipeline thread.</summary>
    private protected KeySources Keys => keys ??= new KeySources(this, SecretResolver);

    private protected IReadOnlyList<PSObject> Objects => objects;

    // Changes of a plan have this property, also those that were stored in a file or selected from.
    private protected static bool IsChange(PSObject input) => input.Properties["PlanId"] is not null;

    // What is wrong with the configuration is said first.
    private protected sealed override bool NeedsSession => false;

    private protected override void Begin() => Validate.NullOrNotBlank(nameof(Workspace), Workspace);

    private protected sealed override void ProcessInput() => objects.AddRange(InputObject ?? []);

    /// <summary>Reads the configuration, and compares the account with it.</summary>
    /// <exception cref="OpenRouterException">
    /// The configuration is wrong, in which case nothing was requested, or the account could not be read.
    /// </exception>
    private protected ConfigurationPlan Plan()
    {
        var configuration = ReadConfiguration();
        UseSession();
        var input = AwaitWithProgress((output, cancellationToken) =>
            LoadAsync(configuration, output, cancellationToken));
        var plan = ConfigurationPlanner.Plan(input with
        {
            Prune = Prune,
            KeyUpdate = KeyUpdate,
            HasOtherKey = (entry, key) => !KeyLabel.CanBeOf(key.Label, Keys.Get(entry.Key!)),
        });
        WarnOfUnknownProviders(plan.Changes
            .Where(change => change.Action == ByokConfigurationAction.Create)
            .Select(change => change.Provider));
        return plan;
    }

    private protected ConfigurationLoader NewLoader(PipelineOperation output) =>
        new(Client, CurrentSession.Account, Names, output)
        {
            Throttle = ThrottleLimit,
            Progress = output,
        };

    /// <summary>Tells people at a console what is no output of the cmdlet.</summary>
    private protected void WriteHostMessage(string message) => WriteInformation(
        new HostInformationMessage { Message = message }, ["PSHOST"]);

    private async Task<PlanInput> LoadAsync(
        ByokConfiguration configuration, PipelineOperation output, CancellationToken cancellationToken)
    {
        if (Workspace is not null)
        {
            // A wrong one is no fault of the entries that it is used for.
            await Names.WorkspaceIdAsync(Workspace, output, cancellationToken).ConfigureAwait(false);
        }

        return await NewLoader(output).LoadAsync(configuration, cancellationToken).ConfigureAwait(false);
    }

    private ByokConfiguration ReadConfiguration()
    {
        var errors = new ConfigurationErrors();
        var reader = new ConfigurationReader(SecretResolver is not null, errors);
        var files = new ConfigurationFiles(SessionState.Path);
        foreach (var document in ParameterSetName == LiteralPathSet
            ? files.Read(LiteralPath, isLiteral: true, errors)
            : files.Read(Path, isLiteral: false, errors))
        {
            reader.AddDocument(document);
        }

        for (var index = 0; index < objects.Count; index++)
        {
            Add(reader, files, objects[index], index + 1, errors);
        }

        var configuration = reader.ToConfiguration();
        return Workspace is null
            ? configuration
            : new ByokConfiguration(
                [.. configuration.Credentials.Select(entry => entry with { Workspace = Workspace })],
                [.. configuration.Scope.Select(pair => pair with { Workspace = Workspace })]);
    }

    private static void Add(
        ConfigurationReader reader, ConfigurationFiles files, PSObject input, int number, ConfigurationErrors errors)
    {
        if (input.BaseObject is FileInfo file)
        {
            foreach (var document in files.Read([file.FullName], isLiteral: true, errors))
            {
                reader.AddDocument(document);
            }

            return;
        }

        var source = new ConfigurationSource(Messages.Format(Messages.ConfigurationInput, number))
        {
            Names = StringComparer.OrdinalIgnoreCase,
        };
        if (input.BaseObject is string)
        {
            errors.Add(new SourcePosition(source, 0), Messages.ObjectIsText);
        }
        else if (ObjectNodeReader.IsRow(input))
        {
            reader.AddEntry(ObjectNodeReader.ReadRow(input, source, errors));
        }
        else
        {
            reader.AddDocument(ObjectNodeReader.Read(input, source, errors));
        }
    }
}
