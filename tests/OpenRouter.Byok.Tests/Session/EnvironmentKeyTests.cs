using System;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace OpenRouter.Byok.Tests.Session;

/// <summary>Variables that hold what no header can carry. They belong to the whole process.</summary>
[Collection(NonParallel.Name)]
public sealed class EnvironmentKeyTests : IClassFixture<ScriptedShell>, IDisposable
{
    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public EnvironmentKeyTests(ScriptedShell scripted)
    {
        (server, shell) = (scripted.Reset().Server, scripted.Shell);
        shell.Run("Disconnect-OpenRouter");
        Environment.SetEnvironmentVariable("OPENROUTER_BASE_URL", server.BaseUri.ToString());
    }

    public static TheoryData<string, string> Keys => new MatrixTheoryData<string, string>(
        ["OPENROUTER_MANAGEMENT_KEY", "OPENROUTER_API_KEY"],
        [
            "sk-or-v1-Mark\r\nX-Forged: 1", "sk-or-v1-Mark Mark", "sk-or-v1-Märk", "“sk-or-v1-Mark”",
            "sk-or-v1-Mark\u200b",
        ]);

    public void Dispose()
    {
        foreach (var variable in new[] { "OPENROUTER_MANAGEMENT_KEY", "OPENROUTER_API_KEY", "OPENROUTER_BASE_URL" })
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void They_are_refused_by_their_name_before_anything_is_sent(string variable, string key)
    {
        Environment.SetEnvironmentVariable(variable, key);

        foreach (var script in new[] { "Get-OpenRouterByokKey", "Connect-OpenRouter", "Get-OpenRouterContext" })
        {
            var result = shell.Run(script);

            var error = result.OnlyError();
            Assert.NotNull(result.Terminating);
            Assert.Equal("OpenRouterByok.InvalidArgument", error.FullyQualifiedErrorId.Split(',').First());
            Assert.Equal(
                $"The environment variable {variable} contains characters that are not valid in a key. "
                + "A key consists of printable ASCII characters without spaces.",
                error.ToString());
            Assert.Contains($"Set {variable} to ", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            Assert.DoesNotContain("sk-or", result.Everything, StringComparison.Ordinal);
            Assert.Equal(0, server.Connections);
        }
    }

    [Fact]
    public void That_for_inference_is_refused_as_well()
    {
        Environment.SetEnvironmentVariable("OPENROUTER_MANAGEMENT_KEY", "sk-or-v1-sound");
        Environment.SetEnvironmentVariable("OPENROUTER_API_KEY", "sk-or-v1-Mark Mark");

        var result = shell.Run("Test-OpenRouterByokKey $id", new { id = Samples.Id });

        var error = result.OnlyError();
        Assert.Equal("OpenRouterByok.InvalidArgument", error.FullyQualifiedErrorId.Split(',').First());
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.StartsWith(
            "The environment variable OPENROUTER_API_KEY contains ", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("sk-or", result.Everything, StringComparison.Ordinal);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public void What_is_not_needed_is_not_looked_at()
    {
        Environment.SetEnvironmentVariable("OPENROUTER_MANAGEMENT_KEY", "sk-or-v1-sound");
        Environment.SetEnvironmentVariable("OPENROUTER_API_KEY", "sk-or-v1-Mark Mark");
        server.DefaultResponse = Samples.Echo;

        shell.Run("Get-OpenRouterByokKey -Id $id", new { id = Samples.Id }).Only<ByokKey>();
    }
}
