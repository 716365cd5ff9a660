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

/// <summary>One piece of work under way, and what it has to say to the pipeline.</summary>
internal sealed class PipelineOperation(object? target, EventWaitHandle news, OperationProgress? progress) : IClientObserver
{
    private readonly ConcurrentQueue<Action<Cmdlet>> messages = new();
    private Task task = Task.CompletedTask;
    private volatile bool isOver;
    private bool hasProgress;

    /// <summary>What the operation is about: the target of its error.</summary>
    public object? Target => target;

    public bool IsOver => isOver;

    public OpenRouterException? Failure { get; private set; }

    /// <summary>Whether progress is counted by what comes out, as that of a list is, and not by operations.</summary>
    public bool CountsItsOutput { get; private set; }

    public void Start(Func<PipelineOperation, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        task = Task.Run(() => RunAsync(work, cancellationToken), CancellationToken.None);

    public void Write(object output) => Say(cmdlet => cmdlet.WriteObject(output));

    /// <summary>Writes the objects one by one, and returns when the pipeline has taken them.</summary>
    public async Task WriteAsync(IReadOnlyList<object> output, CancellationToken cancellationToken)
    {
        var taken = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        CountsItsOutput = true;
        Say(cmdlet =>
        {
            cmdlet.WriteObject(output, enumerateCollection: true);
            progress?.Add(output.Count);
            taken.TrySetResult(true);
        });
        using (cancellationToken.Register(() => taken.TrySetCanceled())) await taken.Task.ConfigureAwait(false);
    }

    /// <summary>How many objects are to be expected, for the progress.</summary>
    public void Expect(long? count) => Say(_ =>
    {
        if (progress is not null) progress.Total = count;
    });

    public void Verbose(string message) => Say(cmdlet => cmdlet.WriteVerbose(message));

    public void Warn(string message) => Say(cmdlet => cmdlet.WriteWarning(message));

    public void RequestCompleted(RequestSummary request) => Say(cmdlet =>
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
        Say(cmdlet => cmdlet.WriteProgress(new ProgressRecord(1, Messages.WaitingActivity, reason)
        {
            SecondsRemaining = (int)Math.Ceiling(delay.TotalSeconds),
        }));
        hasProgress = true;
    }

    /// <summary>Writes what was said so far. For the pipeline thread.</summary>
    public void WriteTo(Cmdlet cmdlet)
    {
        while (messages.TryDequeue(out var write)) write(cmdlet);
    }

    /// <summary>Waits for the end of a cancelled operation.</summary>
    public void WaitQuietly() => Task.WhenAny(task).Wait();

    /// <summary>Brings a failure that nobody foresaw to the pipeline thread.</summary>
    public void ThrowIfBroken() => task.GetAwaiter().GetResult();

    private async Task RunAsync(Func<PipelineOperation, CancellationToken, Task> work, CancellationToken cancellationToken)
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
            if (hasProgress) Say(ClearProgress);
            isOver = true;
            news.Set();
        }
    }

    private static void ClearProgress(Cmdlet cmdlet) =>
        cmdlet.WriteProgress(new ProgressRecord(1, Messages.WaitingActivity, Messages.WaitingActivity)
        {
            RecordType = ProgressRecordType.Completed,
        });

    private void Say(Action<Cmdlet> message)
    {
        messages.Enqueue(message);
        news.Set();
    }
}
