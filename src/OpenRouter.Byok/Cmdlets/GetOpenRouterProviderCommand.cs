using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Completion;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Gets the providers that OpenRouter can send requests to.</summary>
/// <remarks>
/// <para>
/// Credentials and requests use the slug of a provider. A provider may accept credentials under additional slugs that
/// are not in this list, such as anthropic/2 for a second type of account.
/// </para>
/// <para>Providers are listed in the order of the API.</para>
/// </remarks>
/// <example>
/// <summary>Find a slug</summary>
/// <code>Get-OpenRouterProvider *google*</code>
/// <para>Wildcards are permitted, and matching is not case-sensitive.</para>
/// </example>
/// <example>
/// <summary>Find the providers with data centers in Germany</summary>
/// <code>Get-OpenRouterProvider | Where-Object Datacenters -Contains DE</code>
/// <para>Countries are two-letter codes as defined in ISO 3166-1.</para>
/// </example>
/// <example>
/// <summary>See the providers that you have credentials for</summary>
/// <code>Get-OpenRouterByokKey -AllWorkspaces | Get-OpenRouterProvider</code>
/// <para>Each provider is output once.</para>
/// </example>
/// <seealso cref="GetOpenRouterModelCommand"/>
/// <seealso cref="GetOpenRouterByokKeyCommand"/>
/// <seealso href="https://openrouter.ai/docs/api-reference/providers">The providers API</seealso>
[Cmdlet(
    VerbsCommon.Get, "OpenRouterProvider",
    HelpUri = HelpPages.Address + "Get-OpenRouterProvider.md")]
[OutputType(typeof(OpenRouterProvider))]
public sealed class GetOpenRouterProviderCommand : SessionCommand
{
    private readonly HashSet<string> asked = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The slugs of the providers to get, such as openai. Wildcards are permitted. Credentials from the pipeline select
    /// their providers.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [LookupArgument(nameof(OpenRouterProvider.Slug), nameof(ByokKey.Provider))]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[]? Slug { get; set; }

    private protected override void ProcessInput()
    {
        // What has no entry of its own, such as anthropic/2, is of the provider before the slash.
        var slugs = Slug?.SelectMany(slug => new[] { slug, slug.Split('/')[0] }).Where(asked.Add).ToArray();
        if (slugs is [])
        {
            return;
        }

        List(
            slugs,
            (output, stop) => CurrentSession.Account.Providers.GetAsync(Began, output, stop),
            provider => [provider.Slug]);
    }
}
