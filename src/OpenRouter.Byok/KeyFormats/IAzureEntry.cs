namespace OpenRouter.Byok.KeyFormats;

/// <summary>An entry of the array that a key for azure is.</summary>
internal interface IAzureEntry
{
    /// <summary>Writes the fields of the entry.</summary>
    void Write(KeyJson json);
}
