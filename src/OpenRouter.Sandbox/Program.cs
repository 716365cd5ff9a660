using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using Microsoft.AspNetCore.Connections;
using OpenRouter.Sandbox;
using OpenRouter.Sandbox.Server;
using OpenRouter.Sandbox.Shell;

CommandLine line;
try
{
    line = CommandLine.Parse(args);
}
catch (FormatException e)
{
    await Console.Error.WriteLineAsync($"{e.Message}\n\n{CommandLine.Usage}");
    return 2;
}

if (line.Mode == Mode.Help)
{
    await Console.Out.WriteLineAsync(CommandLine.Usage);
    return 0;
}

if (line.Mode == Mode.Endpoints)
{
    foreach (var route in new Router(new SandboxStore(line.Options), line.Options, managementKey: "").Routes)
    {
        await Console.Out.WriteLineAsync($"{route.Method} {route.Path}");
    }

    return 0;
}

if (line.Mode == Mode.Run && !File.Exists(line.Script))
{
    await Console.Error.WriteLineAsync($"The file '{line.Script}' does not exist.");
    return 2;
}

try
{
    await using var server = await SandboxServer.StartAsync(line.Options, CancellationToken.None);
    return line.Mode switch
    {
        Mode.Serve => await Serving.UntilStoppedAsync(server, Console.Out),
        Mode.Run => ScriptRunner.Run(server, line),
        _ when Console.IsInputRedirected => Tour.Play(server, new SystemConsole(errorsToOutput: true)),
        _ when !line.Embedded && UserPwsh.Find() is { } pwsh => UserPwsh.OpenShell(pwsh, server),
        _ => EmbeddedShell.Open(server),
    };
}
catch (IOException e) when (e.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync(
        $"Port {line.Options.Port} is already in use. Specify another port, or omit --port to use a free one.");
    return 1;
}
catch (SocketException e) when (line.Mode == Mode.Serve)
{
    await Console.Error.WriteLineAsync($"Port {line.Options.Port} cannot be used: {e.Message}.");
    return 1;
}
catch (Exception e) when (e is StagedModuleException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
