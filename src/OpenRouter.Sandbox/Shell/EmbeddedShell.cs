using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using OpenRouter.Sandbox.Server;

namespace OpenRouter.Sandbox.Shell;

/// <summary>A prompt on the embedded engine, for machines without pwsh.</summary>
internal sealed class EmbeddedShell
{
    private const string Prompt = "PS sandbox> ";
    private readonly SystemConsole console = new(errorsToOutput: true);
    private readonly SandboxHost host;
    private readonly Runspace runspace;
    private readonly LineEditor editor;

    private EmbeddedShell(SandboxServer server)
    {
        host = new SandboxHost(console);
        runspace = Engine.Open(host, server);
        editor = new LineEditor(console)
        {
            History = new History(),
            Complete = (text, cursor) => CompletionCycle.Find(runspace, text, cursor),
            IsIncomplete = IsIncomplete,
        };
    }

    /// <returns>What <c>exit</c> was given, else 0.</returns>
    public static int Open(SandboxServer server)
    {
        Engine.Connect(server);
        var shell = new EmbeddedShell(server);
        shell.console.Write(Banner.Text(server, Banner.BareEngine, shell.console.HasColor));
        return shell.Loop();
    }

    private int Loop()
    {
        using var opened = runspace;
        using var interruption = new Interruption();
        host.Interrupted = interruption.Stop;
        while (host.ExitCode is null)
        {
            var line = editor.ReadLine(Prompt);
            if (editor.AtEnd)
            {
                return 0;
            }

            if (!string.IsNullOrWhiteSpace(line))
            {
                Execute(line, interruption);
            }
        }

        return host.ExitCode.Value;
    }

    private void Execute(string line, Interruption interruption)
    {
        try
        {
            using var shell = Engine.Showing(runspace, shell => shell.AddScript(line, useLocalScope: false));
            interruption.Run(shell);
        }
        catch (PipelineStoppedException)
        {
        }
        catch (RuntimeException e)
        {
            Engine.ShowError(host, runspace, e.ErrorRecord);
        }
        finally
        {
            host.EndProgress();
        }
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out var errors);
        return errors.Any(error => error.IncompleteInput);
    }
}
