using System;
using System.Diagnostics;
using System.Management.Automation;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Pipeline;

/// <summary>Tells how far a command has come once it takes longer than a second. For the pipeline thread.</summary>
internal sealed class OperationProgress(Cmdlet cmdlet, string activity)
{
    private const int ActivityId = 2;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan lastShown;
    private int done;
    private int failed;

    /// <summary>How many there will be, where that is known.</summary>
    public long? Total { get; set; }

    public void Add(int count, bool isFailure = false)
    {
        done += count;
        if (isFailure)
        {
            failed += count;
        }

        var elapsed = watch.Elapsed;
        if (elapsed < Silence || elapsed - lastShown < Pause)
        {
            return;
        }

        lastShown = elapsed;
        cmdlet.WriteProgress(Record(elapsed));
    }

    public void Complete()
    {
        if (lastShown == TimeSpan.Zero)
        {
            return;
        }

        cmdlet.WriteProgress(
            new ProgressRecord(ActivityId, activity, activity) { RecordType = ProgressRecordType.Completed });
    }

    private ProgressRecord Record(TimeSpan elapsed)
    {
        var rate = done / elapsed.TotalSeconds;
        var status = Total is { } all
            ? Messages.Format(Messages.ProgressOfTotal, done, all, rate, failed)
            : Messages.Format(Messages.ProgressSoFar, done, rate, failed);
        var record = new ProgressRecord(ActivityId, activity, status);
        if (Total is { } total && total >= done && rate > 0)
        {
            record.PercentComplete = (int)(100L * done / Math.Max(total, 1));
            record.SecondsRemaining = (int)Math.Ceiling((total - done) / rate);
        }

        return record;
    }
}
