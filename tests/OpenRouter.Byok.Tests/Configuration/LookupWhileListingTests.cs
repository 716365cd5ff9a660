using System;
using System.IO;
using System.Linq;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Names are looked up while the credentials are listed. What fails first ends both.</summary>
public sealed class LookupWhileListingTests : IClassFixture<ScriptedShell>, IDisposable
{
    private const string Workspace = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;
    private readonly string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");

    public LookupWhileListingTests(ScriptedShell scripted)
    {
        (server, shell) = (scripted.Reset("-MaximumRetryCount 5").Server, scripted.Shell);
        File.WriteAllText(file, $$"""
            { "version": 1, "credentials": [
              { "provider": "openai", "workspace": "{{Workspace}}", "name": "A", "allowedUsers": ["mei"] }] }
            """);
    }

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("/byok", "/members", 8)]
    [InlineData("/members", "/byok", 8)]
    [InlineData("/members", "/byok", 1)]
    public void A_refused_key_ends_it_while_the_other_waits_to_repeat(string refused, string busy, int throttle)
    {
        server.DefaultResponse = request =>
            request.Target.Contains(refused, StringComparison.Ordinal) ? Response.Error(401, "No")
            : request.Target.Contains(busy, StringComparison.Ordinal) ? Response.Error(503, "Busy", "Retry-After: 5")
            : Response.Error(404, "?");

        var error = shell.Run($"Compare-OpenRouterByokConfiguration '{file}' -ThrottleLimit {throttle}").OnlyError();

        Assert.StartsWith("OpenRouterByok.Unauthorized", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Single(server.Requests, request => request.Target.Contains(refused, StringComparison.Ordinal));
        Assert.True(server.Requests.Count(request => request.Target.Contains(busy, StringComparison.Ordinal)) <= 1);
    }
}
