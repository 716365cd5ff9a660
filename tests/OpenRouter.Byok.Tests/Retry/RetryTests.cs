using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace OpenRouter.Byok.Tests.Retry;

/// <summary>Repeating as a user sees it.</summary>
public sealed class RetryTests : IClassFixture<ScriptedShell>
{
    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public RetryTests(ScriptedShell scripted) =>
        (server, shell) = (scripted.Reset("-MaximumRetryCount 2").Server, scripted.Shell);

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Id $id")]
    [InlineData("Set-OpenRouterByokKey $id -NewName x -PassThru")]
    [InlineData("Disable-OpenRouterByokKey $id -PassThru")]
    public void A_passing_trouble_is_not_an_error(string script)
    {
        server.Then(
            Response.Error(429, "Slow down", "Retry-After: 0"),
            Response.Error(503, "Busy", "retry-after-ms: 0"),
            Response.Json(Samples.Published));

        shell.Run(script, new { id = Samples.Id }).Only<ByokKey>();

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public void A_repetition_sends_the_same_request()
    {
        server.Then(Response.Error(429, "Slow down", "Retry-After: 0"), Response.Json(Samples.Published));

        shell.Run("Set-OpenRouterByokKey $id -NewName x -Key $key", new { id = Samples.Id, key = Secret.Of("sk-1") })
            .IsSilent();

        Assert.Equal(server.Requests[0], server.Requests[1]);
    }

    [Fact]
    public void Seconds_are_waited_and_told_of()
    {
        server.Then(Response.Error(429, "Rate limit exceeded", "Retry-After: 1"), Response.Json(Samples.Published));
        var watch = Stopwatch.StartNew();

        var result = shell.Run("Get-OpenRouterByokKey -Id $id -Verbose", new { id = Samples.Id });

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.95), TimeSpan.FromSeconds(10));
        Assert.Contains(
            result.Verbose,
            static line => line.EndsWith(
                "Rate limit exceeded. Retrying in 1.0 seconds.", StringComparison.Ordinal));
        var waiting = result.Progress.Where(static record => record.Activity == "Waiting for OpenRouter").ToList();
        Assert.Equal(
            [ProgressRecordType.Processing, ProgressRecordType.Completed],
            waiting.Select(static record => record.RecordType));
        Assert.Equal(1, waiting[0].SecondsRemaining);
    }

    [Fact]
    public void Giving_up_says_how_often_it_was_tried()
    {
        server.DefaultResponse = static _ => Response.Error(429, "Slow down", "Retry-After: 0");

        var error = shell.Run("Get-OpenRouterByokKey -Id $id", new { id = Samples.Id }).OnlyError();

        Assert.Equal("OpenRouterByok.RateLimited", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.EndsWith("Slow down. The request was attempted 3 times.", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData("Set-OpenRouterByokKey -Id $id -Disabled -PassThru")]
    [InlineData("Enable-OpenRouterByokKey -Id $id -PassThru")]
    public void A_change_that_met_another_one_is_tried_again(string script)
    {
        server.Then(
            Response.Error(409, "Concurrent modification", "Retry-After: 0"),
            Response.Error(409, "Concurrent modification", "Retry-After: 0"),
            Response.Json(Samples.Published));

        shell.Run(script, new { id = Samples.Id }).Only<ByokKey>();

        Assert.Equal(["PATCH", "PATCH", "PATCH"], server.Requests.Select(static request => request.Method));
    }

    [Fact]
    public void A_change_that_keeps_meeting_others_ends_as_a_conflict()
    {
        server.DefaultResponse = static _ => Response.Error(409, "Concurrent modification", "Retry-After: 0");

        var error = shell.Run("Set-OpenRouterByokKey -Id $id -Disabled", new { id = Samples.Id }).OnlyError();

        Assert.Equal("OpenRouterByok.Conflict", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.EndsWith("The request was attempted 3 times.", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("current state", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_that_met_another_one_waits_as_asked_and_says_so()
    {
        server.Then(Response.Error(409, "Concurrent modification", "Retry-After: 1"), Response.Json(Samples.Published));

        var result = shell.Run("Set-OpenRouterByokKey -Id $id -Disabled -Verbose", new { id = Samples.Id });

        Assert.Empty(result.Errors);
        Assert.Contains(
            result.Verbose,
            static line => line.EndsWith(
                "Concurrent modification. Retrying in 1.0 seconds.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_change_that_is_forbidden_is_not_tried_again()
    {
        server.DefaultResponse = static _ => Response.Error(403, "Not allowed");

        var error = shell.Run("$id | Set-OpenRouterByokKey -Disabled -PassThru", new { id = Samples.Id }).OnlyError();

        Assert.Equal("OpenRouterByok.Forbidden", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(ErrorCategory.PermissionDenied, error.CategoryInfo.Category);
        Assert.Equal(Samples.Id, error.TargetObject);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Id $id")]
    [InlineData("Remove-OpenRouterByokKey -Id $id -Confirm:$false")]
    [InlineData("New-OpenRouterByokKey openai $key")]
    public void Only_a_change_is_repeated_after_a_conflict(string script)
    {
        server.DefaultResponse = static _ => Response.Error(409, "Conflict", "Retry-After: 0");

        var error = shell.Run(script, new { id = Samples.Id, key = Secret.Of("k") }).OnlyError();

        Assert.Equal("OpenRouterByok.Conflict", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void A_lost_connection_is_tried_again()
    {
        server.Then(Response.ResetAfterReading, Response.Json(Samples.Published));

        shell.Run("Get-OpenRouterByokKey -Id $id", new { id = Samples.Id }).Only<ByokKey>();

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public void A_removal_that_was_repeated_and_finds_nothing_is_silent()
    {
        server.Then(Response.Error(502, "Bad gateway", "Retry-After: 0"), Response.Error(404, "Resource not found"));

        shell.Run("Remove-OpenRouterByokKey $id -Confirm:$false", new { id = Samples.Id }).IsSilent();
    }

    [Fact]
    public void A_create_that_was_limited_is_sent_once_more()
    {
        server.Then(Response.Error(429, "Slow down", "Retry-After: 0"), Response.Json(Samples.Published, status: 201));

        shell.Run("New-OpenRouterByokKey openai $key", new { key = Secret.Of("k") }).Only<ByokKey>();

        Assert.Equal(["POST", "POST"], server.Requests.Select(static request => request.Method));
    }

    [Fact]
    public void Without_repetitions_the_first_failure_is_the_last()
    {
        shell.Connect(server.BaseUri, ScriptedServer.Key, "-MaximumRetryCount 0");
        server.Then(Response.Error(503, "Busy", "Retry-After: 0"));

        var error = shell.Run("Get-OpenRouterByokKey -Id $id", new { id = Samples.Id }).OnlyError();

        Assert.DoesNotContain("was attempted", error.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }
}
