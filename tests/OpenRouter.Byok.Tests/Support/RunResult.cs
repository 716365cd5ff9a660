using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace OpenRouter.Byok.Tests;

/// <summary>What a script wrote, stream by stream.</summary>
internal sealed record RunResult
{
    public const string EndedBy = "__endedBy";

    public required IReadOnlyList<PSObject> Output { get; init; }

    /// <summary>All errors, the one that ended the script last.</summary>
    public required IReadOnlyList<ErrorRecord> Errors { get; init; }

    /// <summary>The error that ended the script, if one did.</summary>
    public required ErrorRecord? Terminating { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<string> Verbose { get; init; }

    public required IReadOnlyList<string> Debug { get; init; }

    public required IReadOnlyList<string> Information { get; init; }

    public required IReadOnlyList<ProgressRecord> Progress { get; init; }

    /// <summary>Everything written to any stream as text, to look for what must not be in it.</summary>
    public string Everything => string.Join('\n',
        [
            .. Output.Select(static item => item?.ToString() ?? ""),
            .. Errors.Select(static error => $"{error} {error.Exception} {error.ErrorDetails} {error.TargetObject}"),
            .. Warnings,
            .. Verbose,
            .. Debug,
            .. Information,
            .. Progress.Select(static record => record.ToString()),
        ]);

    /// <summary>The output, which has to be of one type; and no error.</summary>
    public IReadOnlyList<T> All<T>()
    {
        Assert.Empty(Errors);
        return Output.Select(static item => Assert.IsType<T>(item.BaseObject)).ToList();
    }

    /// <summary>The one output object; and no error.</summary>
    public T Only<T>() => Assert.Single(All<T>());

    /// <summary>The one error, which came without output.</summary>
    public ErrorRecord OnlyError()
    {
        Assert.Empty(Output);
        return Assert.Single(Errors);
    }

    /// <summary>Nothing written, nothing wrong.</summary>
    public void IsSilent()
    {
        Assert.Empty(Errors);
        Assert.Empty(Output);
        Assert.Empty(Warnings);
    }

    internal static RunResult Of(PowerShell shell, IEnumerable<PSObject> output)
    {
        var terminating = shell.Runspace.SessionStateProxy.GetVariable(EndedBy) switch
        {
            PSObject { BaseObject: ErrorRecord wrapped } => wrapped,
            ErrorRecord record => record,
            _ => null,
        };
        var streams = shell.Streams;
        return new RunResult
        {
            Output = [.. output],
            Errors = terminating is null ? [.. streams.Error] : [.. streams.Error, terminating],
            Terminating = terminating,
            Warnings = [.. streams.Warning.Select(static record => record.Message)],
            Verbose = [.. streams.Verbose.Select(static record => record.Message)],
            Debug = [.. streams.Debug.Select(static record => record.Message)],
            Information = [.. streams.Information.Select(static record => record.MessageData?.ToString() ?? "")],
            Progress = [.. streams.Progress],
        };
    }
}
