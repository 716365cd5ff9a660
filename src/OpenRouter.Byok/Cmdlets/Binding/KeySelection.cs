using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Where credentials are looked for: the providers, which may have wildcards, and the workspaces.</summary>
internal sealed record KeySelection(string[]? Providers, WorkspaceSelection Workspaces)
{
    private static readonly string?[] AnyProvider = [null];

    /// <summary>Whether nothing narrows or widens what the session looks in by default.</summary>
    public bool IsDefault => Providers is null && Workspaces is { Names: null, Ids: null, All: false };

    /// <summary>The providers without wildcards.</summary>
    public IEnumerable<string> ProviderSlugs =>
        (Providers ?? []).Where(provider => !WildcardPattern.ContainsWildcardCharacters(provider));

    /// <summary>What the API cannot filter by: providers with wildcards.</summary>
    public TextPatterns? ProviderPatterns => HasPatterns ? TextPatterns.Of(Providers) : null;

    private bool HasPatterns => Providers?.Any(WildcardPattern.ContainsWildcardCharacters) ?? false;

    /// <exception cref="OpenRouterException">A value is blank, or two exclude each other.</exception>
    public void Check()
    {
        foreach (var provider in Providers ?? [])
        {
            Validate.NotBlank("Provider", provider);
        }

        TextPatterns.Of(Providers);
        Workspaces.Check();
    }

    /// <summary>The providers to ask the API for; a null stands for all.</summary>
    public IReadOnlyList<string?> ProvidersToAsk =>
        HasPatterns || Providers is null ? AnyProvider : [.. Providers.Distinct()];
}
