using System;
using System.Linq;
using OpenRouter.Sandbox.Server;
using Xunit;
using static OpenRouter.Byok.Tests.Testing.TestAccount;

namespace OpenRouter.Byok.Tests.Testing;

/// <summary>What a test says of a credential, and that it says no more than it knows.</summary>
public sealed class TestOutcomeTests(SandboxShell sandbox) : IClassFixture<SandboxShell>
{
    private const string Test = "Get-OpenRouterByokKey -Provider openai | Test-OpenRouterByokKey -ApiKey $apiKey";

    private readonly TestAccount world = new(sandbox.Reset());

    [Fact]
    public void One_that_works_passes()
    {
        var id = world.Hold(SandboxUpstream.Serves)[0];

        var result = world.Run(Test).Only<ByokKeyTestResult>();

        Assert.Equal(
            (id.ToString(), "Key 0", "openai", ByokKeyTestOutcome.Passed, true),
            (result.KeyId, result.Name, result.Provider, result.Outcome, result.Passed));
        Assert.Equal(
            (true, 200, 200, ByokKeyAttribution.Yes),
            (result.IsByok, result.Status, result.UpstreamStatus, result.IsThisKey));
        Assert.Equal(("key accepted", "openai/gpt-4o-mini"), (result.Meaning, result.Model));
        Assert.Equal("It is the only credential that the request can use.", result.Explanation);
        Assert.StartsWith("gen-", result.GenerationId, StringComparison.Ordinal);
        Assert.InRange(result.Latency!.Value, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(30));
        // Five prompt tokens at 0.15 and one token at 0.6 USD a million, and the fee of 5 percent.
        Assert.Equal(0.0000014175m, result.Cost);
        Assert.Equal("Key 0 (openai): Passed", result.ToString());
    }

    [Theory]
    [InlineData(nameof(SandboxUpstream.Revoked), 401, "key revoked or invalid")]
    [InlineData(nameof(SandboxUpstream.OutOfQuota), 402, "quota used up")]
    [InlineData(nameof(SandboxUpstream.Forbidden), 403, "permission missing")]
    [InlineData(nameof(SandboxUpstream.RateLimited), 429, "your own rate limit reached")]
    public void One_that_the_provider_refuses_has_failed_whether_or_not_others_serve(
        string upstream, int status, string meaning)
    {
        foreach (var isRequired in new[] { true, false })
        {
            world.Hold(("Key", Named(upstream), isRequired ? Required : Plain));

            var result = world.Run(Test).Only<ByokKeyTestResult>();

            Assert.Equal(
                (ByokKeyTestOutcome.Failed, false, isRequired ? status : 200,
                    (int?)status, ByokKeyAttribution.Yes, meaning),
                (result.Outcome, result.Passed, result.Status,
                    result.UpstreamStatus, result.IsThisKey, result.Meaning));
            Assert.Equal(isRequired, result.IsByok);
        }
    }

    [Fact]
    public void Trouble_of_the_provider_says_nothing_about_the_key()
    {
        world.Hold(("Key", SandboxUpstream.TimesOut with { Delay = TimeSpan.Zero }, Required));

        var result = world.Run(Test).Only<ByokKeyTestResult>();

        Assert.Equal(
            (ByokKeyTestOutcome.Inconclusive, 408, 408, ByokKeyAttribution.Yes, "provider timed out"),
            (result.Outcome, result.Status, result.UpstreamStatus, result.IsThisKey, result.Meaning));
        Assert.EndsWith(
            "This does not indicate whether the key works. Test again later.",
            result.Explanation,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_500_that_says_nothing_is_inconclusive_and_sent_once()
    {
        world.Hold(("Key", SandboxUpstream.Failing, Required));

        var result = world.Run(Test).Only<ByokKeyTestResult>();

        Assert.Equal(
            (ByokKeyTestOutcome.Inconclusive, 500, null, ByokKeyAttribution.Unknown, "OpenRouter returned 500"),
            (result.Outcome, result.Status, result.UpstreamStatus, result.IsThisKey, result.Meaning));
        Assert.Single(world.Tests);
    }

    [Fact]
    public void Each_of_several_is_judged_by_its_place()
    {
        world.Hold(
            SandboxUpstream.Revoked, SandboxUpstream.RateLimited, SandboxUpstream.Serves, SandboxUpstream.Serves);

        var results = world.Run(Test).All<ByokKeyTestResult>();

        Assert.Equal(
            [
                (ByokKeyTestOutcome.Failed, (int?)401, ByokKeyAttribution.Yes),
                (ByokKeyTestOutcome.Failed, 429, ByokKeyAttribution.Yes),
                (ByokKeyTestOutcome.Passed, 200, ByokKeyAttribution.Yes),
                (ByokKeyTestOutcome.Inconclusive, 200, ByokKeyAttribution.No),
            ],
            results.Select(static result => (result.Outcome, result.UpstreamStatus, result.IsThisKey)));
        Assert.Equal(
            [
                "It is the first credential that the request tries. The provider also rejects a valid key if it is "
                    + "used in the wrong region, so check both the key and its region.",
                "All steps before it (1) were tried first and failed. The provider knows the key, but the rate limit "
                    + "of the key itself is reached. Test again later.",
                "All steps before it (2) were tried first and failed.",
                "Key 2 (openai) comes before it and responded, so this credential was not tried.",
            ],
            results.Select(static result => result.Explanation));
        Assert.Equal("used another credential", results[3].Meaning);
    }

    [Fact]
    public void A_fallback_is_not_reached_while_shared_capacity_serves()
    {
        world.Hold(("First", SandboxUpstream.Revoked, Plain), ("Last", SandboxUpstream.Serves, Fallback));

        var result = world.Run(Test).All<ByokKeyTestResult>()[1];

        Assert.Equal(
            (ByokKeyTestOutcome.Inconclusive, ByokKeyAttribution.No, false, "used shared capacity"),
            (result.Outcome, result.IsThisKey, result.IsByok, result.Meaning));

        world.Server.Store.SetSharedUpstream("openai", SandboxUpstream.RateLimited);
        Assert.True(world.Run(Test).All<ByokKeyTestResult>()[1].Passed);
    }

    [Fact]
    public void Two_in_the_same_place_cannot_be_told_apart()
    {
        world.Hold(
            ("Own", SandboxUpstream.Revoked, Plain),
            ("Global", SandboxUpstream.Serves, static credential => credential with { WorkspaceId = null }));

        var results = world.Run(Test).All<ByokKeyTestResult>();

        Assert.All(results, static result => Assert.Equal(
            (ByokKeyTestOutcome.Inconclusive, ByokKeyAttribution.Unknown, "used a credential"),
            (result.Outcome, result.IsThisKey, result.Meaning)));
        Assert.All(results, static result => Assert.StartsWith(
            "Another credential has the same sort order", result.Explanation, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("disabled", "disabled")]
    [InlineData("model", "model not allowed")]
    [InlineData("key", "only for other API keys")]
    [InlineData("user", "only for other members")]
    [InlineData("workspace", "in another workspace")]
    public void Nothing_is_sent_for_one_that_no_request_comes_to(string why, string meaning)
    {
        world.Hold(("Key", SandboxUpstream.Serves, credential => why switch
        {
            "disabled" => credential with { Disabled = true },
            "model" => credential with { AllowedModels = ["openai/gpt-5"] },
            "key" => credential with { AllowedApiKeyHashes = [SampleAccount.Evaluation.Hash] },
            "user" => credential with { AllowedUserIds = [SampleAccount.Mei.Id] },
            _ => credential with { WorkspaceId = SampleAccount.ProductionWorkspaceId },
        }));

        var result = world
            .Run("Get-OpenRouterByokKey -AllWorkspaces | Test-OpenRouterByokKey -ApiKey $apiKey -Model openai/gpt-4.1")
            .Only<ByokKeyTestResult>();

        Assert.Equal(
            (ByokKeyTestOutcome.NotTested, false, null, null, null, ByokKeyAttribution.No, meaning),
            (result.Outcome, result.Passed, result.Status, result.UpstreamStatus,
                result.Latency, result.IsThisKey, result.Meaning));
        Assert.NotEmpty(result.Explanation);
        Assert.Empty(world.Tests);
    }

    [Fact]
    public void A_disabled_one_is_not_even_looked_up()
    {
        var result = world.Run("$key = Get-OpenRouterByokKey 'Old laptop'; $key").Only<ByokKey>();
        world.Server.ClearRequests();

        Assert.Equal(
            "disabled",
            world.Run("$key | Test-OpenRouterByokKey -ApiKey $apiKey", new { key = result })
                .Only<ByokKeyTestResult>().Meaning);
        Assert.Empty(world.Server.Requests);
    }

    [Fact]
    public void What_was_piped_in_may_be_out_of_date()
    {
        var ids = world.Hold(SandboxUpstream.Serves, SandboxUpstream.Serves);
        var keys = world.Run("Get-OpenRouterByokKey").All<ByokKey>();
        world.Server.Store.Remove(ids[0]);
        world.Server.Store.Update(ids[1], static credential => credential with { Disabled = true });

        var results = world.Run("$keys | Test-OpenRouterByokKey -ApiKey $apiKey", new { keys })
            .All<ByokKeyTestResult>();

        Assert.Equal(["not found", "disabled"], results.Select(static result => result.Meaning));
        Assert.Empty(world.Tests);
    }

    [Fact]
    public void Nothing_that_may_serve_is_no_failure_of_the_key()
    {
        world.Hold(("Key", SandboxUpstream.Serves, Plain));

        var result = world.Run(Test + " -Model anthropic/claude-haiku-4.5").Only<ByokKeyTestResult>();

        Assert.Equal(
            (ByokKeyTestOutcome.Inconclusive, 404, null, "no endpoint can serve it"),
            (result.Outcome, result.Status, result.UpstreamStatus, result.Meaning));
    }

    [Fact]
    public void A_key_for_which_no_model_is_known_says_so()
    {
        var result = world.Run("Get-OpenRouterByokKey Pilot | Test-OpenRouterByokKey -ApiKey $apiKey")
            .Only<ByokKeyTestResult>();

        Assert.Equal(
            (ByokKeyTestOutcome.NotTested, "no model known", null), (result.Outcome, result.Meaning, result.Model));
    }

    private static SandboxUpstream Named(string name) =>
        (SandboxUpstream)typeof(SandboxUpstream).GetField(name)!.GetValue(null)!;
}
