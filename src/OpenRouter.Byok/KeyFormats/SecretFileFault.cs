namespace OpenRouter.Byok.KeyFormats;

/// <summary>Why the file of a secret cannot be read.</summary>
internal enum SecretFileFault
{
    Unreadable,
    Missing,
    Folder,
    TooLong,
}
