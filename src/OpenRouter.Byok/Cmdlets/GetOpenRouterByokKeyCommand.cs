using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Cmdlets.Pipeline;
using OpenRouter.Byok.Completion;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Gets the provider credentials of an OpenRouter account.</summary>
/// <remarks>
/// <para>
/// Without parameters, the cmdlet lists the credentials of the default workspace and the global credentials, which
/// serve it too. It reads all pages of the list and outputs credentials as each page arrives.
/// </para>
/// <para>
/// The API filters by provider and workspace. The cmdlet applies all other filters, and providers with wildcards, as
/// the pages arrive. A filter that matches nothing is not an error. An id that does not exist causes an error, and so
/// does a value of -Workspace, -ApiKey, or -User that matches nothing or is ambiguous.
/// </para>
/// </remarks>
/// <example>
/// <summary>List the credentials</summary>
/// <code>Get-OpenRouterByokKey</code>
/// <para>A table, grouped by provider, in the order in which OpenRouter tries them.</para>
/// </example>
/// <example>
/// <summary>Find some by name, provider and state</summary>
/// <code>Get-OpenRouterByokKey prod* -Provider openai, azure -State Enabled</code>
/// <para>
/// Names can contain wildcards. If you specify several providers, their credentials are requested one provider at a
/// time.
/// </para>
/// </example>
/// <example>
/// <summary>See all properties of a credential</summary>
/// <code>Get-OpenRouterByokKey 'Claude only' | Format-List</code>
/// <para>The list view shows every property. The text "any" means that an allow list is not set.</para>
/// </example>
/// <example>
/// <summary>List the credentials of some workspaces or providers</summary>
/// <code>
/// Get-OpenRouterWorkspace prod* | Get-OpenRouterByokKey
/// Get-OpenRouterProvider azure | Get-OpenRouterByokKey -AllWorkspaces
/// </code>
/// <para>Workspaces and providers from the pipeline act as values for -Workspace and -Provider.</para>
/// </example>
/// <example>
/// <summary>See which credentials some API keys or members can use</summary>
/// <code>
/// Get-OpenRouterApiKey *eval | Get-OpenRouterByokKey -State Enabled
/// Get-OpenRouterMember mei* | Get-OpenRouterByokKey -AllWorkspaces
/// </code>
/// <para>
/// API keys and members from the pipeline act as values for -ApiKey and -User. A credential that several of them can
/// use is returned once. An API key uses the credentials of its own workspace and the global ones.
/// </para>
/// </example>
/// <example>
/// <summary>Count the credentials of every workspace by provider</summary>
/// <code>Get-OpenRouterByokKey -AllWorkspaces | Group-Object Provider -NoElement</code>
/// <para>A global credential serves every workspace and is returned once.</para>
/// </example>
/// <example>
/// <summary>See which credentials would serve a request</summary>
/// <code>
/// Get-OpenRouterByokKey -Model openai/gpt-5 -ApiKey Storefront -State Enabled
/// </code>
/// <para>The output contains the credentials whose allow lists are not set or contain the model and the API key.</para>
/// </example>
/// <example>
/// <summary>Keep an inventory</summary>
/// <code>
/// Get-OpenRouterByokKey -AllWorkspaces |
///     Export-Csv byok.csv -NoTypeInformation
/// </code>
/// <para>The entries of an allow list are separated by semicolons. The file never contains the keys themselves.</para>
/// </example>
/// <seealso cref="NewOpenRouterByokKeyCommand"/>
/// <seealso cref="SetOpenRouterByokKeyCommand"/>
/// <seealso href="https://openrouter.ai/docs/api-reference/byok">The BYOK API</seealso>
[Cmdlet(
    VerbsCommon.Get, "OpenRouterByokKey", DefaultParameterSetName = FilterSet, SupportsPaging = true,
    HelpUri = HelpPages.Address + "Get-OpenRouterByokKey.md")]
[OutputType(typeof(ByokKey))]
public sealed class GetOpenRouterByokKeyCommand : SessionCommand
{
    private const string FilterSet = "Filter";
    private const string IdSet = "Id";

    private readonly List<string> pipedWorkspaces = [];
    private readonly List<string> pipedProviders = [];
    private readonly List<OpenRouterApiKey> pipedApiKeys = [];
    private readonly List<string> pipedUsers = [];

    /// <summary>The ids of the credentials to get, or objects with an Id or KeyId property.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [Alias("KeyId")]
    [KeyIdArgument]
    [ArgumentCompleter(typeof(ByokKeyIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>
    /// The ids of credentials, objects with an Id or KeyId property, such as findings, workspaces and providers whose
    /// credentials are listed, or API keys and members that can use the credentials that are listed.
    /// </summary>
    [Parameter(ParameterSetName = FilterSet, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = IdSet, ValueFromPipeline = true, DontShow = true)]
    [ValidateNotNull]
    public PSObject[]? InputObject { get; set; }

    /// <summary>
    /// The names of the credentials to get. Wildcards are permitted. No name pattern matches a credential without a
    /// name. If you specify an id instead of a name, it selects the credential with that id.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = FilterSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [KeyNameArgument]
    [ArgumentCompleter(typeof(ByokKeyNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The slugs of the providers whose credentials to get, such as openai. Wildcards are permitted.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ReferenceArgument(typeof(OpenRouterProvider), nameof(OpenRouterProvider.Slug), IsSlug = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[]? Provider { get; set; }

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

    /// <summary>Gets only enabled credentials, or only disabled credentials.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    public ByokKeyState? State { get; set; }

    /// <summary>
    /// Gets only credentials that are allowed to serve this model: their list of allowed models is not set or contains
    /// the model.
    /// </summary>
    [Parameter(ParameterSetName = FilterSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>
    /// Gets only credentials that this API key can use: their list of allowed API keys is not set or contains it.
    /// Specify a name, a hash, or an object from Get-OpenRouterApiKey. Only global credentials and credentials of its
    /// own workspace serve an API key, so its workspace is searched unless you specify another one.
    /// </summary>
    [Parameter(ParameterSetName = FilterSet)]
    [ValidateNotNull]
    [ReferenceArgument(typeof(OpenRouterApiKey), nameof(OpenRouterApiKey.Hash))]
    [ArgumentCompleter(typeof(ApiKeyCompleter))]
    public string? ApiKey { get; set; }

    /// <summary>
    /// Gets only credentials that this member can use: their list of allowed members is not set or contains the member.
    /// Specify an email address, an id, or an object from Get-OpenRouterMember.
    /// </summary>
    [Parameter(ParameterSetName = FilterSet)]
    [ValidateNotNull]
    [ReferenceArgument(typeof(OpenRouterMember), nameof(OpenRouterMember.Id))]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string? User { get; set; }

    /// <summary>
    /// The maximum number of concurrent requests, 1 to 64. It does not affect the order of the output.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 64)]
    [PSDefaultValue(Value = 8)]
    public int ThrottleLimit { get; set; } = 8;

    private KeySelection Selection => new(Provider, new WorkspaceSelection(Workspace, WorkspaceId, AllWorkspaces));

    private IEnumerable<string> NamedIds => (Name ?? []).Select(Uuid.Normalize).OfType<string>();

    private bool IsList => ParameterSetName == FilterSet
        && (Name is null || Name.Any(name => Uuid.Normalize(name) is null))
        && (PagingParameters.First > 0 || PagingParameters.IncludeTotalCount);

    private protected override int MaximumConcurrency => IsList && !MyInvocation.ExpectingInput ? 1 : ThrottleLimit;

    private protected override void Begin()
    {
        foreach (var name in Name ?? [])
        {
            Validate.NotBlank(nameof(Name), name);
        }

        TextPatterns.Of(Name);
        Validate.NullOrNotBlank(nameof(Model), Model);
        Validate.NullOrNotBlank(nameof(ApiKey), ApiKey);
        Validate.NullOrNotBlank(nameof(User), User);
        Selection.Check();
        if (MyInvocation.ExpectingInput && IsBound(nameof(Id)))
        {
            throw Validate.Excluding(nameof(Id), nameof(InputObject));
        }
    }

    private protected override void ProcessInput()
    {
        if (InputObject is not null)
        {
            foreach (var input in InputObject)
            {
                ProcessObject(input);
            }

            return;
        }

        RunForEach([.. Id, .. NamedIds], Validate.Id, isAgreed: _ => true, GetAsync);
        if (!IsList)
        {
            return;
        }

        WarnOfUnknownProviders(Selection.ProviderSlugs);
        Run(target: null, (output, cancellationToken) => ListAsync(Selection, output, cancellationToken));
    }

    // What was piped makes one list together, so that -First counts once and a global credential comes once.
    private protected override void End()
    {
        var isListPiped = pipedWorkspaces.Count + pipedProviders.Count + pipedApiKeys.Count + pipedUsers.Count > 0;
        if (!isListPiped || !IsList)
        {
            return;
        }

        ExcludeBoth(pipedWorkspaces, Selection.Workspaces != WorkspaceSelection.None, nameof(Workspace));
        ExcludeBoth(pipedProviders, Provider is not null, nameof(Provider));
        ExcludeBoth(pipedApiKeys, ApiKey is not null, nameof(ApiKey));
        ExcludeBoth(pipedUsers, User is not null, nameof(User));
        var selection = new KeySelection(
            pipedProviders.Count > 0 ? [.. pipedProviders] : Provider,
            pipedWorkspaces.Count > 0
                ? new WorkspaceSelection(null, [.. pipedWorkspaces], false)
                : Selection.Workspaces);
        Run(target: null, (output, cancellationToken) => ListAsync(selection, output, cancellationToken));
    }

    private static void ExcludeBoth(ICollection piped, bool isSpecified, string parameter)
    {
        if (piped.Count > 0 && isSpecified)
        {
            throw Validate.Excluding(parameter, nameof(InputObject));
        }
    }

    private void ProcessObject(PSObject input)
    {
        switch (input.BaseObject)
        {
            case OpenRouterWorkspace workspace:
                pipedWorkspaces.Add(workspace.Id);
                break;
            case OpenRouterProvider provider:
                pipedProviders.Add(provider.Slug);
                break;
            case OpenRouterApiKey apiKey:
                pipedApiKeys.Add(apiKey);
                break;
            case OpenRouterMember member:
                pipedUsers.Add(member.Id);
                break;
            default:
                var id = KeyIdArgumentAttribute.Instance.Read(input);
                RunForEach([id], Validate.Id, isAgreed: _ => true, GetAsync);
                break;
        }
    }

    private async Task GetAsync(string id, PipelineOperation output, CancellationToken cancellationToken)
    {
        var key = await Client.GetByokKeyAsync(id, output, cancellationToken).ConfigureAwait(false);
        CurrentSession.Account.ByokKeys.Add(key);
        output.Write(key);
    }

    private async Task ListAsync(KeySelection selection, PipelineOperation output, CancellationToken cancellationToken)
    {
        var paging = PagingParameters;
        var filter = await FilterAsync(selection, output, cancellationToken).ConfigureAwait(false);
        var search = new ByokKeySearch(Client, output)
        {
            WorkspaceIds = selection.Workspaces == WorkspaceSelection.None
                ? WorkspacesOf(filter)
                : await selection.Workspaces
                    .ResolveAsync(CurrentSession.WorkspaceId, Names, output, cancellationToken).ConfigureAwait(false),
            Providers = selection.ProvidersToAsk,
            Filter = filter.IsEmpty ? null : filter.Matches,
            Skip = (long)Math.Min(paging.Skip, long.MaxValue),
            First = (long)Math.Min(paging.First, long.MaxValue),
            Throttle = ThrottleLimit,
        };

        var listing = CurrentSession.Account.ByokKeys.BeginListUpdate(search.WorkspaceIds);
        var isCountWanted = paging.IncludeTotalCount;
        var pages = !isCountWanted ? search.ReadAsync(cancellationToken) : search.CountAndReadAsync(cancellationToken);
        long? total = null;
        await foreach (var page in pages.ConfigureAwait(false))
        {
            total ??= page.TotalCount;
            if (isCountWanted)
            {
                output.Write(paging.NewTotalCount((ulong)(total ?? 0), total is null ? 0 : 1));
            }

            isCountWanted = false;
            listing.Add(page.Items);
            output.Expect(total is { } all ? Math.Max(0, Math.Min(search.First, all - search.Skip)) : null);
            await output.WriteAsync(page.Items, cancellationToken).ConfigureAwait(false);
        }

        if (IsWhole(search))
        {
            listing.Complete();
        }
    }

    private static bool IsWhole(ByokKeySearch search) => search.Providers is [null]
        && search is { Filter: null, Skip: 0, First: long.MaxValue };

    private async Task<ByokKeyFilter> FilterAsync(
        KeySelection selection, PipelineOperation output, CancellationToken cancellationToken)
    {
        var apiKeys = ApiKey is null
            ? pipedApiKeys
            : [await Names.ApiKeyAsync(ApiKey, output, cancellationToken).ConfigureAwait(false)];
        var users = User is null
            ? pipedUsers
            : [await Names.UserIdAsync(User, output, cancellationToken).ConfigureAwait(false)];
        return new ByokKeyFilter
        {
            Names = TextPatterns.Of(Name),
            Providers = selection.ProviderPatterns,
            State = State,
            Requests = Model is null && apiKeys.Count == 0 && users.Count == 0 ? null : RequestsOf(apiKeys, users),
        };
    }

    // Only credentials of its own workspace, and global ones, serve an API key; so the workspace must be known.
    private RequestFilter[] RequestsOf(List<OpenRouterApiKey> apiKeys, List<string> users) =>
    [
        .. from apiKey in apiKeys.DefaultIfEmpty()
           from user in users.DefaultIfEmpty()
           select new RequestFilter
           {
               Model = Model,
               ApiKeyHash = apiKey?.Hash,
               WorkspaceId = apiKey?.WorkspaceId,
               UserId = user,
           },
    ];

    private string?[] WorkspacesOf(ByokKeyFilter filter) =>
        [.. (filter.Requests ?? [default]).Select(one => one.WorkspaceId ?? CurrentSession.WorkspaceId).Distinct()];
}
