using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using OpenRouter.Sandbox.Server;

namespace OpenRouter.Sandbox.Shell;

/// <summary>Plays examples/tour.ps1: each command, then what it prints. The first step that fails ends it.</summary>
internal sealed class Tour
{
    private readonly TourConsole console;
    private readonly SandboxHost host;
    private readonly Runspace runspace;
    private int echoed;

    private Tour(TourConsole console, SandboxHost host, Runspace runspace) =>
        (this.console, this.host, this.runspace) = (console, host, runspace);

    public static int Play(SandboxServer server, IConsole console)
    {
        Engine.Connect(server);
        return Play(File.ReadAllText(Path.Combine(StagedModule.Root, "examples", "tour.ps1")), console, server);
    }

    /// <returns>0, or 1 when a step failed, or did not fail as it was meant to.</returns>
    public static int Play(string script, IConsole console, SandboxServer? server = null)
    {
        var spaced = new TourConsole(console);
        var host = new SandboxHost(spaced);
        using var runspace = Engine.Open(host, server);
        var (steps, closing) = TourScript.Split(script);
        var tour = new Tour(spaced, host, runspace);
        if (!steps.All(tour.Step))
        {
            return 1;
        }

        if (closing.Length > 0)
        {
            tour.Tell(closing);
        }

        return 0;
    }

    private bool Step(TourStep step)
    {
        Tell(step.Narration);
        Echo(step.Code);
        var error = Invoke(step.Code);
        var id = error?.FullyQualifiedErrorId.Split(',')[0];
        if (id == step.ExpectedError)
        {
            return true;
        }

        console.BlankLine();
        console.WriteError("The tour ends here: this step was expected to "
            + (step.ExpectedError is null ? "work." : $"fail with {step.ExpectedError}, but it "
                + (id is null ? "worked." : $"failed with {id}.")) + Environment.NewLine);
        return false;
    }

    private ErrorRecord? Invoke(string code)
    {
        using var shell = Engine.Showing(runspace, shell => shell.AddScript(code, useLocalScope: false));
        var errors = (ArrayList)runspace.SessionStateProxy.GetVariable("Error");
        errors.Clear();
        try
        {
            shell.Invoke();
        }
        catch (RuntimeException e)
        {
            Engine.ShowError(host, runspace, e.ErrorRecord);
            return e.ErrorRecord;
        }

        return errors.Count > 0 ? (errors[0] as ErrorRecord) ?? (errors[0] as RuntimeException)?.ErrorRecord : null;
    }

    private void Tell(string narration)
    {
        // Commands that print nothing and need no words stand together.
        if (narration.Length > 0 || console.Position != echoed)
        {
            console.BlankLine();
        }

        if (narration.Length == 0)
        {
            return;
        }

        foreach (var line in narration.Split('\n'))
        {
            console.Write((line.Length == 0 ? line : Paint(Ansi.Green, "# " + line)) + Environment.NewLine);
        }
    }

    private void Echo(string code)
    {
        var prompt = "PS> ";
        foreach (var line in code.ReplaceLineEndings("\n").Split('\n'))
        {
            console.Write(Paint(Ansi.Bold, prompt + line) + Environment.NewLine);
            prompt = ">>  ";
        }

        echoed = console.Position;
    }

    private string Paint(string color, string text) => console.HasColor ? color + text + Ansi.Reset : text;
}
