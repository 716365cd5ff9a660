using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Cmdlets.Pipeline;
using OpenRouter.Byok.Completion;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Gets the API keys of an OpenRouter account.</summary>
/// <remarks>
/// <para>
/// An API key is not a provider credential (ByokKey). Applications send requests with an API key, and OpenRouter then
/// uses the credentials that the API key is allowed to use. The key itself is never shown; the API identifies it by its
/// hash.
/// </para>
/// <para>
/// Without parameters, the cmdlet lists the enabled API keys of the default workspace, in the order of the API. It
/// reads all pages of the list.
/// </para>
/// </remarks>
/// <example>
/// <summary>Find API keys by name</summary>
/// <code>Get-OpenRouterApiKey *eval* -AllWorkspaces</code>
/// <para>Wildcards are permitted, and matching is not case-sensitive.</para>
/// </example>
/// <example>
/// <summary>Restrict a credential to certain API keys</summary>
/// <code>
/// $keys = Get-OpenRouterApiKey s* -Workspace Production
/// Set-OpenRouterByokKey 'Production 2' -Workspace Production `
///     -AllowedApiKey $keys
/// </code>
/// <para>
/// -AllowedApiKey accepts objects, names, and hashes. If the lookup finds nothing, an error occurs and nothing is
/// changed.
/// </para>
/// </example>
/// <example>
/// <summary>See which API keys can use a credential</summary>
/// <code>
/// (Get-OpenRouterByokKey 'Nightly eval').AllowedApiKeyHashes |
///     Get-OpenRouterApiKey
/// </code>
/// <para>The hashes come from the pipeline. A hash that no longer exists causes an error.</para>
/// </example>
/// <seealso cref="SetOpenRouterByokKeyCommand"/>
/// <seealso cref="GetOpenRouterWorkspaceCommand"/>
/// <seealso href="https://openrouter.ai/docs/api-reference/api-keys">The API keys API</seealso>
[Cmdlet(
    VerbsCommon.Get, "OpenRouterApiKey", DefaultParameterSetName = FilterSet,
    HelpUri = HelpPages.Address + "Get-OpenRouterApiKey.md")]
[OutputType(typeof(OpenRouterApiKey))]
public sealed class GetOpenRouterApiKeyCommand : SessionCommand
{
    private const string FilterSet = "Filter";
    private const string HashSet = "Hash";

    /// <summary>The names of the API keys to get. Wildcards are permitted.</summary>
    [Parameter(Position = 0, ParameterSetName = FilterSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ApiKeyCompleter))]
    public string[]? Name { get; set; }

    /// <summary>
    /// The hashes of the API keys to get, each of 64 lowercase hexadecimal digits. A hash that does not exist causes an
    /// error.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = HashSet, ValueFromPipeline = true)]
    [HashArgument]
    [ArgumentCompleter(typeof(ApiKeyHashCompleter))]
    public string[] Hash { get; set; } = [];

    /// <summary>
    /// The names or slugs of the workspaces to search, instead of the default workspace of the session or the account.
    /// </summary>
    [Parameter(ParameterSetName = FilterSet)]
    [ValidateNotNullOrEmpty]
    [ReferenceArgument(typeof(OpenRouterWorkspace), nameof(OpenRouterWorkspace.Id))]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string[]? Workspace { get; set; }

    /// <summary>
    /// The ids of the workspaces to search, instead of the default workspace of the session or the account.
    /// </summary>
    [Parameter(ParameterSetName = FilterSet)]
    [ValidateNotNullOrEmpty]
    [WorkspaceIdArgument]
    [ArgumentCompleter(typeof(WorkspaceIdCompleter))]
    public string[]? WorkspaceId { get; set; }

    /// <summary>Searches every workspace of the account.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    public SwitchParameter AllWorkspaces { get; set; }

    /// <summary>Includes disabled API keys.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    public SwitchParameter IncludeDisabled { get; set; }

    private WorkspaceSelection Workspaces => new(Workspace, WorkspaceId, AllWorkspaces);

    private protected override void Begin()
    {
        TextPatterns.Of(Name);
        Workspaces.Check();
    }

    private protected override void ProcessInput()
    {
        if (ParameterSetName == HashSet)
        {
            RunForEach(Hash, Validate.ApiKeyHash, isAgreed: _ => true, GetAsync);
        }
        else
        {
            Run(target: null, ListAsync);
        }
    }

    private async Task GetAsync(string hash, PipelineOperation output, CancellationToken cancellationToken) =>
        output.Write(
            await CurrentSession.Account.GetApiKeyAsync(hash, output, cancellationToken).ConfigureAwait(false));

    private async Task ListAsync(PipelineOperation output, CancellationToken cancellationToken)
    {
        var names = TextPatterns.Of(Name);
        var shown = new HashSet<string>();
        var workspaces = await Workspaces
            .ResolveAsync(CurrentSession.WorkspaceId, Names, output, cancellationToken).ConfigureAwait(false);
        foreach (var workspaceId in workspaces)
        {
            var pages = Client.Lookups.ReadApiKeysAsync(workspaceId, IncludeDisabled, output, cancellationToken);
            await foreach (var page in pages.ConfigureAwait(false))
            {
                CurrentSession.Account.Add(page.Items);
                var wanted = page.Items.Where(key => (names is null || names.Match(key.Name)) && shown.Add(key.Hash));
                await output.WriteAsync([.. wanted], cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
