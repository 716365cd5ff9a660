using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Http;
using Xunit;

namespace OpenRouter.Byok.Tests.Retry;

/// <summary>One limit slows everybody, and the way back is gentle but not endless.</summary>
public sealed class RateGateTests
{
    private readonly FakeClock clock = new();
    private readonly RateGate gate;

    public RateGateTests() => gate = new RateGate(clock);

    [Fact]
    public async Task Nobody_waits_as_long_as_nobody_is_limited()
    {
        await EnterAsync(1000);

        Assert.Empty(clock.Delays);
    }

    [Fact]
    public async Task All_wait_until_the_limit_is_over_then_come_one_by_one_and_ever_closer()
    {
        gate.Close(TimeSpan.FromSeconds(7));

        var entries = await EnterAsync(200);

        Assert.Equal(TimeSpan.FromSeconds(7), entries[0]);
        var gaps = entries.Zip(entries.Skip(1), static (one, next) => next - one).ToList();
        Assert.Equal(TimeSpan.FromMilliseconds(50), gaps[0]);
        Assert.Equal(gaps.OrderDescending(), gaps);
        Assert.Equal(TimeSpan.Zero, gaps[100]);
        Assert.InRange(entries[^1], TimeSpan.FromSeconds(7.9), TimeSpan.FromSeconds(8.1));
    }

    [Fact]
    public async Task Being_limited_again_on_the_way_back_makes_the_way_back_begin_anew()
    {
        gate.Close(TimeSpan.FromSeconds(1));
        await EnterAsync(30);
        gate.Close(TimeSpan.FromSeconds(1));

        var entries = await EnterAsync(2);

        Assert.Equal(TimeSpan.FromMilliseconds(50), entries[1] - entries[0]);
    }

    [Fact]
    public async Task The_longest_of_several_waits_counts()
    {
        gate.Close(TimeSpan.FromSeconds(30));
        gate.Close(TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.FromSeconds(30), (await EnterAsync(1))[0]);
    }

    [Fact]
    public async Task Who_waits_when_another_is_limited_waits_longer()
    {
        var held = new HeldClock();
        var shared = new RateGate(held);
        shared.Close(TimeSpan.FromSeconds(1));
        var waiting = shared.EnterAsync(CancellationToken.None);
        shared.Close(TimeSpan.FromSeconds(5));

        held.Advance(TimeSpan.FromSeconds(1));
        Assert.False(waiting.IsCompleted);
        held.Advance(TimeSpan.FromSeconds(5));

        await waiting;
        Assert.Equal(2, held.Waits);
    }

    [Fact]
    public async Task Even_when_nobody_is_kept_apart_any_more_nobody_comes_before_the_gate_opens()
    {
        var held = new HeldClock();
        var shared = new RateGate(held);
        shared.Close(TimeSpan.FromSeconds(60));

        var crowd = Enumerable.Range(0, 500).Select(_ => shared.EnterAsync(CancellationToken.None)).ToList();

        Assert.DoesNotContain(crowd, static one => one.IsCompleted);
        held.Advance(TimeSpan.FromSeconds(62));
        await Task.WhenAll(crowd);
    }

    [Fact]
    public async Task Waiting_for_one_s_turn_can_be_stopped()
    {
        var held = new HeldClock();
        var shared = new RateGate(held);
        shared.Close(TimeSpan.FromSeconds(60));
        using var stop = new CancellationTokenSource();
        var waiting = shared.EnterAsync(stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    /// <summary>Lets so many in, one after the other, and tells when each came in.</summary>
    private async Task<List<TimeSpan>> EnterAsync(int count)
    {
        var began = clock.UtcNow;
        var entries = new List<TimeSpan>();
        for (var request = 0; request < count; request++)
        {
            await gate.EnterAsync(TestContext.Current.CancellationToken);
            entries.Add(clock.UtcNow - began);
        }

        return entries;
    }

    /// <summary>A clock that stands still until it is moved.</summary>
    private sealed class HeldClock : IClock
    {
        private readonly List<(DateTimeOffset Due, TaskCompletionSource Source)> waiting = [];

        public DateTimeOffset UtcNow { get; private set; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

        public int Waits { get; private set; }

        public Task Delay(TimeSpan delay, CancellationToken cancellationToken)
        {
            Waits++;
            var source = new TaskCompletionSource();
            cancellationToken.Register(() => source.TrySetCanceled(cancellationToken));
            waiting.Add((UtcNow + delay, source));
            return source.Task;
        }

        public void Advance(TimeSpan time)
        {
            UtcNow += time;
            foreach (var due in waiting.Where(one => one.Due <= UtcNow).ToList())
            {
                due.Source.TrySetResult();
            }
        }
    }
}
