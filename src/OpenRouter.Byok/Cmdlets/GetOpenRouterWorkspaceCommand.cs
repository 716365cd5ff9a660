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
/// A credential belongs to one workspace or is global. Wherever a -WorkspaceId is wanted, -Workspace takes the name or
/// the slug.
/// </para>
/// <para>Workspaces come in the order in which the API lists them.</para>
/// </remarks>
/// <example>
/// <summary>List the workspaces</summary>
/// <code>Get-OpenRouterWorkspace</code>
/// <para>All of them, however many pages the API needs.</para>
/// </example>
/// <example>
/// <summary>Find workspaces whose budgets count own keys</summary>
/// <code>Get-OpenRouterWorkspace prod* | Where-Object IncludeByokInBudgets</code>
/// <para>Names and slugs are looked at; wildcards are allowed.</para>
/// </example>
/// <example>
/// <summary>List the credentials of one workspace</summary>
/// <code>Get-OpenRouterWorkspace prod* | Get-OpenRouterByokKey</code>
/// <para>Global credentials serve every workspace, so they come out too.</para>
/// </example>
/// <seealso cref="GetOpenRouterApiKeyCommand"/>
/// <seealso cref="ConnectOpenRouterCommand"/>
/// <seealso href="https://openrouter.ai/docs/api-reference/workspaces">The workspaces API</seealso>
[Cmdlet(VerbsCommon.Get, "OpenRouterWorkspace", DefaultParameterSetName = FilterSet)]
[OutputType(typeof(OpenRouterWorkspace))]
public sealed class GetOpenRouterWorkspaceCommand : SessionCommand
{
    private const string FilterSet = "Filter";
    private const string IdSet = "Id";

    /// <summary>The names or slugs to look for; wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = FilterSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string[]? Name { get; set; }

    /// <summary>
    /// The ids of the workspaces to get, or objects that name one as WorkspaceId, such as credentials and API keys. One
    /// that does not exist is an error.
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
