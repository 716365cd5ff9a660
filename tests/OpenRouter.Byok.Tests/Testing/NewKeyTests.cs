using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Testing;

/// <summary>A key is tested before it is stored: what comes out, what is sent, and what is left.</summary>
public sealed class NewKeyTests : IClassFixture<SandboxShell>
{
    private readonly ScratchWorkspace world;

    public NewKeyTests(SandboxShell sandbox) => world = new ScratchWorkspace(sandbox.Reset());

    [Fact]
    public void A_good_key_passes_and_leaves_nothing_behind()
    {
        var before = world.Everything;

        var result = world.Run(ScratchWorkspace.Test).Only<ByokKeyTestResult>();

        Assert.Equal(
            (ByokKeyTestOutcome.Passed, true, null, null, "openai", "sk-...6789"),
            (result.Outcome, result.Passed, result.KeyId, result.Name, result.Provider, result.Label));
        Assert.Equal(
            (true, 200, 200, ByokKeyAttribution.Yes, "openai/gpt-4o-mini"),
            (result.IsByok, result.Status, result.UpstreamStatus, result.IsThisKey, result.Model));
        Assert.Equal(["POST /byok", "POST /chat/completions", "DELETE /byok/{id}"], world.Changes);
        Assert.Equal(before, world.Everything);
    }

    [Fact]
    public void Only_the_given_API_key_can_use_the_credential_and_shared_capacity_is_closed()
    {
        Credential? created = null;
        world.Server.Intercept = context =>
        {
            created ??= context.Request.Path.Value!.EndsWith("/chat/completions", StringComparison.Ordinal)
                ? Assert.Single(world.Credentials)
                : null;
            return Task.FromResult(false);
        };

        world.Run(ScratchWorkspace.Test).Only<ByokKeyTestResult>();

        Assert.True(created is { IsRequired: true, IsByokOnly: true, IsFallback: false, Disabled: false });
        Assert.Equal([SampleAccount.CredentialTests.Hash], created!.AllowedApiKeyHashes);
        Assert.StartsWith("OpenRouter.Byok test ", created.Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-revoked", 401, "key revoked or invalid", "check both the key and its region.")]
    [InlineData("-outofquota", 402, "quota used up", "request tries.")]
    [InlineData("-forbidden", 403, "permission missing", "Specify a different -Model to find out.")]
    [InlineData("-ratelimited", 429, "your own rate limit reached", "Test again later.")]
    [InlineData("-region-eu", 401, "key revoked or invalid", "check both the key and its region.")]
    public void A_key_that_the_provider_refuses_fails_and_the_words_say_how(
        string ending, int status, string meaning, string advice)
    {
        var result = world.Run(ScratchWorkspace.Test, "sk-proj-0123456789" + ending).Only<ByokKeyTestResult>();

        Assert.Equal(
            (ByokKeyTestOutcome.Failed, status, meaning, ByokKeyAttribution.Yes),
            (result.Outcome, result.UpstreamStatus, result.Meaning, result.IsThisKey));
        Assert.EndsWith(advice, result.Explanation, StringComparison.Ordinal);
        world.IsEmpty();
    }

    public static TheoryData<string, string, string> Forms()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var ending in new[] { "", "-revoked", "-forbidden", "-ratelimited" })
        {
            data.Add("anthropic", "sk-ant-0123456789" + ending, ending);
            data.Add(
                "azure", Json(new[] { new { api_key = "az-01234567" + ending, resource_name = "contoso" } }), ending);
            data.Add("fireworks", Json(new { api_key = "fw-0123456789" + ending, region = "eu" }), ending);
            data.Add(
                "amazon-bedrock",
                Json(new { accessKeyId = "AKIA0123", secretAccessKey = "s3cr3t" + ending, region = "us-east-1" }),
                ending);
            data.Add(
                "google-vertex",
                Json(new
                {
                    type = "service_account",
                    project_id = "contoso",
                    private_key_id = "0123456789" + ending,
                    private_key = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n",
                    client_email = "byok@contoso.iam.gserviceaccount.com",
                }),
                ending);
        }

        data.Add("openai", Json(new { api_key = "sk-0123456789-region-eu", region = "eu" }), "");
        data.Add("openai", Json(new { api_key = "sk-0123456789-region-eu", region = "us" }), "-revoked");
        return data;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_of_key_is_tested(string provider, string key, string ending)
    {
        // The sample account has a global credential of this provider.
        world.Server.Store.ReplaceCredentials([]);
        var status = ending switch { "-revoked" => 401, "-forbidden" => 403, "-ratelimited" => 429, _ => 200 };

        var result = world.Run(
                "Test-OpenRouterByokKey -Provider $provider -Key $key -ProvingWorkspace scratch -ApiKey $scratch",
                key,
                new { provider })
            .Only<ByokKeyTestResult>();

        Assert.Equal(
            (provider, status == 200, (int?)status), (result.Provider, result.Passed, result.UpstreamStatus));
        world.IsEmpty();
    }

    [Fact]
    public void Quiet_outputs_whether_it_passed()
    {
        Assert.True(world.Run(ScratchWorkspace.Test + "-Quiet").Only<bool>());
        Assert.False(world.Run(ScratchWorkspace.Test + "-Quiet", "sk-0123456789-revoked").Only<bool>());
    }

    [Fact]
    public void The_model_is_the_given_one()
    {
        Assert.Equal(
            "openai/gpt-5", world.Run(ScratchWorkspace.Test + "-Model openai/gpt-5").Only<ByokKeyTestResult>().Model);
    }

    [Fact]
    public void WhatIf_says_what_would_be_done_and_changes_nothing()
    {
        var result = world.Run(ScratchWorkspace.Test + "-WhatIf");

        result.IsSilent();
        Assert.Empty(world.Changes);
        var line = world.Shell.Host.Screen.Text;
        Assert.Contains("create a temporary credential", line, StringComparison.Ordinal);
        Assert.Contains(
            "one request of one token to openai/gpt-4o-mini, at a cost of about 0.0000018 USD, and remove",
            line,
            StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_finds_what_would_be_in_the_way()
    {
        var test = ScratchWorkspace.Test.Replace("openai", "amazon-bedrock", StringComparison.Ordinal);

        var error = world.Run(test + "-WhatIf").OnlyError();

        Assert.StartsWith(
            "OpenRouterByok.UnsuitableWorkspace", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Obstacles => new()
    {
        { "-ProvingWorkspace Nowhere -ApiKey $scratch", "UnknownName", "'Nowhere'" },
        { "-ProvingWorkspace Scratch -ApiKey $assistant", "InvalidArgument", "belongs to workspace Default" },
        { "-ProvingWorkspace Production -ApiKey $production", "UnsuitableWorkspace", "Production" },
        { "-ProvingWorkspace Scratch -ApiKey $scratch -Provider acme-ai", "InvalidArgument", "No model of acme-ai" },
        { "-ProvingWorkspace Scratch -ApiKey $scratch -Provider openai, azure", "InvalidArgument", "one provider" },
        { "-ProvingWorkspace Scratch -ApiKey $scratch -Provider open*", "InvalidArgument", "without wildcards" },
        { "-ProvingWorkspace Scratch -ApiKey 'sk-plain'", "InvalidArgument", "plain text" },
        { "-ProvingWorkspace ' ' -ApiKey $scratch", "InvalidArgument", "-ProvingWorkspace is blank." },
    };

    [Theory]
    [MemberData(nameof(Obstacles))]
    public void Nothing_is_created_if_something_is_in_the_way(string arguments, string reason, string text)
    {
        var provider = arguments.Contains("-Provider", StringComparison.Ordinal) ? "" : "-Provider openai ";

        var error = world.Run($"Test-OpenRouterByokKey {provider}-Key $key {arguments}").OnlyError();

        Assert.StartsWith("OpenRouterByok." + reason, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(text, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(world.Changes);
    }

    [Fact]
    public void An_enabled_credential_of_the_provider_is_in_the_way_and_a_disabled_one_is_not()
    {
        var key = world.LeaveBehind(TimeSpan.Zero, static credential => credential with { Name = "In use" });

        var error = world.Run(ScratchWorkspace.Test).OnlyError();

        Assert.StartsWith(
            "OpenRouterByok.UnsuitableWorkspace", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"In use (openai) with the id {key.Id}", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(world.Changes);

        world.Server.Store.Update(key.Id, static credential => credential with { Disabled = true });
        Assert.True(world.Run(ScratchWorkspace.Test).Only<ByokKeyTestResult>().Passed);
    }

    [Theory]
    [InlineData(false, null, false, true)]
    [InlineData(true, null, false, false)]
    [InlineData(false, "openai/gpt-5", false, false)]
    [InlineData(false, null, true, false)]
    public void A_global_credential_is_in_the_way_if_it_would_come_first(
        bool isFallback, string? allowedModel, bool isDisabled, bool isInTheWay)
    {
        world.LeaveBehind(TimeSpan.Zero, credential => credential with
        {
            Name = "Everywhere",
            WorkspaceId = null,
            IsByokOnly = false,
            IsFallback = isFallback,
            Disabled = isDisabled,
            AllowedModels = allowedModel is null ? null : [allowedModel],
            SortOrder = 7,
        });

        var result = world.Run(ScratchWorkspace.Test);

        if (isInTheWay)
        {
            Assert.Contains(
                "the global credential Everywhere (openai)", result.OnlyError().Exception.Message,
                StringComparison.Ordinal);
            Assert.Empty(world.Changes);
        }
        else
        {
            Assert.True(result.Only<ByokKeyTestResult>().Passed);
        }
    }

    [Fact]
    public void A_global_fallback_that_serves_does_not_hide_that_the_key_was_refused()
    {
        var result = world.Run(ScratchWorkspace.Test, "sk-0123456789-revoked").Only<ByokKeyTestResult>();

        Assert.Contains(
            world.Server.Store.Credentials,
            static credential => credential is { Provider: "openai", WorkspaceId: null, IsFallback: true });
        Assert.Equal((200, 401, false), (result.Status, result.UpstreamStatus, result.Passed));
    }

    [Fact]
    public void What_an_interrupted_test_left_behind_is_removed_by_the_next_one()
    {
        var old = world.LeaveBehind(TimeSpan.FromMinutes(16));

        var result = world.Run(ScratchWorkspace.Test + "-Verbose");

        Assert.True(result.Only<ByokKeyTestResult>().Passed);
        Assert.Contains(
            result.Verbose,
            line => line.StartsWith($"Removed temporary credential {old.Id}", StringComparison.Ordinal));
        world.IsEmpty();
    }

    [Theory]
    [InlineData("Production key", 60)]
    [InlineData("OpenRouter.Byok test", 60)]
    [InlineData("OpenRouter.Byok test of mine", 60)]
    [InlineData(null, 1)]
    public void What_may_be_in_use_is_not_removed(string? name, int minutes)
    {
        var key = world.LeaveBehind(
            TimeSpan.FromMinutes(minutes), credential => credential with { Name = name ?? credential.Name });

        var error = world.Run(ScratchWorkspace.Test).OnlyError();

        Assert.Contains(key.Id.ToString(), error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(world.Changes);
        Assert.Equal(key.Id, Assert.Single(world.Credentials).Id);
    }

    [Fact]
    public void A_workspace_that_others_use_is_warned_of()
    {
        world.Server.Store.ReplaceCredentials([]);

        var result = world.Run(
            "Test-OpenRouterByokKey -Provider openai -Key $key -ProvingWorkspace Production -ApiKey $production");

        Assert.True(result.Only<ByokKeyTestResult>().Passed);
        Assert.Contains(
            "has other API keys that are enabled (2)", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void Many_keys_are_tested_at_once(int throttle)
    {
        string[] endings = ["", "-revoked", "-forbidden", "-ratelimited", "-outofquota"];
        string[] providers = ["openai", "anthropic", "groq", "mistral"];
        var inputs = Enumerable.Range(0, 24)
            .Select(number => (Provider: providers[number % 4], Ending: endings[number % 5])).ToList();

        var results = world.Run(
            """
            0..($providers.Count - 1) |
                ForEach-Object { [pscustomobject]@{ Provider = $providers[$_]; Key = $keys[$_] } } |
                Test-OpenRouterByokKey -ProvingWorkspace Scratch -ApiKey $scratch -ThrottleLimit $throttle
            """,
            more: new
            {
                providers = inputs.Select(static input => input.Provider).ToArray(),
                keys = inputs
                    .Select(static (input, number) => Secret.Of($"sk-key-{number:D8}{input.Ending}")).ToArray(),
                throttle,
            }).All<ByokKeyTestResult>();

        Assert.Equal(
            inputs.Select(static input => (input.Provider, input.Ending.Length == 0)),
            results.Select(static result => (result.Provider, result.Passed)));
        Assert.All(results, static result => Assert.Equal(ByokKeyAttribution.Yes, result.IsThisKey));
        world.IsEmpty();
    }

    [Fact]
    public void A_key_that_is_no_key_does_not_keep_the_others()
    {
        var result = world.Run(
            """
            [pscustomobject]@{ Provider = 'openai'; Key = 'plain' },
                [pscustomobject]@{ Provider = 'openai'; Key = $key } |
                Test-OpenRouterByokKey -ProvingWorkspace Scratch -ApiKey $scratch
            """);

        Assert.Single(result.Output);
        Assert.Single(result.Errors);
        world.IsEmpty();
    }

    private static string Json(object value) => JsonSerializer.Serialize(value);
}
