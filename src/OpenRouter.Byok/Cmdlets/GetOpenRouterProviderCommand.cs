using System.Management.Automation;
using OpenRouter.Byok.Completion;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Gets the providers that OpenRouter can send requests to.</summary>
/// <remarks>
/// <para>
/// The slug of a provider is what credentials and requests call it. A provider may take credentials under further slugs
/// that are not in this list, such as anthropic/2 for a second kind of account.
/// </para>
/// <para>Providers come in the order in which the API lists them.</para>
/// </remarks>
/// <example>
/// <summary>Find a slug</summary>
/// <code>Get-OpenRouterProvider *google*</code>
/// <para>Wildcards are allowed, and the case does not matter.</para>
/// </example>
/// <example>
/// <summary>Find the providers with data centres in Germany</summary>
/// <code>Get-OpenRouterProvider | Where-Object Datacenters -Contains DE</code>
/// <para>Countries are two letters by ISO 3166-1.</para>
/// </example>
/// <seealso cref="GetOpenRouterModelCommand"/>
/// <seealso cref="GetOpenRouterByokKeyCommand"/>
/// <seealso href="https://openrouter.ai/docs/api-reference/providers">The providers API</seealso>
[Cmdlet(VerbsCommon.Get, "OpenRouterProvider")]
[OutputType(typeof(OpenRouterProvider))]
public sealed class GetOpenRouterProviderCommand : SessionCommand
{
    /// <summary>The slugs to look for, such as openai; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[]? Slug { get; set; }

    private protected override void ProcessInput() => List(
        Slug,
        (output, stop) => CurrentSession.Directory.ProvidersAsync(Began, output, stop),
        provider => [provider.Slug]);
}
