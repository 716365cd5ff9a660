using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Cmdlets.Pipeline;
using OpenRouter.Byok.Completion;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Gets the workspaces of an OpenRouter account.</summary>
/// <remarks>
/// <para>
/// A credential belongs to one workspace or is global. Wherever a cmdlet has a -WorkspaceId parameter, its -Workspace
/// parameter accepts the name or slug instead.
/// </para>
/// <para>Workspaces are listed in the order of the API.</para>
/// </remarks>
/// <example>
/// <summary>List the workspaces</summary>
/// <code>Get-OpenRouterWorkspace</code>
/// <para>The cmdlet reads all pages of the list.</para>
/// </example>
/// <example>
/// <summary>Find workspaces whose budgets count own keys</summary>
/// <code>Get-OpenRouterWorkspace prod* | Where-Object IncludeByokInBudgets</code>
/// <para>The values are compared with names and slugs. Wildcards are permitted.</para>
/// </example>
/// <example>
/// <summary>List the credentials of one workspace</summary>
/// <code>Get-OpenRouterWorkspace prod* | Get-OpenRouterByokKey</code>
/// <para>Global credentials serve every workspace, so they are included.</para>
/// </example>
/// <seealso cref="GetOpenRouterApiKeyCommand"/>
/// <seealso cref="ConnectOpenRouterCommand"/>
/// <seealso href="https://openrouter.ai/docs/api-reference/workspaces">The workspaces API</seealso>
[Cmdlet(
    VerbsCommon.Get, "OpenRouterWorkspace", DefaultParameterSetName = FilterSet,
    HelpUri = HelpPages.Address + "Get-OpenRouterWorkspace.md")]
[OutputType(typeof(OpenRouterWorkspace))]
public sealed class GetOpenRouterWorkspaceCommand : SessionCommand
{
    private const string FilterSet = "Filter";
    private const string IdSet = "Id";

    /// <summary>The names or slugs of the workspaces to get. Wildcards are permitted.</summary>
    [Parameter(Position = 0, ParameterSetName = FilterSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string[]? Name { get; set; }

    /// <summary>
    /// The ids of the workspaces to get, or objects with a WorkspaceId property, such as credentials and API keys. An
    /// id that does not exist causes an error.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipeline = true)]
    [WorkspaceIdArgument]
    [ArgumentCompleter(typeof(WorkspaceIdCompleter))]
    public string[] Id { get; set; } = [];

    private protected override void ProcessInput()
    {
        if (ParameterSetName == IdSet)
        {
            RunForEach(Id, Validate.WorkspaceId, isAgreed: _ => true, GetAsync);
            return;
        }

        List(
            Name,
            (output, stop) => CurrentSession.Account.Workspaces.GetAsync(Began, output, stop),
            workspace => [workspace.Name, workspace.Slug]);
    }

    private async Task GetAsync(string id, PipelineOperation output, CancellationToken cancellationToken) =>
        output.Write(await Client.Lookups.GetWorkspaceAsync(id, output, cancellationToken).ConfigureAwait(false));
}
