using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Cmdlets.Pipeline;

/// <summary>
/// The bridge between tasks and the pipeline. Operations run on the thread pool; what they say is written by the
/// pipeline thread, that of the first operation as it comes, that of the next when the first is through.
/// </summary>
internal sealed class OperationQueue(
    Cmdlet cmdlet, CancellationToken stopping, OperationProgress? progress = null) : IDisposable
{
    private readonly Queue<PipelineOperation> operations = new();
    private readonly AutoResetEvent news = new(initialState: false);
    private readonly CancellationTokenSource abandon = CancellationTokenSource.CreateLinkedTokenSource(stopping);

    public OperationProgress? Progress => progress;

    public void Start(object? target, Func<PipelineOperation, CancellationToken, Task> work)
    {
        var operation = new PipelineOperation(target, news, progress);
        operations.Enqueue(operation);
        operation.Start(work, abandon.Token);
    }

    /// <summary>
    /// Writes what there is to say, and waits until another operation may begin beside those under way.
    /// </summary>
    /// <remarks>
    /// One that takes long keeps nobody from beginning those behind it; but no more than four times as many are kept
    /// until it is their turn to be written. When only one may be under way, all before it is written too.
    /// </remarks>
    public void WaitForCapacity(int maximumConcurrency) => Drain(() =>
        maximumConcurrency > 1 && operations.Count < maximumConcurrency * 4
        && operations.Count(operation => !operation.IsOver) < maximumConcurrency);

    /// <summary>Writes what there is to say, and waits until every operation is over.</summary>
    public void Drain() => Drain(() => false);

    private void Drain(Func<bool> mayGoOn)
    {
        try
        {
            while (operations.Count > 0)
            {
                var first = operations.Peek();
                var isOver = first.IsOver;
                first.WriteTo(cmdlet);
                if (isOver)
                {
                    operations.Dequeue();
                    Settle(first);
                }
                else if (mayGoOn())
                {
                    return;
                }
                else
                {
                    WaitHandle.WaitAny([news, stopping.WaitHandle]);
                    if (stopping.IsCancellationRequested) WaitForAll();
                    stopping.ThrowIfCancellationRequested();
                }
            }
        }
        catch
        {
            // The pipeline is going down, perhaps because somebody downstream has had enough.
            WaitForAll();
            throw;
        }
    }

    public void Dispose()
    {
        WaitForAll();
        abandon.Dispose();
        news.Dispose();
    }

    private void Settle(PipelineOperation operation)
    {
        operation.ThrowIfBroken();
        if (!operation.CountsItsOutput) progress?.Add(1, isFailure: operation.Failure is not null);
        if (operation.Failure is not { } failure) return;
        if (failure.EndsCommand) throw failure;
        cmdlet.WriteError(ErrorRecordFactory.Create(failure, operation.Target));
    }

    // No request may begin once the command is over; cancelled ones end at once.
    private void WaitForAll()
    {
        if (operations.Count == 0) return;
        abandon.Cancel();
        foreach (var operation in operations) operation.WaitQuietly();
        operations.Clear();
    }
}
