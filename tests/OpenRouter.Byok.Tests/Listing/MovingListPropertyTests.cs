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
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;
using Xunit;

namespace OpenRouter.Byok.Tests.Listing;

/// <summary>
/// Whatever is added and removed while a list is read, by others or by the session itself: what was there throughout is
/// shown, and once.
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

    [Theory]
    [InlineData(1, Order.Kept)]
    [InlineData(8, Order.Kept)]
    [InlineData(64, Order.Kept)]
    [InlineData(1, Order.NewestFirst)]
    [InlineData(8, Order.NewestFirst)]
    [InlineData(8, Order.Anyhow)]
    public void Whatever_the_session_itself_changes_the_list_is_whole(int throttle, Order order) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(150),
            Prop.ForAll<int>(seed => IsWholeAsync(seed, throttle, order).GetAwaiter().GetResult()));

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Neither_is_anything_missed_when_others_change_the_list_as_well(int throttle) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200),
            Prop.ForAll<int>(seed => HoldsWithBothAsync(seed, throttle).GetAwaiter().GetResult()));

    private static async Task<bool> HoldsAsync(int seed, int throttle)
    {
        var account = new RestlessAccount(new Random(seed), Order.Anyhow) { OthersUnrest = 0.4 };
        using var reading = new Reading(account);
        var before = account.Ids;

        var isWhole = await reading.ReadAsync(throttle, static _ => { });

        // Given up and said so is no silent half result.
        return reading.HasNothingTwice && (!isWhole || !before.Intersect(account.Ids).Except(reading.Shown).Any());
    }

    private static async Task<bool> IsWholeAsync(int seed, int throttle, Order order)
    {
        var random = new Random(seed);
        var account = new RestlessAccount(new Random(seed), order);
        using var reading = new Reading(account);
        var before = account.Ids;

        // Whoever read it again, or gave up, would have taken its own changes for those of others.
        return await reading.ReadAsync(throttle, page => reading.Change(page, random))
            && reading.Notes.Count == 0
            && reading.HasNothingTwice
            && !reading.Shown.Intersect(account.Created).Any()
            && !before.Except(reading.Shown).Any();
    }

    private static async Task<bool> HoldsWithBothAsync(int seed, int throttle)
    {
        var random = new Random(seed);
        var account = new RestlessAccount(new Random(seed), Order.Anyhow) { OthersUnrest = 0.05 };
        using var reading = new Reading(account);
        var before = account.Ids;

        var isWhole = await reading.ReadAsync(throttle, page => reading.Change(page, random));

        return reading.HasNothingTwice
            && !reading.Shown.Intersect(account.Created).Any()
            && (!isWhole || !before.Except(account.RemovedByOthers).Except(reading.Shown).Any());
    }

    /// <summary>Where in the list what is new comes.</summary>
    public enum Order
    {
        /// <summary>At the end.</summary>
        Kept,

        /// <summary>At the beginning.</summary>
        NewestFirst,

        /// <summary>Somewhere.</summary>
        Anyhow,
    }

    /// <summary>One session that reads the list, and changes the account meanwhile.</summary>
    private sealed class Reading : IDisposable
    {
        private readonly HttpTransport transport;
        private readonly OpenRouterClient client;
        private readonly List<Task> changes = [];
        private readonly RecordingObserver observer = new();

        public Reading(RestlessAccount account)
        {
            transport = new HttpTransport(
                new HttpClient(account),
                new Uri("http://127.0.0.1/api/v1"),
                Secret.Of("k"),
                TimeSpan.FromSeconds(60),
                new RetryPolicy(0),
                new SystemClock());
            client = new OpenRouterClient(transport);
        }

        public List<string> Shown { get; } = [];

        /// <summary>What was said of it.</summary>
        public List<string> Notes => observer.Messages;

        public bool HasNothingTwice => Shown.Distinct().Count() == Shown.Count;

        /// <summary>Whether it was read to its end.</summary>
        public async Task<bool> ReadAsync(int throttle, Action<IReadOnlyList<ByokKey>> use)
        {
            var pages = client.ReadByokKeysAsync(
                new ByokKeyQuery { Throttle = throttle }, observer, CancellationToken.None);
            try
            {
                await foreach (var page in pages)
                {
                    Shown.AddRange(page.Items.Select(static key => key.Id));
                    use(page.Items);
                    // Sometimes all is over when the next page is asked for, and sometimes nothing.
                    if (page.Items.Count % 2 == 0)
                    {
                        await Task.WhenAll(changes);
                    }
                }

                return true;
            }
            catch (OpenRouterException failure) when (failure.Reason == ErrorReason.InvalidResponse)
            {
                return false;
            }
            finally
            {
                await Task.WhenAll(changes);
            }
        }

        /// <summary>Removes some of the page and creates some others, side by side.</summary>
        public void Change(IReadOnlyList<ByokKey> page, Random random)
        {
            var (removed, created) = (random.Next(3) / 2.0, Math.Max(0, random.Next(8) - 3));
            foreach (var key in page)
            {
                if (random.NextDouble() < removed)
                {
                    changes.Add(RemoveAsync(key.Id));
                }

                for (var number = random.Next(created + 1); number > 0; number--)
                {
                    changes.Add(CreateAsync());
                }
            }
        }

        public void Dispose()
        {
            client.Dispose();
            transport.Dispose();
        }

        private async Task RemoveAsync(string id)
        {
            await Task.Yield();
            try
            {
                await client.DeleteByokKeyAsync(id, new RecordingObserver(), CancellationToken.None);
            }
            catch (OpenRouterException failure) when (failure.Reason == ErrorReason.NotFound)
            {
                // Others were faster.
            }
        }

        private async Task CreateAsync()
        {
            await Task.Yield();
            var key = new NewByokKey("openai", Secret.Of("sk-new"), null, new ByokKeyChanges());
            await client.CreateByokKeyAsync(key, new RecordingObserver(), CancellationToken.None);
        }
    }

    /// <summary>An account in which others change something now and then before a page is answered.</summary>
    private sealed class RestlessAccount(Random random, Order order) : HttpMessageHandler
    {
        private readonly List<string> ids =
            [.. Enumerable.Range(0, random.Next(0, 700)).Select(static number => IdOf(1, number))];

        private double unrest;
        private int added;

        /// <summary>How often others change something, at most.</summary>
        public double OthersUnrest
        {
            init => unrest = random.NextDouble() * value;
        }

        public IReadOnlyList<string> Ids
        {
            get
            {
                lock (ids)
                {
                    return [.. ids];
                }
            }
        }

        /// <summary>What the session created.</summary>
        public HashSet<string> Created { get; } = [];

        public HashSet<string> RemovedByOthers { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // Requests overtake each other, and so do their answers.
            if (IsChance())
            {
                await Task.Yield();
            }

            var answer = request.Method.Method switch
            {
                "POST" => Create(),
                "DELETE" => Delete(request.RequestUri!.Segments[^1]),
                _ => List(request.RequestUri!.Query),
            };
            if (IsChance())
            {
                await Task.Yield();
            }

            return answer;
        }

        private bool IsChance()
        {
            lock (ids)
            {
                return random.Next(2) == 0;
            }
        }

        private HttpResponseMessage Create()
        {
            lock (ids)
            {
                var id = IdOf(2, added++);
                Created.Add(id);
                Insert(id);
                return Response(HttpStatusCode.Created, $"{{\"data\":{Credential(id)}}}");
            }
        }

        private HttpResponseMessage Delete(string id)
        {
            lock (ids)
            {
                return ids.Remove(id)
                    ? Response(HttpStatusCode.OK, """{"deleted":true}""")
                    : Response(HttpStatusCode.NotFound, """{"error":{"message":"Resource not found"}}""");
            }
        }

        private HttpResponseMessage List(string queryString)
        {
            lock (ids)
            {
                if (random.NextDouble() < unrest)
                {
                    Change();
                }

                var query = queryString.TrimStart('?').Split('&').Select(static part => part.Split('='))
                    .ToDictionary(
                        static part => part[0],
                        static part => int.Parse(part[1], System.Globalization.CultureInfo.InvariantCulture));
                var page = ids.Skip(query["offset"]).Take(query["limit"]).Select(Credential);
                return Response(
                    HttpStatusCode.OK, $"{{\"data\":[{string.Join(',', page)}],\"total_count\":{ids.Count}}}");
            }
        }

        private void Change()
        {
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                if (random.Next(2) == 0 && ids.Count > 0)
                {
                    var index = random.Next(ids.Count);
                    RemovedByOthers.Add(ids[index]);
                    ids.RemoveAt(index);
                }
                else
                {
                    Insert(IdOf(3, added++));
                }
            }
        }

        private void Insert(string id) => ids.Insert(
            order switch { Order.Kept => ids.Count, Order.NewestFirst => 0, _ => random.Next(ids.Count + 1) }, id);

        private static string IdOf(byte kind, int number) =>
            new Guid(number, 0, 0, [kind, 0, 0, 0, 0, 0, 0, 0]).ToString();

        private static string Credential(string id) => $"{{\"id\":\"{id}\",\"provider\":\"openai\"}}";

        private static HttpResponseMessage Response(HttpStatusCode status, string body) => new(status)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
    }
}
