using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Benchmarks.Children;

/// <summary>
/// Bare HttpClient, as a good program for this one purpose would use it: as many requests in flight, generated JSON, no
/// retries, no checks that the list held still.
/// </summary>
internal sealed class HttpChild : ContenderChild
{
    private const int PageSize = 100;

    private HttpClient? client;
    private Uri? connected;
    private int throttle;

    protected override void Dispose(bool isDisposing) => client?.Dispose();

    protected override void Connect(Request request)
    {
        throttle = request.Throttle;
        var address = new Uri(request.Uri + "/");
        if (connected == address)
        {
            return;
        }

        connected = address;
        client?.Dispose();
        client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", request.Key);
    }

    protected override int List() => ListAsync().GetAwaiter().GetResult();

    protected override int Discard() => ReadAsync(_ => { }).GetAwaiter().GetResult();

    protected override int Update(Request request) => EachAsync(request.Ids, async (id, stop) =>
    {
        using var body = new ByteArrayContent("{\"name\":\"Renamed\"}"u8.ToArray());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await client!.PatchAsync(new Uri("byok/" + id, UriKind.Relative), body, stop);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync(PlainJson.Default.PlainAnswer, stop);
    }).GetAwaiter().GetResult();

    protected override int Create(Request request) =>
        EachAsync(Enumerable.Range(0, request.Count), async (number, stop) =>
        {
            var wanted = new PlainCreate(
                CreatedKeys.Provider(number), CreatedKeys.Secret(number), CreatedKeys.Name(number));
            using var body = JsonContent.Create(wanted, PlainJson.Default.PlainCreate);
            using var answer = await client!.PostAsync(new Uri("byok", UriKind.Relative), body, stop);
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadFromJsonAsync(PlainJson.Default.PlainAnswer, stop);
        }).GetAwaiter().GetResult();

    // What it takes to know what is there, without a look at what is wanted.
    protected override int Compare(Request request) => List();

    protected override int Apply(Request request) => Update(request);

    private async Task<int> ListAsync()
    {
        var all = new List<PlainKey>();
        await ReadAsync(page => all.AddRange(page.Data));
        return all.Count;
    }

    // The first page tells how many there are; the others are asked for side by side and taken in order.
    private async Task<int> ReadAsync(Action<PlainPage> take)
    {
        var first = await GetPageAsync(0);
        take(first);
        var count = first.Data.Count;
        var ahead = new Queue<Task<PlainPage>>();
        for (var offset = PageSize; ahead.Count > 0 || offset < first.TotalCount;)
        {
            for (; ahead.Count < throttle && offset < first.TotalCount; offset += PageSize)
            {
                ahead.Enqueue(GetPageAsync(offset));
            }

            var page = await ahead.Dequeue();
            take(page);
            count += page.Data.Count;
        }

        return count;
    }

    private async Task<PlainPage> GetPageAsync(int offset)
    {
        var address = new Uri($"byok?offset={offset}&limit={PageSize}", UriKind.Relative);
        return (await client!.GetFromJsonAsync(address, PlainJson.Default.PlainPage))!;
    }

    private async Task<int> EachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, Task<PlainAnswer?>> send)
    {
        var count = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = throttle };
        await Parallel.ForEachAsync(items, options, async (item, stop) =>
        {
            if ((await send(item, stop))?.Data.Id.Length > 0)
            {
                Interlocked.Increment(ref count);
            }
        });
        return count;
    }
}
