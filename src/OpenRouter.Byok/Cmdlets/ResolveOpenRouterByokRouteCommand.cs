using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Cmdlets.Pipeline;
using OpenRouter.Byok.Completion;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Tells which credentials a request would try, in which order, and why.</summary>
/// <remarks>
/// <para>
/// The route follows from OpenRouter's published rules; no request is sent to a model. For a provider, the prioritized
/// credentials that apply are tried in ascending sort order, then OpenRouter's shared capacity, which spends credits,
/// then the fallback credentials that apply. Shared capacity is not tried when a credential that applies is required,
/// or when any enabled credential of the provider is BYOK-only. A credential applies when it is enabled and each of its
/// allow lists is not set, or names the model, the API key or the member.
/// </para>
/// <para>
/// Without -Provider the route goes over all providers that the account has credentials for: own credentials come
/// before the shared capacity of any provider. Which provider is the first among them depends on price and load and
/// cannot be foretold; they are listed by name, or in the order of -Provider.
/// </para>
/// <para>
/// Nothing is assumed of what is not told. Without -ApiKey a credential that is restricted to API keys is left out,
/// and with -IncludeExcluded it says so. Data policies are not looked at: a request that demands zero data retention or
/// goes to a regional address may find fewer credentials.
/// </para>
/// <para>
/// With credentials from the pipeline nothing is asked of OpenRouter, so a list that is only planned has its route too.
/// Then it is not known which providers serve the model; say it with -Provider. Only names of API keys, members and
/// workspaces are looked up, not their ids.
/// </para>
/// </remarks>
/// <example>
/// <summary>See which credentials serve a model</summary>
/// <code>Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai</code>
/// <para>The steps in the order in which they are tried.</para>
/// </example>
/// <example>
/// <summary>Find out why a credential is not used</summary>
/// <code>
/// $request = @{ Model = 'openai/gpt-5'; ApiKey = 'Assistant' }
/// Resolve-OpenRouterByokRoute @request -IncludeExcluded |
///     Where-Object Name -eq 'Old laptop'
/// </code>
/// <para>What is out has no step number; its reason says why.</para>
/// </example>
/// <example>
/// <summary>Judge a removal before it is made</summary>
/// <code>
/// Get-OpenRouterByokKey | Where-Object Name -ne 'Team account' |
///     Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai
/// </code>
/// <para>The route as it would be without that credential. Nothing is changed.</para>
/// </example>
/// <example>
/// <summary>Judge a new credential before it is created</summary>
/// <code>
/// $new = @{ Provider = 'openai'; Name = 'Spare'; Fallback = $true }
/// @(Get-OpenRouterByokKey) + $new |
///     Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai
/// </code>
/// <para>The new one is the last of its section, as OpenRouter would place it.</para>
/// </example>
/// <example>
/// <summary>Check in a script that nothing spends credits</summary>
/// <code>
/// Resolve-OpenRouterByokRoute anthropic/claude-opus-4.5 -Provider anthropic |
///     Where-Object Kind -eq Shared
/// </code>
/// <para>No output means that the request is never served by shared capacity.</para>
/// </example>
/// <seealso cref="GetOpenRouterByokKeyCommand"/>
/// <seealso cref="InvokeOpenRouterByokAuditCommand"/>
/// <seealso href="https://openrouter.ai/docs/guides/overview/auth/byok">How OpenRouter uses provider keys</seealso>
[Cmdlet(VerbsDiagnostic.Resolve, "OpenRouterByokRoute")]
[OutputType(typeof(ByokRouteStep))]
public sealed class ResolveOpenRouterByokRouteCommand : CredentialInputCommand
{
    private static readonly string?[] AnyProvider = [null];

    /// <summary>
    /// The model that is asked for, such as openai/gpt-5, in upper or lower case.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ReferenceArgument(typeof(OpenRouterModel), nameof(OpenRouterModel.Id))]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string Model { get; set; } = "";

    /// <summary>
    /// The providers that the request may go to, by slug. Without it these are all that serve the model.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ReferenceArgument(typeof(OpenRouterProvider), nameof(OpenRouterProvider.Slug), IsSlug = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[]? Provider { get; set; }

    /// <summary>
    /// The OpenRouter API key that the request comes with, given by name, hash or as an object of Get-OpenRouterApiKey.
    /// Unless another workspace is asked for, the request runs in the one of the API key.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [Alias("ApiKeyHash")]
    [ReferenceArgument(typeof(OpenRouterApiKey), nameof(OpenRouterApiKey.Hash))]
    [ArgumentCompleter(typeof(ApiKeyCompleter))]
    public string? ApiKey { get; set; }

    /// <summary>
    /// The member that the request counts for, given by e-mail address, id or as an object of Get-OpenRouterMember.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [Alias("UserId")]
    [ReferenceArgument(typeof(OpenRouterMember), nameof(OpenRouterMember.Id))]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string? User { get; set; }

    /// <summary>
    /// The workspace that the request runs in, given by name, slug, id or as an object of Get-OpenRouterWorkspace, in
    /// place of the session's or the account's default one.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [Alias("WorkspaceId")]
    [ReferenceArgument(typeof(OpenRouterWorkspace), nameof(OpenRouterWorkspace.Id))]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string? Workspace { get; set; }

    /// <summary>
    /// Outputs also what is out, each with the reason: removed shared capacity and credentials that do not apply.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeExcluded { get; set; }

    private protected override void Begin()
    {
        Validate.NotBlank(nameof(Model), Model);
        foreach (var provider in Provider ?? []) Validate.NotBlank(nameof(Provider), provider);
        Validate.NullOrNotBlank(nameof(ApiKey), ApiKey);
        Validate.NullOrNotBlank(nameof(User), User);
        Validate.NullOrNotBlank(nameof(Workspace), Workspace);
    }

    private protected override void End()
    {
        if (AreGiven)
        {
            Plan();
            return;
        }

        WarnOfUnknownProviders(Provider ?? []);
        Run(Model, ReadAndPlanAsync);
    }

    // Nothing is asked, unless somebody has to be looked up by name.
    private void Plan()
    {
        var request = new RouteRequest(Model)
        {
            Providers = Provider,
            ApiKeyHash = ApiKey,
            UserId = User,
            WorkspaceId = Workspace,
        };
        if (!AreIds)
        {
            UseSession();
            request = RunNow(RequestAsync);
        }

        var workspaces = GivenKeys.Select(key => key.WorkspaceId).Where(id => id is not null)
            .Distinct(EligibilityRules.WorkspaceIds).Count();
        if (workspaces > 1 && request.WorkspaceId is null)
        {
            throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.SeveralWorkspaces, workspaces);
        }

        WarnOfProvidersNotGiven();
        foreach (var step in Words(RoutePlanner.Plan(GivenKeys, request), request)) WriteObject(step);
    }

    // A slip shows without asking: the provider is none of the module's list and of no credential that was given.
    private void WarnOfProvidersNotGiven()
    {
        var given = GivenKeys.Select(key => key.Provider).ToList();
        foreach (var slug in (Provider ?? []).Except(KnownProviders.Slugs.Concat(given), EligibilityRules.Providers))
        {
            WriteWarning(KnownProviders.Warning(slug, given));
        }
    }

    private async Task ReadAndPlanAsync(PipelineOperation output, CancellationToken cancellationToken)
    {
        var request = await RequestAsync(output, cancellationToken).ConfigureAwait(false);
        var search = new ByokKeySearch(Client, output)
        {
            WorkspaceIds = [request.WorkspaceId ?? CurrentSession.WorkspaceId],
            Providers = Provider?.Distinct(EligibilityRules.Providers).ToArray() ?? AnyProvider,
        };
        var keys = new List<ByokKey>();
        await foreach (var page in search.ReadAsync(cancellationToken).ConfigureAwait(false)) keys.AddRange(page.Items);
        CurrentSession.Account.ByokKeys.Add(keys);

        // Who asked for a provider says by this that it serves the model.
        if (Provider is null)
        {
            request = await WithHostsAsync(request, keys, output, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await WarnOfUnknownModelAsync(output, cancellationToken).ConfigureAwait(false);
        }

        await output.WriteAsync([.. Words(RoutePlanner.Plan(keys, request), request)], cancellationToken)
            .ConfigureAwait(false);
    }

    private bool AreIds => (ApiKey is null || NameResolver.IsApiKeyHash(ApiKey))
        && (User is null || NameResolver.IsUserId(User))
        && (Workspace is null || NameResolver.IsWorkspaceId(Workspace));

    private async Task<RouteRequest> RequestAsync(PipelineOperation output, CancellationToken cancellationToken)
    {
        var workspaceId = Workspace is null ? null
            : await Names.WorkspaceIdAsync(Workspace, output, cancellationToken).ConfigureAwait(false);
        var apiKey = ApiKey is null ? null
            : await Names.ApiKeyAsync(ApiKey, output, cancellationToken).ConfigureAwait(false);
        var userId = User is null ? null
            : await Names.UserIdAsync(User, output, cancellationToken).ConfigureAwait(false);
        return new RouteRequest(Model)
        {
            Providers = Provider,
            ApiKeyHash = apiKey?.Hash,
            UserId = userId,
            WorkspaceId = workspaceId ?? apiKey?.WorkspaceId,
        };
    }

    // Without this the route is as good as one of a list that is only planned, so a failure does not end it.
    private async Task<RouteRequest> WithHostsAsync(
        RouteRequest request, List<ByokKey> keys, PipelineOperation output, CancellationToken cancellationToken)
    {
        try
        {
            var serves = new Dictionary<string, bool>(EligibilityRules.Providers);
            foreach (var provider in keys.Select(key => key.Provider).Distinct(EligibilityRules.Providers))
            {
                var models = await CurrentSession.Account
                    .GetModelsAsync(provider, Began, output, cancellationToken).ConfigureAwait(false);
                // A provider that OpenRouter lists no models for may serve any.
                if (models.Count > 0) serves[provider] = ModelSlug.IsIn(ModelSlug.SetOf(models))(Model);
            }

            if (serves.ContainsValue(true) || await IsListedAsync(output, cancellationToken).ConfigureAwait(false))
            {
                return request with { Serves = serves };
            }

            output.Warn(Messages.Format(Messages.ModelNotListed, Model));
        }
        catch (OpenRouterException failure) when (!failure.EndsCommand)
        {
            output.Warn(Messages.Format(Messages.ServesUnknown, failure.Message));
        }

        return request;
    }

    private async Task WarnOfUnknownModelAsync(PipelineOperation output, CancellationToken cancellationToken)
    {
        try
        {
            if (await IsListedAsync(output, cancellationToken).ConfigureAwait(false)) return;
            output.Warn(Messages.Format(Messages.ModelUnknown, Model));
        }
        catch (OpenRouterException failure) when (!failure.EndsCommand)
        {
            output.Verbose(failure.Message);
        }
    }

    private async Task<bool> IsListedAsync(PipelineOperation output, CancellationToken cancellationToken)
    {
        var models = await CurrentSession.Account.Models.GetAsync(Began, output, cancellationToken).ConfigureAwait(false);
        return ModelSlug.IsIn(ModelSlug.SetOf(models))(Model);
    }

    private IEnumerable<ByokRouteStep> Words(Route route, RouteRequest request) => IncludeExcluded
        ? RouteText.Steps(route, request).Concat(RouteText.Excluded(route, request))
        : RouteText.Steps(route, request);
}
