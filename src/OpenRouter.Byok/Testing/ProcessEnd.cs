using System;
#if NET
using System.Runtime.InteropServices;
#endif
using System.Threading;

namespace OpenRouter.Byok.Testing;

/// <summary>
/// Cancels work when the process is told to end, such as when its window is closed, and holds up the end until the work
/// has cleaned up, which is when this is disposed of.
/// </summary>
internal sealed class ProcessEnd : IDisposable
{
    // Windows ends a process five seconds after its window was closed.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(4);

    private readonly CancellationTokenSource ending = new();
    private readonly ManualResetEventSlim isCleanedUp = new();
#if NET
    private readonly PosixSignalRegistration hangUp;
    private readonly PosixSignalRegistration terminate;
#endif

    public ProcessEnd()
    {
        AppDomain.CurrentDomain.ProcessExit += CleanUp;
#if NET
        hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => CleanUp());
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => CleanUp());
#endif
    }

    /// <summary>Canceled when the process is about to end.</summary>
    public CancellationToken Token => ending.Token;

    public void Dispose()
    {
        isCleanedUp.Set();
        AppDomain.CurrentDomain.ProcessExit -= CleanUp;
#if NET
        hangUp.Dispose();
        terminate.Dispose();
#endif
    }

    private void CleanUp(object? sender, EventArgs arguments) => CleanUp();

    private void CleanUp()
    {
        ending.Cancel();
        isCleanedUp.Wait(TimeLimit);
    }
}
