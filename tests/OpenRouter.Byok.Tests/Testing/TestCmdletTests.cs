using System;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using OpenRouter.Sandbox.Server;
using Xunit;
using static OpenRouter.Byok.Tests.Testing.TestAccount;

namespace OpenRouter.Byok.Tests.Testing;

/// <summary>Test-OpenRouterByokKey as people use it.</summary>
[Collection(NonParallel.Name)]
public sealed class TestCmdletTests(SandboxShell sandbox) : IClassFixture<SandboxShell>
{
    private readonly TestAccount world = new(sandbox.Reset());

    [Fact]
    public void One_small_request_goes_out_with_the_API_key()
    {
        world.Run("Get-OpenRouterByokKey Main | Test-OpenRouterByokKey -ApiKey $apiKey").Only<ByokKeyTestResult>();

        var request = Assert.Single(world.Tests);
        Assert.Equal("POST", request.Method);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(
                """
                {
                  "model": "anthropic/claude-haiku-4.5",
                  "messages": [{ "role": "user", "content": "Hi" }],
                  "max_tokens": 1,
                  "provider": { "only": ["anthropic"], "allow_fallbacks": false }
                }
                """),
            JsonNode.Parse(request.Body)), request.Body);
        Assert.Equal("Bearer " + world.Server.InferenceKey, request.Headers["Authorization"]);
        Assert.Equal("enabled", request.Headers["X-OpenRouter-Metadata"]);
        Assert.All(
            world.Server.Requests.Where(static one => one.PathAndQuery.Contains("/byok", StringComparison.Ordinal)),
            one => Assert.Equal("Bearer " + world.Server.ManagementKey, one.Headers["Authorization"]));
    }

    [Fact]
    public void The_model_is_the_cheapest_that_is_allowed()
    {
        var results = world
            .Run("Get-OpenRouterByokKey -Name 'Claude only', Shared, Research | Test-OpenRouterByokKey -ApiKey $apiKey")
            .All<ByokKeyTestResult>();

        Assert.Equal(
            ["openai/gpt-oss-120b", "anthropic/claude-haiku-4.5", "google/gemini-2.5-flash"],
            results.Select(static result => result.Model));
    }

    [Fact]
    public void The_model_may_be_named_also_by_an_object()
    {
        var results = world
            .Run(
                "Get-OpenRouterModel openai/gpt-4.1 | ForEach-Object { "
                + "Get-OpenRouterByokKey 'Team account' | Test-OpenRouterByokKey -ApiKey $apiKey -Model $_ }")
            .Only<ByokKeyTestResult>();

        Assert.Equal("openai/gpt-4.1", results.Model);
    }

    [Fact]
    public void An_allow_list_without_prices_gives_its_first_model()
    {
        world.Hold((
            "Key",
            SandboxUpstream.Serves,
            static credential => credential with { AllowedModels = ["openai/unheard-of", "openai/unknown"] }));

        var result = world.Run("Get-OpenRouterByokKey | Test-OpenRouterByokKey -ApiKey $apiKey -WhatIf");

        result.IsSilent();
        Assert.Contains(
            "one token to openai/unheard-of, at an unknown cost",
            world.Shell.Host.Screen.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_if_tells_the_cost_and_asks_no_model()
    {
        world.Hold(SandboxUpstream.Serves);

        world.Run("Get-OpenRouterByokKey | Test-OpenRouterByokKey -ApiKey $apiKey -WhatIf").IsSilent();

        Assert.Contains(
            "\"Send one request of one token to openai/gpt-4o-mini, at a cost of about 0.0000018 USD\" "
            + "on target \"Key 0 (openai) ",
            world.Shell.Host.Screen.Text,
            StringComparison.Ordinal);
        Assert.All(world.Server.Requests, static request => Assert.Equal("GET", request.Method));
    }

    [Theory]
    [InlineData("-WhatIf")]
    [InlineData("", "$WhatIfPreference = $true; ")]
    public void What_if_tells_also_what_would_not_be_sent(string parameter, string before = "")
    {
        world.Run(before + "Get-OpenRouterByokKey 'Old laptop' | Test-OpenRouterByokKey -ApiKey $apiKey " + parameter)
            .IsSilent();

        Assert.Contains("\"Send nothing: disabled\"", world.Shell.Host.Screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Confirm_asks_for_each_and_takes_a_no()
    {
        world.Hold(SandboxUpstream.Revoked, SandboxUpstream.Serves);
        world.Shell.Host.Screen.Answers.Enqueue("No");
        world.Shell.Host.Screen.Answers.Enqueue("Yes");

        var result = world.Run("Get-OpenRouterByokKey | Test-OpenRouterByokKey -ApiKey $apiKey -Confirm")
            .Only<ByokKeyTestResult>();

        Assert.Equal("Key 1", result.Name);
        Assert.Equal(2, world.Shell.Host.Screen.Asked.Count);
        Assert.Single(world.Tests);
    }

    [Fact]
    public void Quiet_gives_one_bool_for_each()
    {
        world.Hold(
            ("a", SandboxUpstream.Revoked, Plain),
            ("b", SandboxUpstream.Serves, Plain),
            ("c", SandboxUpstream.Serves, Plain),
            ("d", SandboxUpstream.Serves, static credential => credential with { Disabled = true }));

        Assert.Equal(
            [false, true, false, false],
            world.Run("Get-OpenRouterByokKey | Test-OpenRouterByokKey -ApiKey $apiKey -Quiet").All<bool>());
    }

    [Fact]
    public void Results_keep_the_order_of_the_input()
    {
        var slow = SandboxUpstream.Serves with { Delay = TimeSpan.FromMilliseconds(300) };
        var ids = world.Hold(slow, SandboxUpstream.Serves, SandboxUpstream.Serves);
        // Of this one it is known before the slow one has answered.
        world.Server.Store.Update(ids[1], static credential => credential with { Disabled = true });

        var results = world
            .Run("Get-OpenRouterByokKey | Test-OpenRouterByokKey -ApiKey $apiKey -ThrottleLimit 4")
            .All<ByokKeyTestResult>();

        Assert.Equal(ids.Select(static id => id.ToString()), results.Select(static result => result.KeyId));
    }

    [Fact]
    public void Lookups_are_made_once_and_tests_run_side_by_side()
    {
        var slow = SandboxUpstream.Serves with { Delay = TimeSpan.FromMilliseconds(400) };
        world.Hold(slow, slow, slow, slow, slow, slow);
        world.Run("Get-OpenRouterByokKey").All<ByokKey>();
        world.Server.ClearRequests();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var results = world.Run("Get-OpenRouterByokKey | Test-OpenRouterByokKey -ApiKey $apiKey")
            .All<ByokKeyTestResult>();

        Assert.Equal(6, results.Count);
        Assert.True(watch.Elapsed < 6 * slow.Delay, $"{watch.Elapsed}");
        // Whose key, its hash, the providers, the models; the credentials once by Get and once by Test.
        Assert.Equal(6, world.Server.Requests.Count(static request => request.Method == "GET"));
    }

    [Fact]
    public void Ids_are_as_good_as_objects_and_a_wrong_one_does_not_keep_the_others()
    {
        var id = world.Hold(SandboxUpstream.Serves)[0].ToString();

        var result = world.Run(
            "$ids | Test-OpenRouterByokKey -ApiKey $apiKey", new { ids = new[] { Samples.Id, id, ".." } });

        Assert.Equal(id, Assert.IsType<ByokKeyTestResult>(Assert.Single(result.Output).BaseObject).KeyId);
        Assert.Equal(
            [(Samples.Id, "OpenRouterByok.NotFound,"), (null, "OpenRouterByok.InvalidArgument,")],
            result.Errors.Select(static error =>
                ((string?)error.TargetObject, error.FullyQualifiedErrorId.Split("OpenRouter.Byok.Cmdlets")[0])));
        Assert.True(
            world.Run("Test-OpenRouterByokKey $id -ApiKey $apiKey", new { id }).Only<ByokKeyTestResult>().Passed);
        Assert.True(
            world.Run("[pscustomobject]@{ Id = $id } | Test-OpenRouterByokKey -ApiKey $apiKey", new { id })
                .Only<ByokKeyTestResult>().Passed);
    }

    [Fact]
    public void A_result_can_be_piped_to_what_switches_off()
    {
        var id = world.Hold(SandboxUpstream.Revoked)[0];

        world.Run(
            "Get-OpenRouterByokKey | Test-OpenRouterByokKey -ApiKey $apiKey | Where-Object Outcome -eq Failed "
            + "| Disable-OpenRouterByokKey").IsSilent();

        Assert.True(world.Server.Store.Find(id)!.Disabled);
    }

    [Fact]
    public void The_API_key_comes_from_the_environment_or_a_masked_prompt()
    {
        world.Hold(SandboxUpstream.Serves);
        Environment.SetEnvironmentVariable("OPENROUTER_API_KEY", world.Server.InferenceKey);
        try
        {
            Assert.True(world.Run("Get-OpenRouterByokKey | Test-OpenRouterByokKey").Only<ByokKeyTestResult>().Passed);
        }
        finally
        {
            Environment.SetEnvironmentVariable("OPENROUTER_API_KEY", null);
        }

        Assert.Equal(0, world.Shell.Host.Screen.MaskedPrompts);
        world.Shell.Host.Screen.Secrets.Enqueue(world.Server.InferenceKey);
        Assert.True(world.Run("Get-OpenRouterByokKey | Test-OpenRouterByokKey").Only<ByokKeyTestResult>().Passed);
        Assert.Equal(1, world.Shell.Host.Screen.MaskedPrompts);
    }

    [Fact]
    public void A_management_key_is_recognised_before_anything_is_sent()
    {
        var error = world
            .Run(
                "Get-OpenRouterByokKey | Test-OpenRouterByokKey -ApiKey $other",
                new { other = Secret.Of(world.Server.ManagementKey) })
            .Terminating!;

        Assert.StartsWith("OpenRouterByok.NotInferenceKey,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.PermissionDenied, error.CategoryInfo.Category);
        Assert.Contains("is a management key", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("openrouter.ai/settings/keys", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(world.Tests);
    }

    [Theory]
    [InlineData("sk-or-v1-nobody", "OpenRouterByok.Unauthorized,")]
    [InlineData("two words", "OpenRouterByok.InvalidArgument,")]
    public void A_key_that_is_none_ends_the_command(string key, string id)
    {
        var result = world.Run(
            "Get-OpenRouterByokKey | Test-OpenRouterByokKey -ApiKey $other", new { other = Secret.Of(key) });

        Assert.StartsWith(id, result.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "management", result.Terminating.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Empty(world.Tests);
    }

    [Fact]
    public void Plain_text_is_refused() => Assert.Contains(
        "SecureString",
        world.Run("Get-OpenRouterByokKey | Test-OpenRouterByokKey -ApiKey sk-or-v1-plain").Terminating!.ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void An_API_key_of_another_account_leaves_it_open_whose_credential_it_was()
    {
        world.Hold(SandboxUpstream.Serves);
        world.Server.Intercept = static async context =>
        {
            if (!context.Request.Path.Value!.Contains("/keys/", StringComparison.Ordinal))
            {
                return false;
            }

            context.Response.StatusCode = 404;
            await context.Response.Body.WriteAsync(
                """{"error":{"code":404,"message":"Resource not found"}}"""u8.ToArray());
            return true;
        };

        var result = world.Run("Get-OpenRouterByokKey | Test-OpenRouterByokKey -ApiKey $apiKey")
            .Only<ByokKeyTestResult>();

        Assert.Equal((ByokKeyTestOutcome.Inconclusive, ByokKeyAttribution.Unknown), (result.Outcome, result.IsThisKey));
        Assert.Contains("not among the API keys of the account", result.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_reads_at_80_columns()
    {
        world.Hold(
            SandboxUpstream.Revoked, SandboxUpstream.RateLimited, SandboxUpstream.Serves, SandboxUpstream.Serves);
        using var narrow = new ModuleRunspace(width: 80);
        narrow.Connect(world.Server.BaseUri, world.Server.ManagementKey);
        var shown = narrow.Show(
            "Get-OpenRouterByokKey | Test-OpenRouterByokKey -ApiKey $apiKey",
            new { apiKey = Secret.Of(world.Server.InferenceKey) });

        Assert.Equal(
            """
            Provider       Name           Outcome      Upstream Meaning
            --------       ----           -------      -------- -------
            openai         Key 0          Failed            401 key revoked or invalid
            openai         Key 1          Failed            429 your own rate limit reached
            openai         Key 2          Passed            200 key accepted
            openai         Key 3          Inconclusive      200 used another credential
            """,
            shown);
    }
}
