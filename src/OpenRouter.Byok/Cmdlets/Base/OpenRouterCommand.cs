using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Cmdlets.Pipeline;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Base;

/// <summary>What all cmdlets share: stopping, and failures as error records.</summary>
public abstract class OpenRouterCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private OperationQueue? work;

    private protected OpenRouterCommand()
    {
    }

    private OperationQueue Work =>
        work ??= new OperationQueue(this, stop.Token, new OperationProgress(this, MyInvocation.InvocationName));

    /// <summary>How many operations may be on their way at once.</summary>
    private protected virtual int MaximumConcurrency => 1;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => EndOnFailure(Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => EndOnFailure(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => EndOnFailure(() =>
    {
        End();
        Finish();
    });

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => stop.Cancel();

    /// <summary>Frees what the cmdlet holds.</summary>
    protected virtual void Dispose(bool isDisposing)
    {
        if (!isDisposing)
        {
            return;
        }

        work?.Dispose();
        stop.Dispose();
    }

    private protected virtual void Begin()
    {
    }

    private protected virtual void Process()
    {
    }

    /// <summary>Comes when the pipeline has brought everything; work that was begun may still be under way.</summary>
    private protected virtual void End()
    {
    }

    /// <summary>
    /// Runs an operation beside those before it. Whatever it says comes out in the order of the calls; when as many as
    /// may are on their way, this waits for one of them.
    /// </summary>
    private protected void Run(object? target, Func<PipelineOperation, CancellationToken, Task> operation)
    {
        Work.Start(target, operation);
        Work.WaitForCapacity(MaximumConcurrency);
    }

    /// <summary>Tells the progress how many operations there will be.</summary>
    private protected void Expect(int operations) => Work.Progress!.Total = operations;

    /// <summary>
    /// Runs an operation beside those before it, and waits for what it finds out; they go on meanwhile.
    /// </summary>
    /// <exception cref="OpenRouterException">The operation failed.</exception>
    private protected T Await<T>(Func<PipelineOperation, CancellationToken, Task<T>> operation) =>
        Await(operation, progress: null);

    /// <summary>The same, where progress shows how much was read.</summary>
    private protected T AwaitWithProgress<T>(Func<PipelineOperation, CancellationToken, Task<T>> operation)
    {
        var progress = new OperationProgress(this, MyInvocation.InvocationName);
        try
        {
            return Await(operation, progress);
        }
        finally
        {
            progress.Complete();
        }
    }

    /// <summary>Whether nothing is to be changed, because of -WhatIf or of $WhatIfPreference.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    private T Await<T>(
        Func<PipelineOperation, CancellationToken, Task<T>> operation, OperationProgress? progress)
    {
        var found = default(T);
        OpenRouterException? failure = null;
        using var wait = new OperationQueue(this, stop.Token, progress);
        wait.Start(target: null, async (output, cancellationToken) =>
        {
            try
            {
                found = await operation(output, cancellationToken).ConfigureAwait(false);
            }
            catch (OpenRouterException caught)
            {
                failure = caught;
            }
        });
        wait.Drain();
        return failure is null ? found! : throw failure;
    }

    /// <summary>Runs an operation, after those before it, and waits for what it finds. Its failure is thrown.</summary>
    private protected T RunNow<T>(Func<PipelineOperation, CancellationToken, Task<T>> operation)
    {
        Finish();
        return Await(operation);
    }

    /// <summary>Waits until everything that was begun has said all it has to say.</summary>
    private protected void Finish()
    {
        work?.Drain();
        work?.Progress?.Complete();
    }

    /// <summary>Whether the parameter was given, be it as $null.</summary>
    private protected bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Asks as PowerShell does, about what can neither break the line nor steer the terminal.</summary>
    private protected new bool ShouldProcess(string target, string action) =>
        base.ShouldProcess(DisplayText.Escape(target), DisplayText.Escape(action));

    // A failure that gets this far concerns the whole command; that of one item ends in WriteError before.
    private void EndOnFailure(Action step)
    {
        try
        {
            step();
        }
        catch (OpenRouterException failure)
        {
            ThrowTerminatingError(ErrorRecordFactory.Create(failure, targetObject: null));
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
}
