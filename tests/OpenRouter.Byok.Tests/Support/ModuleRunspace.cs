using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.PowerShell;
using OpenRouter.Sandbox.Server;
using OpenRouter.Sandbox.Shell;
using Xunit;

namespace OpenRouter.Byok.Tests;

/// <summary>The real engine with the staged module imported by its manifest, as a user has it.</summary>
internal sealed partial class ModuleRunspace : IDisposable
{
    private readonly Runspace runspace;

    public ModuleRunspace(int width = 120)
        : this(width, [TestProcess.Module], views: [])
    {
    }

    private ModuleRunspace(int width, string[] modules, string[] views, bool hasStubCmdlets = false)
    {
        Host = new RecordingHost(width);
        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        if (hasStubCmdlets)
        {
            StubCmdlets.AddTo(state);
        }

        state.ImportPSModule(modules);
        foreach (var view in views)
        {
            state.Formats.Add(new SessionStateFormatEntry(view));
        }

        runspace = RunspaceFactory.CreateRunspace(Host, state);
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        runspace.Open();
    }

    public RecordingHost Host { get; }

    /// <summary>For tests that drive a pipeline themselves.</summary>
    public Runspace Runspace => runspace;

    /// <summary>A runspace connected to the sandbox without a request having been sent.</summary>
    public static ModuleRunspace ConnectedTo(SandboxServer server, string more = "", int width = 120) =>
        ConnectedTo(server.BaseUri, server.ManagementKey, more, width);

    public static ModuleRunspace ConnectedTo(ScriptedServer server, string more = "", int width = 120) =>
        ConnectedTo(server.BaseUri, ScriptedServer.Key, more, width);

    /// <summary>
    /// The same at any address; <c>more</c> are further parameters of Connect-OpenRouter, as they are typed.
    /// </summary>
    public static ModuleRunspace ConnectedTo(Uri baseUri, string key, string more = "", int width = 120)
    {
        var shell = new ModuleRunspace(width);
        try
        {
            shell.Connect(baseUri, key, more);
            return shell;
        }
        catch
        {
            shell.Dispose();
            throw;
        }
    }

    /// <summary>A runspace without the module, with the views of a file.</summary>
    public static ModuleRunspace WithViews(string file, int width) => new(width, [], [file]);

    /// <summary>A runspace with the sandbox's stand-ins for cmdlets that the engine as a package has not.</summary>
    public static ModuleRunspace WithStubCmdlets() =>
        new(width: 120, [TestProcess.Module], views: [], hasStubCmdlets: true);

    /// <summary>Connects without a request and returns the session.</summary>
    public OpenRouterSession Connect(Uri baseUri, string key, string more = "") =>
        Run(
            $"Connect-OpenRouter $key -BaseUri $uri -SkipCheck -PassThru {more}",
            new { key = Secret.Of(key), uri = baseUri })
            .Only<OpenRouterSession>();

    /// <summary>Runs a script to its end, errors or not.</summary>
    /// <param name="script">The script.</param>
    /// <param name="variables">An object whose properties become variables of the script.</param>
    public RunResult Run(string script, object? variables = null)
    {
        using var shell = Prepare(script, variables);
        return Finish(shell, shell.Invoke());
    }

    /// <summary>Begins a script that the test will look at, or stop, while it runs.</summary>
    public RunningScript Start(string script, object? variables = null)
    {
        var shell = Prepare(script, variables);
        var output = new PSDataCollection<PSObject>();
        return new RunningScript(shell, output, shell.BeginInvoke<PSObject, PSObject>(null, output));
    }

    /// <summary>
    /// What objects look like on a screen as wide as the host: no colors, line ends normalized, trailing blanks cut.
    /// </summary>
    public string Show(string script, object? variables = null)
    {
        Host.Screen.Clear();
        var result = Run($"& {{ {script} }} | Out-Default", variables);
        Assert.Empty(result.Errors);
        var plain = WithoutColors(Host.Screen.Text);
        var lines = plain.ReplaceLineEndings("\n").Split('\n').Select(static line => line.TrimEnd());
        return string.Join('\n', lines).Trim('\n');
    }

    /// <summary>What the tab key offers at the end of the text, through the function that shells call.</summary>
    public IReadOnlyList<CompletionResult> Complete(string text) =>
        Run("(TabExpansion2 -inputScript $text -cursorColumn $text.Length).CompletionMatches", new { text })
            .Output.Select(static match => (CompletionResult)match.BaseObject).ToList();

    /// <summary>Ends the session and forgets variables and what the host was shown.</summary>
    public void Reset()
    {
        Run("Disconnect-OpenRouter");
        runspace.ResetRunspaceState();
        Host.Screen.Reset();
    }

    public void Dispose() => runspace.Dispose();

    /// <summary>The text without the escape sequences of colors.</summary>
    public static string WithoutColors(string text) => ColorSequence().Replace(text, "");

    [GeneratedRegex("\e\\[[0-9;]*m")]
    private static partial Regex ColorSequence();

    private PowerShell Prepare(string script, object? variables)
    {
        foreach (var property in variables?.GetType().GetProperties() ?? [])
        {
            runspace.SessionStateProxy.SetVariable(property.Name, property.GetValue(variables));
        }

        // What ends the command is told from what it only reports.
        runspace.SessionStateProxy.SetVariable(RunResult.EndedBy, null);
        var shell = PowerShell.Create(runspace);
        shell.AddScript($"try {{\n{script}\n}} catch {{ $global:{RunResult.EndedBy} = $_ }}");
        return shell;
    }

    private static RunResult Finish(PowerShell shell, IEnumerable<PSObject> output) => RunResult.Of(shell, output);
}

/// <summary>A script under way.</summary>
internal sealed class RunningScript(
    PowerShell shell, PSDataCollection<PSObject> output, IAsyncResult running) : IDisposable
{
    /// <summary>What came out so far.</summary>
    public PSDataCollection<PSObject> Output => output;

    public bool IsOver => running.IsCompleted;

    /// <summary>What Ctrl+C does: returns when the pipeline is down.</summary>
    public void Stop() => shell.Stop();

    /// <summary>Waits for the end.</summary>
    public async Task<RunResult> EndAsync()
    {
        await Task.Factory.FromAsync(running, shell.EndInvoke);
        return RunResult.Of(shell, output);
    }

    public void Dispose()
    {
        shell.Stop();
        shell.Dispose();
    }
}
