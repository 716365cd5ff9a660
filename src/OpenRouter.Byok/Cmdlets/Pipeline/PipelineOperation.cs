using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Pipeline;

/// <summary>A task of a cmdlet, and what it writes to the streams of the pipeline.</summary>
/// <remarks>Its methods may be called on any thread. What they write waits for the pipeline thread.</remarks>
/// <param name="target">What the operation is about: the target of its error.</param>
/// <param name="outputAvailable">Set when there is something to write, and when the operation ends.</param>
/// <param name="progress">Counts operations or objects, where progress is shown.</param>
internal sealed class PipelineOperation(object? target, EventWaitHandle outputAvailable, OperationProgress? progress)
    : IClientObserver, IProgress<(int Read, long? Total)>
{
    private readonly ConcurrentQueue<Action<Cmdlet>> writes = new();
    private Task task = Task.CompletedTask;
    private volatile bool isCompleted;
    private bool hasProgress;

    public object? Target => target;

    public bool IsCompleted => isCompleted;

    public OpenRouterException? Failure { get; private set; }

    /// <summary>Whether progress counts the objects that the operation writes, or the operations.</summary>
    public bool CountsOutput { get; private set; }

    public void Start(Func<PipelineOperation, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        task = Task.Run(() => RunAsync(work, cancellationToken), CancellationToken.None);

    public void Write(object output) => Enqueue(cmdlet => cmdlet.WriteObject(output));

    /// <summary>Writes the objects one by one, and returns when the pipeline has taken them.</summary>
    public async Task WriteAsync(IReadOnlyList<object> output, CancellationToken cancellationToken)
    {
        var taken = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        CountsOutput = true;
        Enqueue(cmdlet =>
        {
            cmdlet.WriteObject(output, enumerateCollection: true);
            progress?.Add(output.Count);
            taken.TrySetResult(true);
        });
        using (cancellationToken.Register(() => taken.TrySetCanceled()))
        {
            await taken.Task.ConfigureAwait(false);
        }
    }

    /// <summary>How many objects are to be expected, for the progress.</summary>
    public void Expect(long? count) => Enqueue(_ =>
    {
        if (progress is not null)
        {
            progress.Total = count;
        }
    });

    /// <summary>Counts what was read, and how much there is in all if that is known.</summary>
    public void Report((int Read, long? Total) value)
    {
        CountsOutput = true;
        Enqueue(_ =>
        {
            if (progress is not null)
            {
                progress.Total = value.Total;
                progress.Add(value.Read);
            }
        });
    }

    public void Verbose(string message) => Enqueue(cmdlet => cmdlet.WriteVerbose(message));

    public void Warning(string message) => Enqueue(cmdlet => cmdlet.WriteWarning(message));

    /// <summary>An error beside the results of the operation, which goes on.</summary>
    public void Error(OpenRouterException failure) =>
        Enqueue(cmdlet => cmdlet.WriteError(ErrorRecordFactory.Create(failure, target)));

    public void RequestCompleted(RequestSummary request) => Enqueue(cmdlet =>
    {
        cmdlet.WriteVerbose(Messages.Format(
            Messages.Request,
            request.Method,
            request.Path,
            request.StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "-",
            request.Milliseconds,
            request.Attempt,
            request.RequestId ?? "-"));
    });

    public void RetryScheduled(string reason, TimeSpan delay)
    {
        Verbose(Messages.Format(Messages.Waiting, reason, delay.TotalSeconds));
        Enqueue(cmdlet => cmdlet.WriteProgress(new ProgressRecord(1, Messages.WaitingActivity, reason)
        {
            SecondsRemaining = (int)Math.Ceiling(delay.TotalSeconds),
        }));
        hasProgress = true;
    }

    /// <summary>Writes what is waiting. For the pipeline thread.</summary>
    public void WriteTo(Cmdlet cmdlet)
    {
        while (writes.TryDequeue(out var write))
        {
            write(cmdlet);
        }
    }

    /// <summary>Waits for the end of a cancelled operation.</summary>
    public void WaitForEnd() => Task.WhenAny(task).Wait();

    /// <summary>Throws an unexpected exception of the operation on the pipeline thread.</summary>
    public void ThrowIfFaulted() => task.GetAwaiter().GetResult();

    private async Task RunAsync(
        Func<PipelineOperation, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(this, cancellationToken).ConfigureAwait(false);
        }
        catch (OpenRouterException failure)
        {
            Failure = failure;
        }
        finally
        {
            if (hasProgress)
            {
                Enqueue(ClearProgress);
            }

            isCompleted = true;
            outputAvailable.Set();
        }
    }

    private static void ClearProgress(Cmdlet cmdlet) =>
        cmdlet.WriteProgress(new ProgressRecord(1, Messages.WaitingActivity, Messages.WaitingActivity)
        {
            RecordType = ProgressRecordType.Completed,
        });

    private void Enqueue(Action<Cmdlet> write)
    {
        writes.Enqueue(write);
        outputAvailable.Set();
    }
}
