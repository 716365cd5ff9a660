using System;
using System.Diagnostics;
using System.Text.Json;

namespace OpenRouter.Byok.Benchmarks.Children;

/// <summary>A contender in a process of its own: reads what to do, does it, and says how long it took.</summary>
internal abstract class ContenderChild : IDisposable
{
    public void Run()
    {
        while (Console.In.ReadLine() is { } line)
        {
            var request = JsonSerializer.Deserialize(line, Protocol.Default.Request)!;
            Console.Out.WriteLine(JsonSerializer.Serialize(Answer(request), Protocol.Default.Reply));
        }
    }

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool isDisposing);

    /// <summary>Makes what a user makes once: a session, a client.</summary>
    protected abstract void Connect(Request request);

    /// <summary>Loads what has to be loaded before the first call; null when there is nothing to load.</summary>
    protected virtual double? Import(Request request) => null;

    protected abstract int List();

    protected abstract int Discard();

    protected abstract int Update(Request request);

    protected abstract int Create(Request request);

    /// <summary>Writes a configuration that lists all credentials.</summary>
    /// <param name="request">Says where to.</param>
    /// <param name="isChanged">Whether one setting of each credential is to be another one.</param>
    protected virtual int Export(Request request, bool isChanged) => throw new NotSupportedException();

    /// <summary>Compares the credentials with a configuration that lists them all.</summary>
    /// <returns>How many were compared.</returns>
    protected abstract int Compare(Request request);

    /// <summary>Changes a setting of each credential.</summary>
    /// <returns>How many were changed.</returns>
    protected abstract int Apply(Request request);

    protected static double Time(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalMilliseconds;
    }

#pragma warning disable CA1031 // Whatever went wrong is told to the parent, which ends the run.
    private Reply Answer(Request request)
    {
        try
        {
            return request.Do switch
            {
                "import" => new Reply { ImportMs = Import(request) },
                "start" => Start(request),
                "memory" => Memory(request, Discard),
                "list" => Timed(request, List),
                "update" => Timed(request, () => Update(request)),
                "create" => Timed(request, () => Create(request)),
                "export" => Timed(request, () => Export(request, isChanged: false)),
                "export-changed" => Timed(request, () => Export(request, isChanged: true)),
                "compare" => Timed(request, () => Compare(request)),
                "compare-memory" => Memory(request, () => Compare(request)),
                "apply" => Timed(request, () => Apply(request)),
                _ => new Reply { Error = $"'{request.Do}' is unknown." },
            };
        }
        catch (Exception exception)
        {
            return new Reply { Error = exception.ToString() };
        }
    }
#pragma warning restore CA1031

    private Reply Timed(Request request, Func<int> work)
    {
        Import(request);
        Connect(request);
        var count = 0;
        var time = Time(() => count = work());
        return new Reply { Ms = time, Count = count };
    }

    private Reply Start(Request request)
    {
        Import(request);
        var count = 0;
        var first = Time(() =>
        {
            Connect(request);
            count = List();
        });
        var second = Time(() => List());
        return new Reply { FirstMs = first, SecondMs = second, Count = count };
    }

    private Reply Memory(Request request, Func<int> work)
    {
        var idle = Megabytes(process => process.WorkingSet64);
        Import(request);
        Connect(request);
        var count = work();
        return new Reply { IdleMb = idle, PeakMb = Megabytes(process => process.PeakWorkingSet64), Count = count };
    }

    private static double Megabytes(Func<Process, long> size)
    {
        using var process = Process.GetCurrentProcess();
        return size(process) / (1024.0 * 1024.0);
    }
}
