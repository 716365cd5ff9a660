using System.IO;
using System.Text.Json.Nodes;
using Xunit;

namespace OpenRouter.Byok.Tests.KeyFormats;

/// <summary>The file of a service account, as Google Cloud writes it.</summary>
internal static class ServiceAccountSample
{
    /// <summary>Stands where a real file has a private key.</summary>
    public const string PrivateKey = "-----BEGIN NO KEY-----\nAbC+/=\n-----END NO KEY-----\n";

    public static JsonObject Fields => new()
    {
        ["type"] = "service_account",
        ["project_id"] = "contoso",
        ["private_key_id"] = "0123456789abcdef",
        ["private_key"] = PrivateKey,
        ["client_email"] = "byok@contoso.iam.gserviceaccount.com",
        ["universe_domain"] = "googleapis.com",
    };

    /// <summary>Writes a file of its own for the test that runs, and returns its path.</summary>
    public static string Write(string content)
    {
        var file = Path.Combine(Folder(TestContext.Current.Test!.UniqueID), "account [1].json");
        File.WriteAllText(file, content);
        return file;
    }

    /// <summary>A folder beside the tests, which the next run uses again.</summary>
    public static string Folder(string name) => Directory.CreateDirectory(
        Path.Combine(System.AppContext.BaseDirectory, "files", name)).FullName;
}
