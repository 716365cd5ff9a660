using System;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Api;

/// <summary>The form that the ids of credentials and workspaces have. Nothing else is put into an address.</summary>
internal static class Uuid
{
    /// <summary>The UUID as the API writes it; null when the text is none.</summary>
    public static string? Normalize(string text) =>
        Guid.TryParseExact(text.Trim(), "D", out var uuid) ? uuid.ToString("D") : null;

    /// <summary>The UUID as the API writes it, for a path.</summary>
    /// <exception cref="OpenRouterException">The text is none. It is not repeated.</exception>
    public static string Require(string text) =>
        Normalize(text) ?? throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.IdNotUuid);
}
