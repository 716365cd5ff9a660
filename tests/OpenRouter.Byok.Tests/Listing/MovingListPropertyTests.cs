using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using OpenRouter.Byok.Api;
using Xunit;

namespace OpenRouter.Byok.Tests.Listing;

/// <summary>
/// Whatever others add and remove while a list is read: what was there throughout is shown, and once.
/// </summary>
public sealed class MovingListPropertyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Nothing_that_existed_throughout_is_missed_or_shown_twice(int throttle) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200),
            Prop.ForAll<int>(seed => HoldsAsync(seed, throttle).GetAwaiter().GetResult()));

    private static async Task<bool> HoldsAsync(int seed, int throttle)
    {
        var account = new RestlessAccount(new Random(seed));
        using var transport = new HttpTransport(
            new HttpClient(account),
            new Uri("http://127.0.0.1/api/v1"),
            Secret.Of("k"),
            TimeSpan.FromSeconds(5),
            new RetryPolicy(0),
            new SystemClock());
        using var client = new OpenRouterClient(transport);
        var before = account.Ids;

        var shown = new List<string>();
        var list = new ByokKeyList(client, new ByokKeyQuery { Throttle = throttle }, new IdSet(), new SilentObserver());
        try
        {
            await foreach (var page in list.ReadAsync(CancellationToken.None))
                shown.AddRange(page.Select(static key => key.Id));
        }
        catch (OpenRouterException failure) when (failure.Reason == ErrorReason.InvalidResponse)
        {
            // Given up and said so: that is no silent half result.
            return shown.Distinct().Count() == shown.Count;
        }

        return shown.Distinct().Count() == shown.Count && !before.Intersect(account.Ids).Except(shown).Any();
    }

    /// <summary>An account in which something changes now and then before a page is answered.</summary>
    private sealed class RestlessAccount(Random random) : HttpMessageHandler
    {
        private readonly List<string> ids =
            [.. Enumerable.Range(0, random.Next(0, 700)).Select(static number => $"k{number}")];
        private readonly double unrest = random.NextDouble() * 0.4;
        private int added;

        public IReadOnlyList<string> Ids => [.. ids];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (ids)
            {
                if (random.NextDouble() < unrest) Change();
                var query = request.RequestUri!.Query.TrimStart('?').Split('&').Select(static part => part.Split('='))
                    .ToDictionary(
                        static part => part[0],
                        static part => int.Parse(part[1], System.Globalization.CultureInfo.InvariantCulture));
                var page = ids.Skip(query["offset"])
                    .Take(query["limit"])
                    .Select(static id => $"{{\"id\":\"{id}\",\"provider\":\"openai\"}}");
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent(
                        $"{{\"data\":[{string.Join(',', page)}],\"total_count\":{ids.Count}}}",
                        Encoding.UTF8,
                        "application/json"),
                });
            }
        }

        private void Change()
        {
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                if (random.Next(2) == 0 && ids.Count > 0) ids.RemoveAt(random.Next(ids.Count));
                else ids.Insert(random.Next(ids.Count + 1), $"n{added++}");
            }
        }
    }

    private sealed class SilentObserver : IClientObserver
    {
        public void Answered(RequestSummary request)
        {
        }

        public void Waiting(string reason, TimeSpan delay)
        {
        }

        public void Note(string message)
        {
        }
    }
}
