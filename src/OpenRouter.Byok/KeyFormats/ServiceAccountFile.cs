using OpenRouter.Byok.Api.Secrets;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.KeyFormats;

/// <summary>Reads the file of a service account into a buffer that is wiped.</summary>
internal static class ServiceAccountFile
{
    // Such a file has about 2,400 bytes.
    private const int MaximumLength = SecretBuffer.MaximumSecretLength;

    /// <exception cref="OpenRouterException">
    /// The file cannot be read. The error does not repeat the path: the JSON itself may have been given for it.
    /// </exception>
    public static SecretBuffer Read(string path) => SecretFile.Read(path, MaximumLength, static fault => new(
        ErrorReason.InvalidArgument,
        fault switch
        {
            SecretFileFault.Missing => Messages.FileNotFound,
            SecretFileFault.TooLong => Messages.Format(Messages.NotAServiceAccount, Messages.FaultTooLong),
            _ => Messages.FileUnreadable,
        })
    {
        Advice = Messages.AdviceServiceAccount,
    });
}
