using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Benchmarks.Suite;

/// <summary>A process that answers each line of JSON with one.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(5);

    private readonly Process process;
    private readonly StringBuilder complaints = new();
    private readonly string name;

    public ChildProcess(string name, IReadOnlyList<string> command)
    {
        this.name = name;
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        // The children talk to the server they are told, whatever the developer's own account is.
        foreach (var variable in new[] { "OPENROUTER_MANAGEMENT_KEY", "OPENROUTER_API_KEY", "OPENROUTER_BASE_URL" })
        {
            start.Environment.Remove(variable);
        }

        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (complaints)
            {
                complaints.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
    }

    /// <exception cref="InvalidOperationException">The process ended or answers nothing that can be read.</exception>
    public async Task<TReply> AskAsync<TRequest, TReply>(
        TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TReply> replyType)
    {
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request, requestType));
        await process.StandardInput.FlushAsync();
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeLimit);
        if (line is null)
        {
            throw new InvalidOperationException($"{name} ended without an answer. {Complaints()}");
        }

        return JsonSerializer.Deserialize(line, replyType)!;
    }

    public void Dispose()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (System.IO.IOException)
        {
            // It is gone already.
        }

        if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private string Complaints()
    {
        lock (complaints)
        {
            return complaints.ToString().Trim();
        }
    }
}
