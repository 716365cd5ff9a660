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

/// <summary>Shows which credentials a request would try, in which order, and why.</summary>
/// <remarks>
/// <para>
/// The cmdlet derives the route from OpenRouter's published rules and does not send a request to a model. For a
/// provider, OpenRouter first tries the applicable prioritized credentials in ascending sort order, then its shared
/// capacity, which spends credits, and then the applicable fallback credentials. Shared capacity is not tried if an
/// applicable credential is required, or if any enabled credential of the provider is BYOK-only. A credential is
/// applicable if it is enabled and each of its allow lists is not set or contains the model, the API key, or the
/// member.
/// </para>
/// <para>
/// Without -Provider, the route covers all providers that the account has credentials for, and your own credentials
/// come before the shared capacity of any provider. The order of the providers depends on price and load and cannot be
/// predicted. The cmdlet lists them by name, or in the order of -Provider.
/// </para>
/// <para>
/// The cmdlet does not make assumptions about unspecified values. For example, without -ApiKey, a credential that is
/// restricted to API keys is excluded, and -IncludeExcluded shows the reason. Data policies are not evaluated: a
/// request that requires zero data retention or is sent to a regional address may have fewer credentials available.
/// </para>
/// <para>
/// If you pipe credentials to the cmdlet, it does not get data from OpenRouter, so you can also resolve routes for
/// planned credentials. In this case, the providers that serve the model are not known; specify them with -Provider.
/// Only names of API keys, members, and workspaces are looked up, not their ids.
/// </para>
/// </remarks>
/// <example>
/// <summary>See which credentials serve a model</summary>
/// <code>Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai</code>
/// <para>The steps are listed in the order in which they are tried.</para>
/// </example>
/// <example>
/// <summary>Find out why a credential is not used</summary>
/// <code>
/// $request = @{ Model = 'openai/gpt-5'; ApiKey = 'Assistant' }
/// Resolve-OpenRouterByokRoute @request -IncludeExcluded |
///     Where-Object Name -eq 'Old laptop'
/// </code>
/// <para>An excluded credential has no step number. Its reason says why it is excluded.</para>
/// </example>
/// <example>
/// <summary>Check the effect of a removal</summary>
/// <code>
/// Get-OpenRouterByokKey | Where-Object Name -ne 'Team account' |
///     Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai
/// </code>
/// <para>The output is the route without that credential. Nothing is changed.</para>
/// </example>
/// <example>
/// <summary>Check the effect of a new credential</summary>
/// <code>
/// $new = @{ Provider = 'openai'; Name = 'Spare'; Fallback = $true }
/// @(Get-OpenRouterByokKey) + $new |
///     Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai
/// </code>
/// <para>The new credential is the last of its section, where OpenRouter would place it.</para>
/// </example>
/// <example>
/// <summary>Check in a script that no request spends credits</summary>
/// <code>
/// Resolve-OpenRouterByokRoute anthropic/claude-opus-4.5 -Provider anthropic |
///     Where-Object Kind -eq Shared
/// </code>
/// <para>No output means that the request is never served by shared capacity.</para>
/// </example>
/// <seealso cref="GetOpenRouterByokKeyCommand"/>
/// <seealso cref="InvokeOpenRouterByokAuditCommand"/>
/// <seealso href="https://openrouter.ai/docs/guides/overview/auth/byok">How OpenRouter uses provider keys</seealso>
[Cmdlet(
    VerbsDiagnostic.Resolve, "OpenRouterByokRoute",
    HelpUri = HelpPages.Address + "Resolve-OpenRouterByokRoute.md")]
[OutputType(typeof(ByokRouteStep))]
public sealed class ResolveOpenRouterByokRouteCommand : CredentialInputCommand
{
    private static readonly string?[] AnyProvider = [null];

    /// <summary>
    /// The model that is requested, such as openai/gpt-5. It is not case-sensitive.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ReferenceArgument(typeof(OpenRouterModel), nameof(OpenRouterModel.Id))]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string Model { get; set; } = "";

    /// <summary>
    /// The slugs of the providers that the request can use. By default, these are all providers that serve the model.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ReferenceArgument(typeof(OpenRouterProvider), nameof(OpenRouterProvider.Slug), IsSlug = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[]? Provider { get; set; }

    /// <summary>
    /// The OpenRouter API key that sends the request. Specify a name, a hash, or an object from Get-OpenRouterApiKey.
    /// Unless you specify another workspace, the request runs in the workspace of the API key.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [Alias("ApiKeyHash")]
    [ReferenceArgument(typeof(OpenRouterApiKey), nameof(OpenRouterApiKey.Hash))]
    [ArgumentCompleter(typeof(ApiKeyCompleter))]
    public string? ApiKey { get; set; }

    /// <summary>
    /// The member for whom the request is sent. Specify an email address, an id, or an object from
    /// Get-OpenRouterMember.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [Alias("UserId")]
    [ReferenceArgument(typeof(OpenRouterMember), nameof(OpenRouterMember.Id))]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string? User { get; set; }

    /// <summary>
    /// The workspace that the request runs in, instead of the default workspace of the session or the account. Specify
    /// a name, a slug, an id, or an object from Get-OpenRouterWorkspace.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [Alias("WorkspaceId")]
    [ReferenceArgument(typeof(OpenRouterWorkspace), nameof(OpenRouterWorkspace.Id))]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string? Workspace { get; set; }

    /// <summary>
    /// Also outputs what is excluded and the reason: removed shared capacity and credentials that do not apply.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeExcluded { get; set; }

    private protected override void Begin()
    {
        Validate.NotBlank(nameof(Model), Model);
        foreach (var provider in Provider ?? [])
        {
            Validate.NotBlank(nameof(Provider), provider);
        }

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
        foreach (var step in Words(RoutePlanner.Plan(GivenKeys, request), request))
        {
            WriteObject(step);
        }
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
        await foreach (var page in search.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            keys.AddRange(page.Items);
        }

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
                if (models.Count > 0)
                {
                    serves[provider] = ModelSlug.IsIn(ModelSlug.SetOf(models))(Model);
                }
            }

            if (serves.ContainsValue(true) || await IsListedAsync(output, cancellationToken).ConfigureAwait(false))
            {
                return request with { Serves = serves };
            }

            output.Warning(Messages.Format(Messages.ModelNotListed, Model));
        }
        catch (OpenRouterException failure) when (!failure.EndsCommand)
        {
            output.Warning(Messages.Format(Messages.ServesUnknown, failure.Message));
        }

        return request;
    }

    private async Task WarnOfUnknownModelAsync(PipelineOperation output, CancellationToken cancellationToken)
    {
        try
        {
            if (await IsListedAsync(output, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            output.Warning(Messages.Format(Messages.ModelUnknown, Model));
        }
        catch (OpenRouterException failure) when (!failure.EndsCommand)
        {
            output.Verbose(failure.Message);
        }
    }

    private async Task<bool> IsListedAsync(PipelineOperation output, CancellationToken cancellationToken)
    {
        var models = await CurrentSession.Account.Models
            .GetAsync(Began, output, cancellationToken).ConfigureAwait(false);
        return ModelSlug.IsIn(ModelSlug.SetOf(models))(Model);
    }

    private IEnumerable<ByokRouteStep> Words(Route route, RouteRequest request) => IncludeExcluded
        ? RouteText.Steps(route, request).Concat(RouteText.Excluded(route, request))
        : RouteText.Steps(route, request);
}
