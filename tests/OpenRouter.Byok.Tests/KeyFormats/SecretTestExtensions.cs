using System.Net;
using System.Security;

namespace OpenRouter.Byok.Tests.KeyFormats;

internal static class SecretTestExtensions
{
    public static string Reveal(this SecureString secret) => new NetworkCredential("", secret).Password;
}
