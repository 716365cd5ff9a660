using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;
using OpenRouter.Sandbox.Server;

namespace OpenRouter.Sandbox.Shell;

/// <summary>The PowerShell engine in this process, with the staged module imported.</summary>
internal static class Engine
{
    /// <summary>What every child process and runspace needs to talk to the sandbox and to nothing else.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Connection(SandboxServer server) =>
    [
        new("OPENROUTER_BASE_URL", server.BaseUri.ToString()),
        new("OPENROUTER_MANAGEMENT_KEY", server.ManagementKey),
        new("OPENROUTER_API_KEY", server.InferenceKey),
        new("SCRATCH_API_KEY", server.ScratchKey),
    ];

    /// <summary>Connects this process: the module reads these variables when nothing else was said.</summary>
    public static void Connect(SandboxServer server)
    {
        foreach (var (name, value) in Connection(server))
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <summary>Opens a runspace; with a server, Set-SandboxFault makes that one fail.</summary>
    public static Runspace Open(PSHost host, SandboxServer? server = null)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        StubCmdlets.AddTo(state);
        if (server is not null)
        {
            state.Variables.Add(new SessionStateVariableEntry(
                SetSandboxFaultCmdlet.ServerVariable, server, "The local OpenRouter.", ScopedItemOptions.Constant));
        }

        state.ImportPSModule([StagedModule.Manifest]);
        var runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        AddToModulePath();
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(StagedModule.Analyze).Invoke();
        return runspace;
    }

    // Runspaces of ForEach-Object -Parallel load modules by the names of cmdlets: the staged one, not an installed one.
    // The engine puts the folders of those first when it opens, so this is done afterwards.
    private static void AddToModulePath()
    {
        const string Variable = "PSModulePath";
        var folders = Environment.GetEnvironmentVariable(Variable)?.Split(Path.PathSeparator) ?? [];
        Environment.SetEnvironmentVariable(
            Variable, string.Join(Path.PathSeparator, folders.Prepend(StagedModule.Parent).Distinct()));
    }

    /// <summary>Makes a pipeline whose output and errors are shown in the order they come.</summary>
    public static PowerShell Showing(Runspace runspace, Action<PowerShell> add)
    {
        var shell = PowerShell.Create(runspace);
        add(shell);
        foreach (var command in shell.Commands.Commands)
        {
            command.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        }

        shell.AddCommand("Out-Default");
        return shell;
    }

    /// <summary>Shows an error that ended a pipeline, as PowerShell shows one.</summary>
    public static void ShowError(SandboxHost host, Runspace runspace, ErrorRecord error)
    {
        // Formatted like any object, since writing it anew would lose the place it comes from.
        using var shell = Showing(runspace, shell => shell.AddScript("$input"));
        host.WriteToErrors(() => shell.Invoke(new[] { error }));
    }
}
