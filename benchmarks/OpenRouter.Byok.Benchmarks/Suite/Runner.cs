using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Byok.Benchmarks.Children;

namespace OpenRouter.Byok.Benchmarks.Suite;

/// <summary>Lets every contender do every work, round by round, each round beginning with another contender.</summary>
/// <param name="contenders">Who takes part.</param>
/// <param name="server">The server process.</param>
/// <param name="folder">A folder for files, which the caller deletes.</param>
internal sealed class Runner(ContenderList contenders, ChildProcess server, string folder) : IDisposable
{
    private const int WarmUps = 3;

    private readonly string file = Path.Combine(folder, "openrouter.json");
    private readonly Dictionary<string, ChildProcess> residents = [];
    private readonly Dictionary<(int Keys, int LatencyMs), Place> servers = [];

    // A process of its own, so that what it leaves in memory burdens no contender.
    private ChildProcess? exporter;

    public async Task<Results> RunAsync(IReadOnlyList<Work> works, int rounds)
    {
        await WarmUpAsync(works);
        var results = new Results();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var work in works)
            {
                Console.Write($"\rRound {round + 1} of {rounds}: {work.Name,-30}");
                var taking = Taking(work);
                for (var turn = 0; turn < taking.Count; turn++)
                {
                    var contender = taking[(turn + round) % taking.Count];
                    var reply = await MeasureAsync(work, contender);
                    foreach (var row in work.Rows)
                    {
                        if (row.Value(reply) is { } value)
                        {
                            results.Add(row, contender.Name, value);
                        }
                    }
                }
            }
        }

        Console.WriteLine($"\r{"",-60}");
        return results;
    }

    public void Dispose()
    {
        exporter?.Dispose();
        foreach (var child in residents.Values)
        {
            child.Dispose();
        }
    }

    /// <summary>Who can do a work at all.</summary>
    public static bool CanDo(Work work, string contender) => work.OnlyFor?.Contains(contender)
        ?? (contender == Contenders.Module || !Contenders.Modules.Contains(contender));

    private List<Contender> Taking(Work work) =>
        [.. contenders.All.Where(contender => contender.Command is not null && CanDo(work, contender.Name))];

    // Resident contenders are measured warm: they have done the same on a server without latency before.
    private async Task WarmUpAsync(IReadOnlyList<Work> works)
    {
        foreach (var work in works.Where(work => !work.IsFresh))
        {
            Console.Write($"\rWarming up: {work.Name,-30}");
            var small = work with
            {
                Keys = Math.Min(work.Keys, 1000),
                LatencyMs = 0,
                Count = Math.Min(work.Count, 1000),
            };
            for (var time = 0; time < WarmUps; time++)
            {
                foreach (var contender in Taking(work))
                {
                    await MeasureAsync(small, contender);
                }
            }
        }
    }

    private async Task<Reply> MeasureAsync(Work work, Contender contender)
    {
        var place = await PlaceAsync(work);
        var request = new Request(work.Do, place.Uri, place.Key)
        {
            Count = work.Count,
            Ids = work.Do is "update" or "apply" ? place.Ids : [],
            Primer = work.IsPrimed ? contenders.Primer : null,
            File = file,
        };
        if (work.Export is { } export && contender.Name == Contenders.Module)
        {
            exporter ??= new ChildProcess(contender.Name, contender.Command!);
            await AskAsync(exporter, request with { Do = export }, work, contender);
        }

        using var fresh = work.IsFresh ? new ChildProcess(contender.Name, contender.Command!) : null;
        var reply = await AskAsync(fresh ?? Resident(contender), request, work, contender);
        return reply.Count == work.Count
            ? reply
            : throw new InvalidOperationException(
                $"{contender.Name}, {work.Name}: {reply.Count} instead of {work.Count}.");
    }

    private static async Task<Reply> AskAsync(ChildProcess child, Request request, Work work, Contender contender)
    {
        var reply = await child.AskAsync(request, Protocol.Default.Request, Protocol.Default.Reply);
        return reply.Error is null
            ? reply
            : throw new InvalidOperationException($"{contender.Name}, {work.Name}: {reply.Error}");
    }

    private ChildProcess Resident(Contender contender)
    {
        if (!residents.TryGetValue(contender.Name, out var child))
        {
            residents.Add(contender.Name, child = new ChildProcess(contender.Name, contender.Command!));
        }

        return child;
    }

    private async Task<Place> PlaceAsync(Work work)
    {
        if (!servers.TryGetValue((work.Keys, work.LatencyMs), out var place))
        {
            var reply = await server.AskAsync(
                new ServerRequest(work.Keys, work.LatencyMs),
                Protocol.Default.ServerRequest,
                Protocol.Default.ServerReply);
            place = new Place(reply.Uri, reply.Key, await Listing.IdsAsync(reply, most: 1000));
            servers.Add((work.Keys, work.LatencyMs), place);
        }

        return place;
    }

    private sealed record Place(string Uri, string Key, IReadOnlyList<string> Ids);
}
