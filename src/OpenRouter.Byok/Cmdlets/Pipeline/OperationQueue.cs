using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Cmdlets.Pipeline;

/// <summary>
/// The bridge between tasks and the pipeline. Operations run on the thread pool. The pipeline thread writes their
/// output: that of the first operation as it comes, that of the next one when the first has ended.
/// </summary>
/// <param name="cmdlet">The cmdlet whose streams are written to.</param>
/// <param name="stopToken">Canceled when the pipeline is stopped.</param>
/// <param name="progress">Counts operations or objects; null shows no progress.</param>
internal sealed class OperationQueue(
    Cmdlet cmdlet, CancellationToken stopToken, OperationProgress? progress = null) : IDisposable
{
    private readonly Queue<PipelineOperation> operations = new();
    private readonly AutoResetEvent outputAvailable = new(initialState: false);
    private readonly CancellationTokenSource cancelAll = CancellationTokenSource.CreateLinkedTokenSource(stopToken);

    public OperationProgress? Progress => progress;

    public void Start(object? target, Func<PipelineOperation, CancellationToken, Task> work)
    {
        var operation = new PipelineOperation(target, outputAvailable, progress);
        operations.Enqueue(operation);
        operation.Start(work, cancelAll.Token);
    }

    /// <summary>
    /// Writes the output that is available, and waits until another operation may start beside the running ones.
    /// </summary>
    /// <remarks>
    /// A slow operation does not keep the ones after it from starting, but no more than four times as many wait until
    /// their output can be written. When only one may run at a time, all output before it is written too.
    /// </remarks>
    public void WaitForCapacity(int maximumConcurrency) => Drain(() =>
        maximumConcurrency > 1 && operations.Count < maximumConcurrency * 4
        && operations.Count(operation => !operation.IsCompleted) < maximumConcurrency);

    /// <summary>Writes all output, and waits until every operation has ended.</summary>
    public void Drain() => Drain(() => false);

    private void Drain(Func<bool> hasCapacity)
    {
        try
        {
            while (operations.Count > 0)
            {
                var first = operations.Peek();
                var isCompleted = first.IsCompleted;
                first.WriteTo(cmdlet);
                if (isCompleted)
                {
                    operations.Dequeue();
                    Complete(first);
                }
                else if (hasCapacity())
                {
                    return;
                }
                else
                {
                    WaitHandle.WaitAny([outputAvailable, stopToken.WaitHandle]);
                    if (stopToken.IsCancellationRequested)
                    {
                        WaitForAll();
                    }

                    stopToken.ThrowIfCancellationRequested();
                }
            }
        }
        catch
        {
            // The pipeline is ending, perhaps because a command downstream needs no more input.
            WaitForAll();
            throw;
        }
    }

    public void Dispose()
    {
        WaitForAll();
        cancelAll.Dispose();
        outputAvailable.Dispose();
    }

    private void Complete(PipelineOperation operation)
    {
        operation.ThrowIfFaulted();
        if (!operation.CountsOutput)
        {
            progress?.Add(1, isFailure: operation.Failure is not null);
        }

        if (operation.Failure is not { } failure)
        {
            return;
        }

        if (failure.EndsCommand)
        {
            throw failure;
        }

        cmdlet.WriteError(ErrorRecordFactory.Create(failure, operation.Target));
    }

    // No request may start once the command has ended; canceled ones end at once.
    private void WaitForAll()
    {
        if (operations.Count == 0)
        {
            return;
        }

        cancelAll.Cancel();
        foreach (var operation in operations)
        {
            operation.WaitForEnd();
        }

        operations.Clear();
    }
}
