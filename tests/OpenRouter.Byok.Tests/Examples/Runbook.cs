using System.IO;
using System.Management.Automation;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using OpenRouter.Sandbox.Shell;
using Xunit;

namespace OpenRouter.Byok.Tests.Examples;

/// <summary>
/// Runs a script against a sandbox of its own as <c>run --embedded</c> does, but in this process: a new one takes
/// seconds to start.
/// </summary>
internal static class Runbook
{
    // The environment belongs to the whole process, so what a script would find there is given in another way.
    private const string Connect = """
        param($ManagementKey, $BaseUri, $InferenceKey)
        Connect-OpenRouter $ManagementKey -BaseUri $BaseUri -SkipCheck
        $PSDefaultParameterValues['Test-OpenRouterByokKey:ApiKey'] = $InferenceKey
        """;

    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string script, params string[] arguments) => RunAsync(new SandboxOptions(), script, arguments);

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        SandboxOptions options, string script, params string[] arguments)
    {
        await using var server = await SandboxServer.StartAsync(options, TestContext.Current.CancellationToken);
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = Run(server, new SandboxHost(new TextConsole(output, errors)), script, arguments);
        return (exitCode, output.ToString().ReplaceLineEndings("\n"), errors.ToString().ReplaceLineEndings("\n"));
    }

    private static int Run(SandboxServer server, SandboxHost host, string script, string[] arguments)
    {
        using var runspace = Engine.Open(host, server);
        using var connecting = PowerShell.Create(runspace);
        connecting.AddScript(Connect)
            .AddArgument(Secret.Of(server.ManagementKey))
            .AddArgument(server.BaseUri)
            .AddArgument(Secret.Of(server.InferenceKey))
            .Invoke();
        Assert.Empty(connecting.Streams.Error);
        try
        {
            using var shell = Engine.Showing(
                runspace, shell => shell.AddScript(ScriptRunner.Invocation(script, arguments)));
            shell.Invoke();
            return host.ExitCode ?? 0;
        }
        catch (RuntimeException e)
        {
            Engine.ShowError(host, runspace, e.ErrorRecord);
            return 1;
        }
    }
}
