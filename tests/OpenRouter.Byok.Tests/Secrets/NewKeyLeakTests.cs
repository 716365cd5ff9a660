using System;
using System.IO;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using OpenRouter.Byok.Tests.Testing;
using Xunit;

namespace OpenRouter.Byok.Tests.Secrets;

/// <summary>Neither a new key nor the API keys that it is tested with show up anywhere.</summary>
public sealed class NewKeyLeakTests : IClassFixture<SandboxShell>
{
    private const string Noisily =
        "$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'; $ErrorView = 'NormalView'; ";

    private const string Rotate = "Set-OpenRouterByokKey 'Team account' -Key $key -ProvingWorkspace Scratch "
        + "-ApiKey $scratch, $assistant -PassThru ";

    private readonly ScratchWorkspace world;

    public NewKeyLeakTests(SandboxShell sandbox) => world = new ScratchWorkspace(sandbox.Reset());

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (var script in new[] { ScratchWorkspace.Test, Rotate })
            {
                foreach (var ending in new[] { "", "-revoked", "-forbidden", "-failing" })
                {
                    cases.Add(script, ending, "");
                }

                foreach (var path in new[] { "POST /byok", "POST /chat/completions", "DELETE /byok", "PATCH /byok" })
                {
                    cases.Add(script, "", path);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_stream_shows_a_secret(string script, string ending, string echoing)
    {
        var marker = new KnownSecret("new key", "sk-new-Marker7/Qx+w=Zq8Lh2Vx" + ending);
        KnownSecret[] secrets =
        [
            marker,
            new("API key of Scratch", world.Server.ScratchKey) { PublicPrefix = "sk-or-v1-" },
            new("API key of Default", world.Server.InferenceKey) { PublicPrefix = "sk-or-v1-" },
            new("management key", world.Server.ManagementKey) { PublicPrefix = "sk-or-v1-" },
        ];
        world.Shell.Connect(world.Server.BaseUri, world.Server.ManagementKey, "-MaximumRetryCount 0");
        world.Server.Intercept = context => EchoAsync(context, echoing);

        var result = world.Run(Noisily + script, marker.Text);

        Assert.NotEmpty(result.Verbose);
        // The control: the server did repeat what it was sent.
        Assert.Equal(echoing.Length > 0 && (script == Rotate || echoing != "PATCH /byok"), IsHeard);
        var text = LeakScan.Collect(world.Shell, result);
        Assert.True(LeakScan.Leaks(text, secrets) is [], text);
    }

    private bool IsHeard { get; set; }

    private async Task<bool> EchoAsync(HttpContext context, string echoing)
    {
        var request = $"{context.Request.Method} {context.Request.Path.Value!["/api/v1".Length..]}";
        if (echoing.Length == 0 || !request.StartsWith(echoing, StringComparison.Ordinal))
        {
            return false;
        }

        using var body = new StreamReader(context.Request.Body);
        var heard = context.Request.Headers.Authorization + " "
            + await body.ReadToEndAsync(TestContext.Current.CancellationToken);
        IsHeard = true;
        context.Response.StatusCode = 400;
        await context.Response.WriteAsync(
            $$$"""{"error":{"code":400,"message":{{{System.Text.Json.JsonSerializer.Serialize(heard)}}}}}""",
            TestContext.Current.CancellationToken);
        return true;
    }
}
