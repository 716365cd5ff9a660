using System;

namespace OpenRouter.Byok;

/// <summary>A setting that is one text.</summary>
internal sealed class TextSetting(string jsonName, string property, Func<ByokKey, string?> valueOf)
    : CredentialSetting<string?>(jsonName, property, parameter: property, valueOf)
{
    /// <summary>
    /// Whether people make the text up: it is sent as typed and shown in quotes. Other text is a word of the API.
    /// </summary>
    public bool IsFreeText { get; init; }
}
