using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Lookups;

/// <summary>What the look-ups return, what they ask, and what they filter.</summary>
public sealed class LookupTests : IClassFixture<SandboxShell>
{
    private static readonly string Production = SampleAccount.ProductionWorkspaceId.ToString();

    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public LookupTests(SandboxShell sandbox) => (server, shell) = (sandbox.Reset().Server, sandbox.Shell);

    [Theory]
    [InlineData("Get-OpenRouterProvider", "GET /providers")]
    [InlineData("Get-OpenRouterModel", "GET /models")]
    [InlineData("Get-OpenRouterModel -Provider azure, openai", "GET /providers", "GET /models?providers=Azure,OpenAI")]
    [InlineData(
        "Get-OpenRouterModel -Provider amazon-bedrock", "GET /providers", "GET /models?providers=Amazon%20Bedrock")]
    [InlineData("Get-OpenRouterModel -Provider anthropic/2", "GET /providers", "GET /models?providers=Anthropic")]
    [InlineData("Get-OpenRouterModel -Provider nobody*", "GET /providers")]
    [InlineData("Get-OpenRouterWorkspace", "GET /workspaces?offset=0&limit=100")]
    [InlineData("Get-OpenRouterWorkspace -Id " + Samples.Id, "GET /workspaces/" + Samples.Id)]
    [InlineData("Get-OpenRouterApiKey", "GET /keys?offset=0")]
    [InlineData("Get-OpenRouterApiKey -IncludeDisabled", "GET /keys?offset=0&include_disabled=true")]
    [InlineData(
        "Get-OpenRouterApiKey -WorkspaceId " + Samples.Id, "GET /keys?offset=0&workspace_id=" + Samples.Id)]
    [InlineData("Get-OpenRouterMember", "GET /organization/members?offset=0&limit=100")]
    [InlineData("'a', 'b' | Get-OpenRouterMember", "GET /organization/members?offset=0&limit=100")]
    [InlineData("'a', 'b' | Get-OpenRouterModel", "GET /models")]
    [InlineData("'a', 'b' | Get-OpenRouterProvider", "GET /providers")]
    public void Each_asks_no_more_than_it_must(string script, params string[] requests)
    {
        shell.Run(script);

        Assert.Equal(requests, server.Requests.Select(Line));
    }

    [Theory]
    [InlineData("Get-OpenRouterProvider *GOOGLE*", "google-ai-studio", "google-vertex")]
    [InlineData("Get-OpenRouterProvider openai, azure", "azure", "openai")]
    [InlineData("Get-OpenRouterProvider nobody")]
    [InlineData("Get-OpenRouterModel openai/gpt-5*", "openai/gpt-5", "openai/gpt-5-mini")]
    [InlineData("Get-OpenRouterModel *mini -Provider azure | Where-Object Id -Like *gpt-5*", "openai/gpt-5-mini")]
    [InlineData("Get-OpenRouterModel GPT-5*", "openai/gpt-5", "openai/gpt-5-mini")]
    [InlineData("Get-OpenRouterModel gpt-5", "openai/gpt-5")]
    [InlineData("Get-OpenRouterModel 'OpenAI: GPT-5'", "openai/gpt-5")]
    [InlineData("Get-OpenRouterModel *'claude haiku'*", "anthropic/claude-haiku-4.5")]
    [InlineData(
        "Get-OpenRouterModel grok-4, openai/gpt-5, command-a", "cohere/command-a", "openai/gpt-5", "x-ai/grok-4")]
    [InlineData("Get-OpenRouterModel nobody/gpt-5")]
    [InlineData("Get-OpenRouterModel openai/gpt")]
    [InlineData("Get-OpenRouterModel gpt")]
    [InlineData("'gpt-5', 'openai/gpt-5' | Get-OpenRouterModel", "openai/gpt-5", "openai/gpt-5")]
    [InlineData("Get-OpenRouterModel gpt-5 | Get-OpenRouterModel", "openai/gpt-5")]
    [InlineData("Get-OpenRouterWorkspace PROD*", "Production")]
    [InlineData("Get-OpenRouterWorkspace default", "Default")]
    [InlineData("Get-OpenRouterApiKey", "Assistant", "Nightly eval")]
    [InlineData("Get-OpenRouterApiKey -IncludeDisabled", "Assistant", "Nightly eval", "Prototype 2025")]
    [InlineData("Get-OpenRouterApiKey s* -Workspace production", "Storefront", "Support desk")]
    [InlineData("Get-OpenRouterApiKey *b* -AllWorkspaces", "EU batch")]
    [InlineData(
        "Get-OpenRouterApiKey -Workspace Default, Production, default",
        "Assistant",
        "Nightly eval",
        "Storefront",
        "Support desk",
        "EU batch")]
    [InlineData(
        "Get-OpenRouterApiKey -Workspace (Get-OpenRouterWorkspace prod*)", "Storefront", "Support desk", "EU batch")]
    [InlineData("Get-OpenRouterApiKey eval* | Get-OpenRouterApiKey")]
    [InlineData("Get-OpenRouterApiKey *eval | Get-OpenRouterApiKey", "Nightly eval")]
    [InlineData("Get-OpenRouterMember mei*", "mei.tanaka@example.com")]
    [InlineData(
        "Get-OpenRouterMember -Email *costa@example.com, 'Ada Okafor'",
        "ada.okafor@example.com",
        "rafael.costa@example.com")]
    [InlineData(
        "(Get-OpenRouterByokKey Admins).AllowedUserIds | Get-OpenRouterMember",
        "ada.okafor@example.com",
        "jonas.lindqvist@example.com")]
    [InlineData("(Get-OpenRouterByokKey 'Nightly eval').AllowedApiKeyHashes | Get-OpenRouterApiKey", "Nightly eval")]
    public void Names_and_wildcards_choose_in_the_order_of_the_API(string script, params string[] expected)
    {
        var result = shell.Run(script);

        Assert.Empty(result.Errors);
        Assert.Equal(expected, result.Output.Select(static item => item.ToString()));
    }

    [Fact]
    public void A_name_with_brackets_is_met_by_itself()
    {
        server.Store.Workspaces = [server.Store.Workspaces[0] with { Name = "[EU] customers" }];

        Assert.Equal("default", shell.Run("Get-OpenRouterWorkspace '[EU] customers'").Only<OpenRouterWorkspace>().Slug);
    }

    [Fact]
    public void A_slug_with_a_slash_is_the_id_alone()
    {
        var models = server.Store.Models;
        server.Store.Models =
        [
            models[0] with { Id = "maker/one", Name = "other/two" },
            models[1] with { Id = "other/two", Name = "Two" },
            models[2] with { Id = "host/other/two", Name = "Three" },
        ];

        Assert.Equal("other/two", shell.Run("Get-OpenRouterModel other/two").Only<OpenRouterModel>().Id);
        Assert.Equal(
            ["other/two", "host/other/two"],
            shell.Run("Get-OpenRouterModel *two").All<OpenRouterModel>().Select(static model => model.Id).Skip(1));
    }

    [Fact]
    public void The_workspace_of_the_session_is_looked_in()
    {
        shell.Connect(server.BaseUri, server.ManagementKey, $"-WorkspaceId {Production}");

        Assert.Equal(3, shell.Run("Get-OpenRouterApiKey").All<OpenRouterApiKey>().Count);
    }

    [Fact]
    public void A_list_is_read_anew_by_each_command()
    {
        shell.Run("Get-OpenRouterWorkspace");
        server.Store.Workspaces = [server.Store.Workspaces[1]];

        Assert.Equal("Production", shell.Run("Get-OpenRouterWorkspace").Only<OpenRouterWorkspace>().Name);
    }

    [Fact]
    public void A_personal_account_has_no_members_and_a_verbose_line_says_so()
    {
        server.Intercept = static context =>
        {
            var isMembers = context.Request.Path.Value!.EndsWith("/members", StringComparison.Ordinal);
            if (isMembers)
            {
                context.Response.StatusCode = 404;
            }

            return Task.FromResult(isMembers);
        };

        var result = shell.Run("Get-OpenRouterMember -Verbose");

        result.IsSilent();
        Assert.Contains(
            "The account is a personal account, not an organization, so it has no members.", result.Verbose);
    }

    [Theory]
    [InlineData(
        "Get-OpenRouterWorkspace -Id " + Samples.Id, "Reading workspace '" + Samples.Id + "' failed",
        "Get-OpenRouterWorkspace")]
    [InlineData(
        "Get-OpenRouterApiKey -Hash 0000000000000000000000000000000000000000000000000000000000000000",
        "Reading API key '0000",
        "Get-OpenRouterApiKey")]
    public void One_that_does_not_exist_is_an_error(string script, string message, string advice)
    {
        var error = shell.Run(script).OnlyError();

        Assert.StartsWith("OpenRouterByok.NotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.StartsWith(message, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(script.Split(' ')[^1], error.TargetObject);
        Assert.Contains(advice, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-OpenRouterApiKey -Hash nonsense")]
    [InlineData("Get-OpenRouterApiKey -Workspace a -WorkspaceId b")]
    [InlineData("Get-OpenRouterApiKey -Workspace a -AllWorkspaces")]
    [InlineData("Get-OpenRouterApiKey -WorkspaceId a -AllWorkspaces")]
    [InlineData("Get-OpenRouterApiKey -Workspace ' '")]
    [InlineData("Get-OpenRouterModel -Provider ' '")]
    public void What_cannot_be_right_is_refused_before_anything_is_sent(string script)
    {
        var error = shell.Run(script).OnlyError();

        Assert.StartsWith("OpenRouterByok.InvalidArgument,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void An_unknown_provider_of_models_is_an_error_that_lists_the_likeliest_first()
    {
        var error = shell.Run("Get-OpenRouterModel -Provider open").OnlyError();

        Assert.StartsWith("OpenRouterByok.UnknownName,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith(
            "There is no provider 'open'. The choices are: openai, ", error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(" more.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_the_API_says_of_an_API_key_is_read()
    {
        var key = shell.Run("Get-OpenRouterApiKey 'EU batch' -AllWorkspaces").Only<OpenRouterApiKey>();

        var sample = SampleAccount.Batch;
        Assert.Equal(sample.Hash, key.Hash);
        Assert.Equal(sample.Label, key.Label);
        Assert.Equal(Production, key.WorkspaceId);
        Assert.Equal(
            (500m, 500m, "monthly", true), (key.Limit, key.LimitRemaining, key.LimitReset, key.IncludeByokInLimit));
        Assert.Equal((0m, 148.1m, 39.7m), (key.Usage, key.ByokUsage, key.ByokUsageMonthly));
        Assert.Equal(new DateTimeOffset(2027, 6, 3, 9, 30, 0, TimeSpan.Zero), key.ExpiresAt);
        Assert.Equal(SampleAccount.Ada.Id, key.CreatorUserId);
        Assert.Null(key.UpdatedAt);
    }

    [Fact]
    public void Prices_of_models_are_exact()
    {
        var model = shell.Run("Get-OpenRouterModel openai/gpt-5-mini").Only<OpenRouterModel>();

        Assert.Equal((0.00000025m, 0.000002m, 0m), (model.PromptPrice, model.CompletionPrice, model.RequestPrice));
        Assert.Equal((400_000L, 32_768L), (model.ContextLength, model.MaxCompletionTokens));
        Assert.Equal("text", model.InputModalities?.ToString());
    }

    private static string Line(RecordedRequest request) =>
        $"{request.Method} {request.PathAndQuery.Replace("/api/v1", "", StringComparison.Ordinal)}";
}
