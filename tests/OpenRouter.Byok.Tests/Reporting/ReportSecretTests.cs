using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Byok.Tests.Secrets;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>No key is on the page or in any stream.</summary>
public sealed class ReportSecretTests
{
    private const string Noisily =
        "$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'; ";

    private static readonly KnownSecret ManagementKey =
        new("management key", "sk-or-v1-ReportMarker/7f3K+w=Zq.8Lh2~Vx") { PublicPrefix = "sk-or-v1-" };

    private static readonly KnownSecret NewKey = new("new key", "sk-new-\"Marker\\9é/Tq+Wz=&5 Rb<Yk>");

    private static readonly KnownSecret[] InferenceKeys =
    [
        .. SampleAccount.InferenceKeys.Select(static key =>
            new KnownSecret(key.Key, key.Value) { PublicPrefix = "sk-or-v1-" }),
    ];

    private static KnownSecret[] Secrets => [ManagementKey, NewKey, .. InferenceKeys];

    [Theory]
    [InlineData("")]
    [InlineData("-NoLabel -Anonymous")]
    public async Task The_page_and_the_streams_have_no_keys(string more)
    {
        using var folder = new ReportFolder();
        await using var server = await SandboxServer.StartAsync(
            new() { ManagementKey = ManagementKey.Text }, TestContext.Current.CancellationToken);
        using var shell = ModuleRunspace.ConnectedTo(server);

        var results = new[]
        {
            shell.Run($"{Noisily}$null = New-OpenRouterByokKey openai $key", new { key = Secret.Of(NewKey.Text) }),
            shell.Run($"{Noisily}{ReportShell.Command} -AllWorkspaces -Verbose -Debug {more}"),
            shell.Run(
                $"{Noisily}{ReportShell.Command} $path -PassThru -Verbose -Debug {more}", new { path = folder.File }),
        };

        Assert.All(results, static result => Assert.Empty(result.Errors));
        var text = LeakScan.Collect(shell, results) + await File.ReadAllTextAsync(
            folder.File, TestContext.Current.CancellationToken);
        Assert.Contains("</html>", text, StringComparison.Ordinal);
        Assert.Empty(LeakScan.Leaks(text, Secrets));
    }

    [Fact]
    public void A_server_that_repeats_the_key_does_not_get_it_onto_the_page()
    {
        var account = new NamedAccount("x");
        using var server = new ScriptedServer
        {
            DefaultResponse = request => request.Target.StartsWith("/api/v1/byok", StringComparison.Ordinal)
                ? account.To(request)
                : Response.Error(500, request.Head),
        };
        using var shell = ModuleRunspace.ConnectedTo(server.BaseUri, ManagementKey.Text, "-MaximumRetryCount 0");

        var result = shell.Run($"{Noisily}{ReportShell.Command} -WorkspaceId {Samples.Id}");

        Assert.NotEmpty(new ReportDocument(result.Only<string>()).Gaps);
        Assert.Contains(server.Requests, static request =>
            request.Head.Contains(ManagementKey.Text, StringComparison.Ordinal));
        Assert.Empty(LeakScan.Leaks(LeakScan.Collect(shell, result), Secrets));
    }

    [Fact]
    public void The_scan_finds_a_key_on_a_page()
    {
        using var server = new ScriptedServer { DefaultResponse = new NamedAccount("x").To };
        using var shell = ModuleRunspace.ConnectedTo(server);

        var result = shell.Run(
            $"{ReportShell.Command} -AllWorkspaces -Title $title", new { title = ManagementKey.Text });

        Assert.NotEmpty(LeakScan.Leaks(LeakScan.Collect(result), [ManagementKey]));
    }
}
