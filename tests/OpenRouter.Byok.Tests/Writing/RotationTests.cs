using System;
using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Byok.Tests.Testing;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Writing;

/// <summary>A credential gets a new key only after the provider has accepted it.</summary>
public sealed class RotationTests : IClassFixture<SandboxShell>
{
    private const string Rotate =
        "Set-OpenRouterByokKey 'Team account' -Key $key -ProvingWorkspace Scratch -ApiKey $scratch ";

    private readonly ScratchWorkspace world;

    public RotationTests(SandboxShell sandbox) => world = new ScratchWorkspace(sandbox.Reset());

    [Fact]
    public void An_accepted_key_replaces_the_old_one()
    {
        var before = TeamAccount;

        var changed = world.Run(Rotate + "-PassThru").Only<ByokKey>();

        Assert.Equal((before.Id.ToString(), "sk-...6789"), (changed.Id, changed.Label));
        Assert.Equal(before with { Label = "sk-...6789" }, TeamAccount);
        Assert.Equal(
            ["POST /byok", "POST /chat/completions", "DELETE /byok/{id}", "PATCH /byok/{id}"], world.Changes);
        world.IsEmpty();
    }

    [Theory]
    [InlineData("-revoked", "key revoked or invalid (status 401)")]
    [InlineData("-forbidden", "permission missing (status 403)")]
    [InlineData("-ratelimited", "your own rate limit reached (status 429)")]
    [InlineData("-outofquota", "quota used up (status 402)")]
    [InlineData("-region-eu", "key revoked or invalid (status 401)")]
    public void A_refused_key_changes_nothing_and_the_error_says_why(string ending, string why)
    {
        var before = world.Everything;

        var error = world.Run(Rotate + "-NewName Other -Disabled -PassThru", "sk-0123456789" + ending).OnlyError();

        Assert.StartsWith("OpenRouterByok.KeyNotAccepted", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(TeamAccount.Id.ToString(), error.TargetObject);
        Assert.Contains("was not changed", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, world.Everything);
        Assert.DoesNotContain("PATCH /byok/{id}", world.Changes);
    }

    [Fact]
    public void An_inconclusive_test_changes_nothing()
    {
        var before = world.Everything;

        var error = world.Run(Rotate, "sk-0123456789-failing").OnlyError();

        Assert.StartsWith("OpenRouterByok.KeyNotProven", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("inconclusive", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(
            "This does not indicate whether the key works. Test again later.", error.ErrorDetails.RecommendedAction);
        Assert.Equal(before, world.Everything);
    }

    [Fact]
    public void A_test_that_cannot_be_made_changes_nothing()
    {
        var before = world.Everything;
        var error = world.Run(Rotate.Replace("$scratch", "$assistant", StringComparison.Ordinal)).OnlyError();

        Assert.Contains("belongs to workspace Default", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, world.Everything);
        Assert.Empty(world.Changes);
    }

    [Fact]
    public void Several_credentials_get_a_key_that_was_tested_once()
    {
        var result = world.Run(
            "Get-OpenRouterByokKey -Provider openai | Set-OpenRouterByokKey -Key $key -ProvingWorkspace Scratch "
            + "-ApiKey $scratch -PassThru -ThrottleLimit 16");

        Assert.All(result.All<ByokKey>(), static key => Assert.Equal("sk-...6789", key.Label));
        Assert.Equal(6, result.Output.Count);
        // The global one is a fallback, which is not certain to be tried.
        Assert.Single(world.Changes, "POST /chat/completions");
        Assert.Single(world.Changes, "POST /byok");
    }

    [Fact]
    public void A_refused_key_is_refused_for_each_of_several_after_one_test()
    {
        var before = world.Everything;

        var result = world.Run(
            "Set-OpenRouterByokKey -Name * -Provider openai -Key $key -ProvingWorkspace Scratch -ApiKey $scratch",
            "sk-0123456789-revoked");

        Assert.Equal(5, result.Errors.Count);
        Assert.Equal(5, result.Errors.Select(static error => error.TargetObject).Distinct().Count());
        Assert.Single(world.Changes, "POST /chat/completions");
        Assert.Equal(before, world.Everything);
    }

    [Fact]
    public void The_credential_itself_is_tested_afterwards_with_an_API_key_that_can_use_it()
    {
        var result = world.Run(Rotate + ", $assistant -Verbose");

        Assert.Empty(result.Errors);
        Assert.Equal(
            [
                "POST /byok", "POST /chat/completions", "DELETE /byok/{id}", "PATCH /byok/{id}",
                "POST /chat/completions",
            ],
            world.Changes);
        Assert.Contains(
            result.Verbose,
            static line => line.EndsWith("was served with the new key.", StringComparison.Ordinal));
    }

    [Fact]
    public void No_request_is_sent_afterwards_if_another_credential_would_serve_it()
    {
        world.Server.Store.Update(TeamAccount.Id, static credential => credential with { SortOrder = 9 });

        var result = world.Run(Rotate + ", $assistant -Verbose");

        Assert.Empty(result.Errors);
        Assert.Single(world.Changes, "POST /chat/completions");
        Assert.Contains(
            result.Verbose, static line => line.StartsWith("No test request was sent", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failure_afterwards_says_that_the_new_key_is_in_place()
    {
        // The provider accepts the key until the credential has it.
        var id = TeamAccount.Id;
        world.Server.Intercept = context =>
        {
            if (context.Request.Method == "GET" && world.Changes.Contains("PATCH /byok/{id}"))
            {
                world.Server.Store.SetUpstream(id, SandboxUpstream.Revoked);
            }

            return Task.FromResult(false);
        };

        var result = world.Run(Rotate + ", $assistant -PassThru");

        Assert.Equal("sk-...6789", ((ByokKey)Assert.Single(result.Output).BaseObject).Label);
        var error = Assert.Single(result.Errors);
        Assert.StartsWith("OpenRouterByok.RotatedKeyFailed", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(id.ToString(), error.TargetObject);
        Assert.Contains("has the new key", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("status 401", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(
            "The old key is still valid at the provider until you revoke it there.",
            error.ErrorDetails.RecommendedAction,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_region_is_not_sent_again()
    {
        var euData = world.Server.Store.Credentials.Single(static credential => credential.Name == "EU data");

        world.Run(
                "Set-OpenRouterByokKey 'EU data' -Key $key -ProvingWorkspace Scratch -ApiKey $scratch",
                """{"api_key":"sk-0123456789-region-us","region":"us"}""")
            .IsSilent();

        Assert.Equal("europe", euData.DeclaredRegion);
        Assert.Equal("us", world.Server.Store.Find(euData.Id)!.DeclaredRegion);
    }

    [Fact]
    public void WhatIf_says_what_would_be_tested_and_changed()
    {
        world.Run(Rotate + "-WhatIf").IsSilent();

        Assert.Empty(world.Changes);
        Assert.Contains(
            "and remove the credential. If the provider accepts the key: Change Key: sk-...p7Qd → a new key\"",
            world.Shell.Host.Screen.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotation_that_is_stopped_while_the_key_is_tested_changes_nothing()
    {
        var before = world.Everything;
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Server.Intercept = async context =>
        {
            if (context.Request.Path.Value!.EndsWith("/chat/completions", StringComparison.Ordinal))
            {
                held.TrySetResult();
                await release.Task;
            }

            return false;
        };
        using var running = world.Start(Rotate);
        await held.Task.WaitAsync(TestContext.Current.CancellationToken);

        running.Stop();
        release.SetResult();

        Assert.Equal(before, world.Everything);
        Assert.Equal(["POST /byok", "DELETE /byok/{id}"], world.Changes.Where(NotChat));
    }

    public static TheoryData<string, string> Incomplete => new()
    {
        { "-NewName x -ProvingWorkspace Scratch", "-ProvingWorkspace is effective only together with -Key." },
        { "-Key $key -ApiKey $scratch", "-ApiKey is effective only together with -ProvingWorkspace." },
        { "-Key $key -Model openai/gpt-5", "-Model is effective only together with -ProvingWorkspace." },
        { "-Key $key -ProvingWorkspace Scratch -ApiKey 'plain', $scratch", "The key was specified as plain text." },
    };

    [Theory]
    [MemberData(nameof(Incomplete))]
    public void What_is_incomplete_is_refused_before_anything_is_sent(string arguments, string message)
    {
        var error = world.Run("Set-OpenRouterByokKey 'Team account' " + arguments).OnlyError();

        Assert.StartsWith(message, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(world.Sent);
    }

    private static bool NotChat(string request) => request != "POST /chat/completions";

    private Credential TeamAccount =>
        world.Server.Store.Credentials.Single(static credential => credential.Name == "Team account");
}
