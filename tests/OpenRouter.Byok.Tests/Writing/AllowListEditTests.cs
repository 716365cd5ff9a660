using System;
using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Writing;

/// <summary>Lists that are changed entry by entry.</summary>
public sealed class AllowListEditTests : IClassFixture<SandboxShell>
{
    private const string Haiku = "anthropic/claude-haiku-4.5";

    private readonly SandboxShell sandbox;

    public AllowListEditTests(SandboxShell sandbox) => this.sandbox = sandbox.Reset();

    private Credential Bedrock => sandbox.Server.Store.Credentials.Single(static key => key.Name == "Claude only");

    private string[] Models => [.. Bedrock.AllowedModels!];

    [Theory]
    [InlineData("-AddAllowedModel x/y", "anthropic/claude-sonnet-4.5 anthropic/claude-3.7-sonnet " + Haiku + " x/y")]
    [InlineData("-RemoveAllowedModel " + Haiku, "anthropic/claude-sonnet-4.5 anthropic/claude-3.7-sonnet")]
    [InlineData(
        "-RemoveAllowedModel Anthropic/Claude-HAIKU-4.5, a/b",
        "anthropic/claude-sonnet-4.5 anthropic/claude-3.7-sonnet")]
    [InlineData(
        "-AddAllowedModel 'x/y;z/z' -RemoveAllowedModel " + Haiku,
        "anthropic/claude-sonnet-4.5 anthropic/claude-3.7-sonnet x/y z/z")]
    public void Entries_come_and_go_and_the_others_stay(string typed, string models)
    {
        sandbox.Shell.Run("Set-OpenRouterByokKey 'Claude only' " + typed).IsSilent();

        Assert.Equal(models.Split(' '), Models);
        Assert.Single(sandbox.Server.Requests, static request => request.Method == "PATCH");
    }

    [Theory]
    [InlineData("-AddAllowedModel " + Haiku)]
    [InlineData("-RemoveAllowedModel not/there")]
    public void What_is_so_already_is_not_sent(string typed)
    {
        var key = sandbox.Shell.Run("Set-OpenRouterByokKey 'Claude only' -PassThru " + typed).Only<ByokKey>();

        Assert.Equal("Claude only", key.Name);
        Assert.DoesNotContain(sandbox.Server.Requests, static request => request.Method == "PATCH");
    }

    [Theory]
    [InlineData(
        "'Nightly eval' -RemoveAllowedApiKey 'Nightly eval'",
        "would remove the last entry of the AllowedApiKey list",
        "If this is what you want, specify -Clear AllowedApiKey.")]
    [InlineData(
        "'Mei, own' -RemoveAllowedUser mei.tanaka@example.com",
        "would remove the last entry of the AllowedUser list",
        "If this is what you want, specify -Clear AllowedUser.")]
    [InlineData(
        "'Load test' -RemoveAllowedModel *", "The model", "If this is what you want, specify -Clear AllowedModel.")]
    [InlineData(
        "'Team account' -AddAllowedModel a/b",
        "has no AllowedModel list, so it is not restricted",
        "To restrict the credential, specify the complete list with -AllowedModel.")]
    [InlineData(
        "'Team account' -RemoveAllowedUser mei.tanaka@example.com",
        "has no AllowedUser list, so it is not restricted",
        "To restrict the credential, specify the complete list with -AllowedUser.")]
    public void A_step_that_would_open_it_or_close_it_to_all_others_is_an_error(
        string typed, string message, string advice)
    {
        if (message == "The model")
        {
            var only = sandbox.Server.Store.Credentials.Single(static key => key.Name == "Load test").AllowedModels!;
            typed = typed.Replace("*", only.Single(), StringComparison.Ordinal);
            message = "would remove the last entry";
        }

        var error = sandbox.Shell.Run("Set-OpenRouterByokKey " + typed).OnlyError();

        Assert.StartsWith("OpenRouterByok.InvalidArgument,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{typed.Split('\'')[1]} (", error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith(advice, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain(sandbox.Server.Requests, static request => request.Method == "PATCH");
    }

    [Fact]
    public void API_keys_and_members_go_by_name()
    {
        sandbox.Shell.Run("Set-OpenRouterByokKey 'Nightly eval' -AddAllowedApiKey Assistant").IsSilent();
        sandbox.Shell.Run("Set-OpenRouterByokKey 'Mei, own' -AddAllowedUser ada.okafor@example.com").IsSilent();

        Assert.Equal(2, Named("Nightly eval").AllowedApiKeyHashes!.Count);
        Assert.Contains(SampleAccount.Ada.Id, Named("Mei, own").AllowedUserIds!);
    }

    [Fact]
    public void Other_settings_are_sent_once_beside_the_list()
    {
        sandbox.Shell.Run("Set-OpenRouterByokKey 'Claude only' -AddAllowedModel x/y -Required").IsSilent();

        var body = sandbox.Server.Requests.Single(static request => request.Method == "PATCH").Body;
        Assert.Contains("\"is_required\":true", body, StringComparison.Ordinal);
        Assert.Contains("x/y", Models);
    }

    [Fact]
    public void A_list_that_somebody_changes_after_the_question_is_read_again()
    {
        var id = Bedrock.Id;
        var reads = 0;
        sandbox.Server.Intercept = context =>
        {
            // Between the reading for the question and the one for the change.
            if (context.Request.Method == "GET"
                && context.Request.Path.Value!.EndsWith($"{id}", StringComparison.Ordinal)
                && ++reads == 2)
            {
                Change(id, [.. Models, "other/added"]);
            }

            return Task.FromResult(false);
        };

        sandbox.Shell.Run("Set-OpenRouterByokKey 'Claude only' -AddAllowedModel x/y").IsSilent();

        Assert.Contains("other/added", Models);
        Assert.Contains("x/y", Models);
    }

    [Fact]
    public void A_change_that_somebody_overwrites_is_made_again()
    {
        var id = Bedrock.Id;
        var before = Models;
        var patches = 0;
        sandbox.Server.Intercept = context =>
        {
            if (context.Request.Method == "GET" && patches == 1)
            {
                patches++;
                Change(id, [.. before, "other/added"]);
            }

            if (context.Request.Method == "PATCH")
            {
                patches++;
            }

            return Task.FromResult(false);
        };

        sandbox.Shell.Run("Set-OpenRouterByokKey 'Claude only' -AddAllowedModel x/y").IsSilent();

        Assert.Contains("other/added", Models);
        Assert.Contains("x/y", Models);
    }

    [Fact]
    public void A_list_that_somebody_keeps_changing_is_an_error_in_the_end()
    {
        var id = Bedrock.Id;
        var before = Models;
        sandbox.Server.Intercept = context =>
        {
            if (context.Request.Method == "GET")
            {
                Change(id, before);
            }

            return Task.FromResult(false);
        };

        var error = sandbox.Shell.Run("Set-OpenRouterByokKey 'Claude only' -AddAllowedModel x/y").OnlyError();

        Assert.StartsWith("OpenRouterByok.Conflict,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_pipelines_at_once_lose_nothing_of_each_other()
    {
        using var other = new ModuleRunspace();
        var session = sandbox.Shell.Run("Get-OpenRouterContext").Only<OpenRouterSession>();
        const string script =
            "$numbers | ForEach-Object { Set-OpenRouterByokKey -Id $id -AddAllowedModel \"m/$_\" -Session $session }";
        var id = Bedrock.Id.ToString();

        var first = Task.Run(
            () => sandbox.Shell.Run(script, new { id, session, numbers = Enumerable.Range(0, 15).ToArray() }));
        var second = Task.Run(
            () => other.Run(script, new { id, session, numbers = Enumerable.Range(15, 15).ToArray() }));
        (await first).IsSilent();
        (await second).IsSilent();

        Assert.Equal(33, Models.Length);
    }

    private Credential Named(string name) =>
        sandbox.Server.Store.Credentials.Single(key => key.Name == name);

    private void Change(Guid id, string[] models) =>
        sandbox.Server.Store.Update(id, credential => credential with { AllowedModels = models });
}
