using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Flow;

/// <summary>What takes longer than a second tells how far it has come; what is short says nothing.</summary>
[Collection(NonParallel.Name)]
public sealed class ProgressTests : IClassFixture<SandboxShell>
{
    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;
    private readonly string[] ids;

    public ProgressTests(SandboxShell sandbox)
    {
        (server, shell) = (sandbox.Reset().Server, sandbox.Shell);
        server.Store.ReplaceCredentials(GeneratedCredentials.Create(2100));
        ids = [.. server.Store.Credentials.Take(18).Select(static key => key.Id.ToString())];
    }

    [Fact]
    public void Many_ids_are_counted_down_with_rate_failures_and_time_left()
    {
        AnswerAfter(TimeSpan.FromMilliseconds(100));

        var records = Progress(
            "Disable-OpenRouterByokKey -Id (@('..', $missing) + $ids) -ThrottleLimit 1 -ErrorAction Ignore");

        Assert.All(records, static record => Assert.Equal("Disable-OpenRouterByokKey", record.Activity));
        Assert.All(
            records,
            static record => Assert.Matches(@"^\d+ of 20, \d+ per second, 2 failed$", record.StatusDescription));
        Assert.All(records, static record => Assert.InRange(record.PercentComplete, 5, 100));
        Assert.All(records, static record => Assert.InRange(record.SecondsRemaining, 0, 60));
    }

    [Fact]
    public void How_many_the_pipeline_will_bring_is_not_known()
    {
        AnswerAfter(TimeSpan.FromMilliseconds(100));

        var records = Progress(
            "$missing, $ids | ForEach-Object { $_ } | Enable-OpenRouterByokKey -ThrottleLimit 1 -ErrorAction Ignore");

        Assert.All(
            records,
            static record => Assert.Matches(@"^\d+ done, \d+ per second, 1 failed$", record.StatusDescription));
        Assert.All(records, static record => Assert.Equal((-1, -1), (record.PercentComplete, record.SecondsRemaining)));
    }

    [Fact]
    public void A_list_is_counted_by_credentials()
    {
        AnswerAfter(TimeSpan.FromMilliseconds(100));

        var records = Progress("Get-OpenRouterByokKey -ThrottleLimit 1");

        Assert.All(
            records,
            static record => Assert.Matches(
                @"^[\d,]+ of 2,100, [\d,]+ per second, 0 failed$", record.StatusDescription));
        Assert.Equal(
            records.Select(static record => record.PercentComplete).Order(),
            records.Select(static record => record.PercentComplete));
    }

    [Theory]
    [InlineData("Get-OpenRouterByokKey -First 100")]
    [InlineData("Disable-OpenRouterByokKey $ids")]
    [InlineData("Get-OpenRouterByokKey -Id $ids | Enable-OpenRouterByokKey")]
    public void Short_work_says_nothing(string script) => Assert.Empty(shell.Run(script, new { ids }).Progress);

    // Those of the work itself; the last one must take the bar away.
    private List<ProgressRecord> Progress(string script)
    {
        var records = shell.Run(script, new { ids, missing = Samples.OtherId }).Progress;

        Assert.Equal(ProgressRecordType.Completed, records[^1].RecordType);
        var shown = records.Where(static record => record.RecordType == ProgressRecordType.Processing).ToList();
        // Four times a second at most.
        Assert.InRange(shown.Count, 1, 60);
        Assert.Equal(shown.Count, records.Count - 1);
        return shown;
    }

    private void AnswerAfter(TimeSpan delay) => server.Intercept = async context =>
    {
        await Task.Delay(delay, context.RequestAborted);
        return false;
    };
}
