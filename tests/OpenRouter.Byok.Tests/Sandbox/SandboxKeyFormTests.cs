using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Sandbox;

/// <summary>Keys in the form that their provider requires, and keys in another one.</summary>
public sealed class SandboxKeyFormTests
{
    private const string AzureEntry = """{"api_key":"0123456789","resource_name":"contoso"}""";
    private const string Deployment =
        """{"api_key":"01234-END","model_slug":"openai/gpt-5","endpoint_url":"https://x","model_id":"gpt"}""";
    private const string Pair = """{"accessKeyId":"AKIA-ID","secretAccessKey":"0123-SECRET","region":"eu-west-1"}""";
    private const string Account = """
        {
          "type": "service_account",
          "private_key_id": "0123-ID",
          "private_key": "-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----\n",
          "client_email": "byok@example.iam.gserviceaccount.com",
          "region": "europe-west1"
        }
        """;

    /// <summary>A provider, a key, and the status that the provider answers with.</summary>
    public static TheoryData<string, string, int> Keys => new()
    {
        { "azure", $"[{AzureEntry}]", 200 },
        { "azure", $"[{AzureEntry},{Deployment}]", 200 },
        { "azure", $"[{AzureEntry},{Deployment.Replace("-END", "-forbidden")}]", 403 },
        { "azure", $"[{AzureEntry},{Deployment.Replace("-END", "-region-eu")}]", 401 },
        { "azure", AzureEntry, 401 },
        { "azure", "0123456789", 401 },
        { "azure", "[]", 401 },
        { "azure", "[[]]", 401 },
        { "azure", """["0123456789"]""", 401 },
        { "azure", """[{"api_key":"0123456789"}]""", 401 },
        { "azure", $"[{AzureEntry}", 401 },
        { "azure", $"[{Deployment.Replace("model_id", "id")}]", 401 },
        { "amazon-bedrock", Pair, 200 },
        { "amazon-bedrock", Pair.Replace("-SECRET", "-failing"), 500 },
        { "amazon-bedrock", Pair.Replace("-ID", "-outofquota"), 402 },
        { "amazon-bedrock", Pair.Replace("-SECRET", "-region-eu-west-1"), 200 },
        { "amazon-bedrock", Pair.Replace("-SECRET", "-region-us-east-1"), 401 },
        { "amazon-bedrock", """{"accessKeyId":"AKIA0","secretAccessKey":"0123456789"}""", 401 },
        { "amazon-bedrock", """{"accessKeyId":"AKIA0","secretAccessKey":"0123456789","region":""}""", 401 },
        { "amazon-bedrock", """{"secretAccessKey":"0123456789","region":"us-east-1"}""", 401 },
        { "amazon-bedrock", "bedrock-api-key-0123456789", 200 },
        { "amazon-bedrock", "bedrock-api-key-0123456789-region-us-east-1", 401 },
        { "google-vertex", Account, 200 },
        { "google-vertex", Account.Replace("-ID", "-ratelimited"), 429 },
        { "google-vertex", Account.Replace("-ID", "-region-europe-west1"), 200 },
        { "google-vertex", Account.Replace("-ID", "-region-us-central1"), 401 },
        { "google-vertex", Account.Replace("client_email", "email"), 401 },
        { "google-vertex", Account.Replace("private_key\"", "key\""), 401 },
        { "google-vertex", "0123456789", 401 },
        { "google-vertex", $"[{Account}]", 401 },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_key_is_stored_in_any_form_and_serves_in_its_own(string provider, string key, int status)
    {
        await using var caller = await SandboxCaller.StartAsync();
        caller.Server.Store.ReplaceCredentials([]);

        Assert.Equal(201, (int)(await caller.PostAsync(Body(provider, key))).Status);

        Assert.Equal(status, await StatusAsync(caller, provider));
    }

    [Fact]
    public async Task A_rotated_key_is_judged_by_the_form_of_its_provider()
    {
        await using var caller = await SandboxCaller.StartAsync();
        caller.Server.Store.ReplaceCredentials([]);
        var created = await caller.PostAsync(Body("azure", $"[{AzureEntry}]"));
        var id = (string)created.Data["id"]!;

        foreach (var (key, status) in new Dictionary<string, int> { [AzureEntry] = 401, [$"[{AzureEntry}]"] = 200 })
        {
            var rotation = new JsonObject { ["key"] = key };
            Assert.Equal(200, (int)(await caller.PatchAsync(id, rotation.ToJsonString())).Status);
            Assert.Equal(status, await StatusAsync(caller, "azure"));
        }
    }

    [Fact]
    public async Task A_slow_key_serves_after_a_while()
    {
        await using var caller = await SandboxCaller.StartAsync();

        var created = await caller.PostAsync(Body("openai", "sk-proj-0123456789-region-eu-slow"));

        var id = (string)created.Data["id"]!;
        var stored = caller.Server.Store.Credentials.Single(credential => credential.Id.ToString() == id);
        Assert.Equal(SandboxUpstream.Slow, stored.Upstream);
    }

    private static string Body(string provider, string key) =>
        new JsonObject { ["provider"] = provider, ["key"] = key, ["is_required"] = true }.ToJsonString();

    private static async Task<int> StatusAsync(SandboxCaller caller, string provider)
    {
        var model = caller.Server.Store.Models.First(model => model.Hosts.Contains(provider)).Id;
        var only = $$""","provider":{"only":["{{provider}}"],"allow_fallbacks":false}""";
        return (int)(await caller.ChatAsync(only, model)).Status;
    }
}
