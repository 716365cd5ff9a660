using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;

namespace OpenRouter.Sandbox.Shell;

/// <summary>The server alone: one line for people and scripts, then quiet until it is told to stop.</summary>
internal static class Serving
{
    public static string Line(SandboxServer server) =>
        $"OpenRouter sandbox on {server.BaseUri}, management key {server.ManagementKey}, "
        + $"inference key {server.InferenceKey}, inference key of Scratch {server.ScratchKey}";

    public static async Task<int> UntilStoppedAsync(SandboxServer server, TextWriter output)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await output.WriteLineAsync(Line(server));
        await output.FlushAsync();
        await stopped.Task;
        return 0;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }
    }
}
