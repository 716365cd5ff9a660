using System.Collections.Generic;
using System.Globalization;
using OpenRouter.Byok.Api.Secrets;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Takes hashes of API keys, and objects that have one.</summary>
internal sealed class HashArgumentAttribute : IdArgumentAttribute
{
    protected override IReadOnlyList<string> Properties { get; } = ["Hash"];

    protected override string? IdOf(string text) =>
        text.Trim().ToLower(CultureInfo.InvariantCulture) is var hash && KeyHash.IsHash(hash) ? hash : null;

    protected override string? PropertyOf(string moduleType) =>
        moduleType == nameof(OpenRouterApiKey) ? nameof(OpenRouterApiKey.Hash) : null;
}
