using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Tests.Shell;
using OpenRouter.Sandbox.Server;
using Xunit;
using static OpenRouter.Byok.Tests.Configuration.ConfigurationWorld;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Sync over a network that fails, and Sync that is interrupted.</summary>
public sealed class SyncNetworkTests(ConfigurationWorld shared) : IClassFixture<ConfigurationWorld>
{
    private readonly ConfigurationWorld world = shared.Emptied();

    [Theory]
    [InlineData(1, 12)]
    [InlineData(2, 12)]
    [InlineData(3, 0)]
    public void Two_hundred_changes_end_as_planned_or_the_error_says_what_is_missing(int seed, int retries)
    {
        var names = Enumerable.Range(0, 200).Select(static number => $"Number {number:000}").ToList();
        world.Write(names.Take(120).Select(static name => Entry(name)));
        Assert.Empty(world.Sync().Errors);
        // 80 to create, 80 to update, 40 to remove.
        world.Write(names.Skip(40).Select(static name => Entry(name, "\"isRequired\": true")));
        world.Server.Faults = FaultPlan.Parse(
            $"lost-after=0.06,lost-before=0.06,unavailable=0.04,garbage=0.04,retry-after=0,seed={seed}");

        var removedAfterFailure = false;
        for (var round = 0; ; round++)
        {
            Assert.InRange(round, 0, 300);
            using var session = FastRetrySession.For(world.Server, retries);
            var before = world.Credentials.Count();
            var result = world.Sync("-Prune Remove -Session $session", new { session });
            if (result.Terminating is null)
            {
                break;
            }

            // With no retry, the list itself may not be readable: then nothing was changed.
            if (!result.Terminating.FullyQualifiedErrorId.StartsWith(
                "OpenRouterByok.ConfigurationIncomplete", StringComparison.Ordinal))
            {
                Assert.Empty(result.Output);
                continue;
            }

            var failed = result.Output.Select(static one => (ByokConfigurationChange)one.BaseObject)
                .Where(static change => change.Status == ByokConfigurationStatus.Failed).ToList();
            Assert.NotEmpty(failed);
            Assert.All(failed, change => Assert.Contains(
                $"'{change.Name}'", result.Terminating.Exception.Message, StringComparison.Ordinal));
            removedAfterFailure |= before > 0 && failed.Exists(static change => !change.IsPruning)
                && result.Output.Any(static one => ((ByokConfigurationChange)one.BaseObject) is
                    { IsPruning: true, Status: ByokConfigurationStatus.Completed });
        }

        Assert.False(removedAfterFailure);
        world.Server.Faults = null;
        Assert.Equal(
            names.Skip(40), world.Credentials.Select(static one => one.Name!).Order(StringComparer.Ordinal));
        Assert.All(world.Credentials, static one => Assert.True(one.IsRequired));
    }

    [Fact]
    public async Task A_canceled_run_is_completed_by_the_next_one()
    {
        // One to update, two to create, one to remove, and the list before them.
        for (var requests = 0; requests < 6; requests++)
        {
            Begin();
            await CancelAtAsync(requests);

            AssertNothingDoubled(requests);
            Assert.Empty(world.Sync("-Prune Remove").Errors);
            AssertDone();
        }
    }

    [Fact]
    public async Task A_killed_process_leaves_what_the_next_one_completes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals that a process can send to another one.");
        for (var requests = 0; requests < 6; requests++)
        {
            Begin();
            await KillAtAsync(requests);

            AssertNothingDoubled(requests);
            Assert.Empty(world.Sync("-Prune Remove").Errors);
            AssertDone();
        }
    }

    private void Begin()
    {
        world.Emptied().Write(Entry("Extra"), Entry("Changed"));
        Assert.Empty(world.Sync().Errors);
        world.Write(Entry("Changed", "\"isRequired\": true"), Entry("New 1"), Entry("New 2"));
    }

    private async Task CancelAtAsync(int requests)
    {
        var (held, release) = Hold(requests);
        using (var running = world.Shell.Start(
            $"Sync-OpenRouterByokConfiguration '{world.File}' -Prune Remove -ThrottleLimit 1"))
        {
            await Task.WhenAny(held, Until(() => running.IsOver));
            running.Stop();
        }

        release();
    }

    private async Task KillAtAsync(int requests)
    {
        var script = System.IO.Path.Combine(world.Folder, "sync.ps1");
        await System.IO.File.WriteAllTextAsync(
            script,
            $$"""
            Connect-OpenRouter (ConvertTo-SecureString '{{world.Server.ManagementKey}}' -AsPlainText -Force) `
                -BaseUri {{world.Server.BaseUri}} -SkipCheck
            Sync-OpenRouterByokConfiguration '{{world.File}}' -Prune Remove -ThrottleLimit 1
            """,
            TestContext.Current.CancellationToken);
        var (held, release) = Hold(requests);
        using var process = SandboxProcess.Start("run", "--embedded", script);
        var ended = process.ToEndAsync();
        if (await Task.WhenAny(held, ended) == held)
        {
            process.Signal(9);
        }

        await ended;
        release();
    }

    // The request after so many reaches the account, but its response never comes.
    private (Task Held, Action Release) Hold(int requests)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = 0;
        world.Server.Intercept = async context =>
        {
            if (Interlocked.Increment(ref count) == requests + 1)
            {
                held.TrySetResult();
                await Task.WhenAny(Task.Delay(Timeout.Infinite, context.RequestAborted));
                context.Abort();
                return true;
            }

            return false;
        };
        return (held.Task, () => world.Server.Intercept = null);
    }

    private static async Task Until(Func<bool> isOver)
    {
        while (!isOver())
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private void AssertNothingDoubled(int requests)
    {
        var names = world.Credentials.Select(static one => one.Name).ToList();
        Assert.Equal(names.Distinct(), names);
        // The list, two to create, one to update: only then is anything removed.
        if (requests < 4)
        {
            Assert.Contains("Extra", names);
        }
    }

    private void AssertDone()
    {
        Assert.Equal(
            ["Changed", "New 1", "New 2"],
            world.Credentials.Select(static one => one.Name!).Order(StringComparer.Ordinal));
        Assert.True(world.Credentials.Single(static one => one.Name == "Changed").IsRequired);
    }
}
