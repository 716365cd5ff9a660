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

/// <summary>Gets the models that OpenRouter offers, with their limits and prices.</summary>
/// <remarks>
/// <para>
/// Requests and the allow lists of credentials use the id of a model. The table shows prices in USD per million tokens.
/// The properties contain prices in USD per token, as in the API.
/// </para>
/// <para>Models are listed in the order of the API.</para>
/// </remarks>
/// <example>
/// <summary>Find models by id or name</summary>
/// <code>
/// Get-OpenRouterModel openai/gpt-5*
/// Get-OpenRouterModel gpt-5*, *claude*
/// </code>
/// <para>
/// Wildcards are permitted, and matching is not case-sensitive. A value without a slash also matches the part of the id
/// after the slash, and the display name.
/// </para>
/// </example>
/// <example>
/// <summary>Find the cheapest models of a provider</summary>
/// <code>
/// Get-OpenRouterModel -Provider azure |
///     Sort-Object CompletionPrice |
///     Select-Object -First 3
/// </code>
/// <para>-Provider accepts slugs. The output contains the models that at least one of the providers hosts.</para>
/// </example>
/// <example>
/// <summary>Restrict a credential to the models of one family</summary>
/// <code>
/// $models = Get-OpenRouterModel anthropic/claude-sonnet-*
/// Set-OpenRouterByokKey 'Claude only' -AllowedModel $models
/// </code>
/// <para>
/// A model object is accepted in place of its id. If the lookup finds nothing, an error occurs and nothing is changed.
/// </para>
/// </example>
/// <seealso cref="GetOpenRouterProviderCommand"/>
/// <seealso cref="SetOpenRouterByokKeyCommand"/>
/// <seealso href="https://openrouter.ai/docs/api-reference/models">The models API</seealso>
[Cmdlet(
    VerbsCommon.Get, "OpenRouterModel",
    HelpUri = HelpPages.Address + "Get-OpenRouterModel.md")]
[OutputType(typeof(OpenRouterModel))]
public sealed class GetOpenRouterModelCommand : SessionCommand
{
    /// <summary>
    /// The ids of the models to get, such as openai/gpt-4o. A value without a slash also matches the part of the id
    /// after the slash, such as gpt-4o, and the display name. Wildcards are permitted.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [LookupArgument(nameof(OpenRouterModel.Id))]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[]? Id { get; set; }

    /// <summary>The slugs of the providers that host the models, such as azure. Wildcards are permitted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ReferenceArgument(typeof(OpenRouterProvider), nameof(OpenRouterProvider.Slug), IsSlug = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[]? Provider { get; set; }

    private protected override void Begin()
    {
        foreach (var provider in Provider ?? [])
        {
            Validate.NotBlank(nameof(Provider), provider);
        }

        // A malformed one is to be found before anything is asked.
        TextPatterns.Of(Provider);
    }

    private protected override void ProcessInput() => List(Id, ModelsAsync, NamesOf);

    // A slash says that the id is meant.
    private static IEnumerable<string?> NamesOf(OpenRouterModel model, string pattern) => pattern.Contains('/')
        ? [model.Id]
        : [model.Id, model.Id.Substring(model.Id.IndexOf('/') + 1), model.Name];

    private async Task<IReadOnlyList<OpenRouterModel>> ModelsAsync(
        PipelineOperation output, CancellationToken cancellationToken)
    {
        if (Provider is null)
        {
            return await CurrentSession.Account.Models.GetAsync(Began, output, cancellationToken).ConfigureAwait(false);
        }

        // The API filters by the names of providers, while everything else calls them by slug.
        var names = new HashSet<string>();
        foreach (var slug in Provider)
        {
            names.UnionWith(await ProviderNamesAsync(slug, output, cancellationToken).ConfigureAwait(false));
        }

        return names.Count == 0
            ? []
            : await Client.Lookups.ListModelsAsync(names, output, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IEnumerable<string>> ProviderNamesAsync(
        string slug, PipelineOperation output, CancellationToken cancellationToken)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(slug))
        {
            return [(await Names.ProviderAsync(slug, output, cancellationToken).ConfigureAwait(false)).Name];
        }

        var slugs = TextPatterns.Of([slug])!;
        var all = await CurrentSession.Account.Providers
            .GetAsync(Began, output, cancellationToken).ConfigureAwait(false);
        return from provider in all where slugs.Match(provider.Slug) select provider.Name;
    }
}
