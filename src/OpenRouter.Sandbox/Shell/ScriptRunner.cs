using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;
using OpenRouter.Sandbox.Server;

namespace OpenRouter.Sandbox.Shell;

/// <summary>Runs a script against a sandbox and gives back its exit code, as <c>pwsh -File</c> would.</summary>
internal static partial class ScriptRunner
{
    private const int Interrupted = 130;

    public static int Run(SandboxServer server, CommandLine line)
    {
        var script = Path.GetFullPath(line.Script!);
        Parser.ParseFile(script, out _, out var errors);
        foreach (var (place, message) in errors.Select(error => (error.Extent, error.Message)))
        {
            Console.Error.WriteLine($"{script}:{place.StartLineNumber}:{place.StartColumnNumber}: {message}");
        }

        if (errors.Length > 0)
        {
            return 1;
        }

        var invocation = Invocation(script, line.ScriptArguments);
        return !line.Embedded && UserPwsh.Find() is { } pwsh
            ? UserPwsh.RunScript(pwsh, server, invocation)
            : RunEmbedded(server, invocation);
    }

    // Called as a block, not as a file: the exit of a file that is called only ends the file.
    internal static string Invocation(string script, IReadOnlyList<string> arguments)
    {
        const string Parse = "[System.Management.Automation.Language.Parser]::ParseFile";
        var block = $"({Parse}({Quote(script)}, [ref]$null, [ref]$null).GetScriptBlock())";
        return string.Join(' ', arguments.Select(Argument).Prepend("& " + block));
    }

    internal static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    private static int RunEmbedded(SandboxServer server, string invocation)
    {
        Engine.Connect(server);
        var host = new SandboxHost(new SystemConsole());
        using var runspace = Engine.Open(host, server);
        using var interruption = new Interruption();
        host.Interrupted = interruption.Stop;
        try
        {
            using var shell = Engine.Showing(runspace, shell => shell.AddScript(invocation));
            interruption.Run(shell);
            return host.ExitCode ?? (HasRefusedArguments(runspace, invocation) ? 1 : 0);
        }
        catch (PipelineStoppedException)
        {
            return Interrupted;
        }
        catch (RuntimeException e)
        {
            Engine.ShowError(host, runspace, e.ErrorRecord);
            return 1;
        }
    }

    // A script whose parameters do not take what was given has not run.
    private static bool HasRefusedArguments(Runspace runspace, string invocation) =>
        runspace.SessionStateProxy.GetVariable("Error") is ICollection errors
        && errors.OfType<ErrorRecord>().Any(error =>
            error.Exception is ParameterBindingException && error.InvocationInfo?.Line == invocation);

    // As pwsh -File reads them: -Name stands for a parameter, -Name:value for one with its value.
    private static string Argument(string text)
    {
        var form = ParameterForm().Match(text);
        if (!form.Success)
        {
            return Quote(text);
        }

        var value = form.Groups["value"].Value;
        return form.Groups["name"].Value + (value is "" or "$true" or "$false" ? value : Quote(value));
    }

    [GeneratedRegex(@"^(?<name>-[A-Za-z]\w*:?)(?<value>(?<=:).+)?$", RegexOptions.Singleline)]
    private static partial Regex ParameterForm();
}
