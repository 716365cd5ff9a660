using System.Collections.Generic;
using System.Management.Automation;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Completion;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Base;

/// <summary>A cmdlet that does something with credentials, which are chosen by name or by id.</summary>
public abstract class KeyTargetCommand : ThrottledCommand
{
    private protected const string NameSet = "Name";

    private protected const string IdSet = "Id";

    private protected KeyTargetCommand()
    {
    }

    /// <summary>
    /// The names of the credentials. Wildcards are permitted. If no credential or several credentials have a name
    /// without wildcards, an error lists the choices and nothing is changed. If you specify an id instead of a name, it
    /// selects the credential with that id.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = IdSet, DontShow = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [KeyNameArgument]
    [ArgumentCompleter(typeof(ByokKeyNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The slugs of the providers whose credentials are searched for -Name. Wildcards are permitted.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ReferenceArgument(typeof(OpenRouterProvider), nameof(OpenRouterProvider.Slug), IsSlug = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public virtual string[]? Provider { get; set; }

    /// <summary>
    /// The names or slugs of the workspaces that are searched for -Name, instead of the default workspace of the
    /// session or the account.
    /// </summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [ReferenceArgument(typeof(OpenRouterWorkspace), nameof(OpenRouterWorkspace.Id))]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string[]? Workspace { get; set; }

    /// <summary>The ids of the workspaces that are searched for -Name.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [WorkspaceIdArgument]
    [ArgumentCompleter(typeof(WorkspaceIdCompleter))]
    public string[]? WorkspaceId { get; set; }

    /// <summary>Searches every workspace of the account for -Name.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public SwitchParameter AllWorkspaces { get; set; }

    /// <summary>
    /// The ids of the credentials, or objects with an Id or KeyId property, such as the output of Get-OpenRouterByokKey
    /// or Invoke-OpenRouterByokAudit.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = NameSet, ValueFromPipeline = true, DontShow = true)]
    [Alias("KeyId")]
    [KeyIdArgument]
    [ArgumentCompleter(typeof(ByokKeyIdCompleter))]
    public string[] Id { get; set; } = [];

    private KeySelection Selection => new(Provider, new WorkspaceSelection(Workspace, WorkspaceId, AllWorkspaces));

    /// <summary>Does what the cmdlet is for.</summary>
    /// <param name="ids">The ids as they were given; some may be none (see Validate.Id).</param>
    private protected abstract void ProcessIds(IReadOnlyList<string> ids);

    private protected override void Begin()
    {
        foreach (var name in Name ?? [])
        {
            Validate.NotBlank(nameof(Name), name);
        }

        TextPatterns.Of(Name);
        Selection.Check();
        var hasIds = MyInvocation.ExpectingInput || IsBound(nameof(Id));
        if (hasIds && Name is not null)
        {
            throw Invalid(Messages.NameWithId);
        }

        if (hasIds && !Selection.IsDefault)
        {
            throw Invalid(Messages.ScopeWithId);
        }

        if (!hasIds && Name is null)
        {
            throw Invalid(Messages.NoKeySpecified);
        }
    }

    private protected override void ProcessInput()
    {
        if (Name is null)
        {
            ProcessIds(Id);
            return;
        }

        WarnOfUnknownProviders(Selection.ProviderSlugs);
        var finder = new KeyFinder(CurrentSession, Names, Selection);
        var ids = RunNow((output, cancellationToken) => finder.FindAsync(Name, output, cancellationToken));
        if (ids.Count == 0)
        {
            WriteVerbose(Messages.Format(Messages.NothingMatches, string.Join("', '", Name)));
        }

        ProcessIds(ids);
    }

    private static OpenRouterException Invalid(string message) => new(ErrorReason.InvalidArgument, message);
}
