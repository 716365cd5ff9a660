using System;
using System.Linq;
using Xunit;

namespace OpenRouter.Byok.Tests.Views;

/// <summary>What people see, to the last column.</summary>
public sealed class ViewTests : IClassFixture<SandboxShell>
{
    private readonly ModuleRunspace shell;

    public ViewTests(SandboxShell sandbox) => shell = sandbox.Reset().Shell;

    [Fact]
    public void In_80_columns_the_table_shows_the_beginning_of_the_id()
    {
        shell.Host.Screen.Width = 80;

        Shows(
            """
               Provider: acme-ai

            Order Name             Label      State    Section     Restricted to Id
            ----- ----             -----      -----    -------     ------------- --
                0 Pilot            acm...5512 enabled  prioritized               4dfbf2f2-…
                1 Load test        acm...e0e0 disabled prioritized 1 model       ea7566e0-…

               Provider: openai

            Order Name             Label      State    Section     Restricted to Id
            ----- ----             -----      -----    -------     ------------- --
                0 Team account     sk-...p7Qd enabled  prioritized               90d5d6e0-…
                0                  sk-...Hy6s enabled  fallback                  086b7199-…
                1 Old laptop       sk-...00zT disabled prioritized               8338dcc0-…
                2 Nightly eval     sk-...eV4l enabled  prioritized 1 key         9941d7e9-…
                3 Admins           sk-...dA3m enabled  prioritized 2 users       2d8ac96b-…
                4 EU data          sk-...Zr6e enabled  prioritized               8eafe3db-…
            """,
            "Get-OpenRouterByokKey -Provider acme-ai, openai");
    }

    [Fact]
    public void In_120_columns_the_table_shows_all_of_it()
    {
        Shows(
            """
               Provider: amazon-bedrock

            Order Name             Label      State    Section     Restricted to Id
            ----- ----             -----      -----    -------     ------------- --
                0 Shared           ABS...k2Q= enabled  prioritized               b2a0fdd9-2c9c-47e6-93dc-2a2d697de89f
                0 Claude only      ABS...M0c= enabled  prioritized 3 models      6edbff40-d625-49cc-aae9-3cd8e12166b4
                1 Overflow         ABS...M0c= enabled  fallback                  aebc3438-21a7-4033-bca8-98f46a354af9

               Provider: anthropic/2

            Order Name             Label      State    Section     Restricted to Id
            ----- ----             -----      -----    -------     ------------- --
                0 Console          sk-...2bNc enabled  prioritized               e367ed2c-78ce-4f88-aeb4-d77f2fd93576
            """,
            "Get-OpenRouterByokKey -Provider amazon-bedrock, anthropic/2");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void No_line_is_longer_than_the_screen_is_wide(int width)
    {
        shell.Host.Screen.Width = width;

        Assert.All(
            shell.Show("Get-OpenRouterByokKey -AllWorkspaces; Get-OpenRouterContext").Split('\n'),
            line => Assert.InRange(line.Length, 0, width));
    }

    [Fact]
    public void A_name_that_is_too_long_gives_way_not_the_columns_after_it()
    {
        using var server = new ScriptedServer { DefaultResponse = Samples.Echo };
        shell.Connect(server.BaseUri, ScriptedServer.Key);

        Shows(
            """
               Provider: openai

            Order Name             Label      State    Section     Restricted to Id
            ----- ----             -----      -----    -------     ------------- --
                0 Production Open… sk-...AbCd enabled  prioritized               11111111-2222-3333-4444-555555555555
            """,
            $"Get-OpenRouterByokKey -Id {Samples.Id}");
    }

    [Fact]
    public void The_list_shows_everything_and_says_any_where_there_is_no_restriction() => Assert.Equal(
        Lines(
            """
            Id                  : cd85b7e9-5302-497e-a09e-a4bc56804725
            Provider            : google-vertex
            Name                : Research
            Label               : AQ....8LmE
            WorkspaceId         : 02829ff1-9be9-40ef-86c0-e3dd08a4b962
            Disabled            : False
            SortOrder           : 0
            IsFallback          : False
            IsRequired          : False
            IsByokOnly          : False
            AllowedModels       : google/gemini-2.5-pro, google/gemini-2.5-flash
            AllowedApiKeyHashes : any
            AllowedUserIds      : any
            DeclaredZdr         : inherited
            DeclaredRegion      : undeclared
            CreatedAt           : 02/03/2026 11:11:11 +00:00
            """),
        List("Get-OpenRouterByokKey -Provider google-vertex"));

    [Fact]
    public void The_list_names_a_global_credential_as_such_and_the_declarations_as_they_are()
    {
        var list = List("Get-OpenRouterByokKey Shared; Get-OpenRouterByokKey 'EU data'").Split('\n');

        Assert.Contains("WorkspaceId         : global", list);
        Assert.Contains("DeclaredZdr         : True", list);
        Assert.Contains("DeclaredRegion      : europe", list);
    }

    [Fact]
    public void The_list_shows_fields_that_nobody_knows_yet_when_there_are_any()
    {
        using var server = new ScriptedServer();
        server.Then(Response.Json(Samples.One(
            $"\"id\":\"{Samples.Id}\",\"provider\":\"openai\",\"color\":\"blue\",\"weight\":3")));
        shell.Connect(server.BaseUri, ScriptedServer.Key);

        var shown = List($"Get-OpenRouterByokKey -Id {Samples.Id}").Split('\n')[^1];

        Assert.StartsWith("AdditionalProperties", shown, StringComparison.Ordinal);
        Assert.Contains("color", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_context_says_what_holds_where_nothing_was_said()
    {
        shell.Connect(new Uri("https://eu.openrouter.ai/api/v1"), "k", "-TimeoutSec 90");

        Shows(
            """
            BaseUri           : https://eu.openrouter.ai/api/v1
            KeyLabel          : not checked
            KeySource         : Parameter
            WorkspaceId       : the account's default
            Timeout           : 00:01:30
            MaximumRetryCount : 6
            Proxy             : the system's
            """,
            "Get-OpenRouterContext");
    }

    [Fact]
    public void In_text_a_credential_is_its_name_and_an_allow_list_what_a_CSV_file_holds()
    {
        var result = shell.Run(
            """
            "$(Get-OpenRouterByokKey Pilot)"
            "$((Get-OpenRouterByokKey -Provider openai)[1])"
            (Get-OpenRouterByokKey -Provider google-vertex).AllowedModels.ToString()
            """);

        Assert.Equal(
            ["Pilot (acme-ai)", "sk-...Hy6s (openai)", "google/gemini-2.5-pro;google/gemini-2.5-flash"],
            result.Output.Select(static text => text.ToString()));
    }

    private void Shows(string expected, string script) => Assert.Equal(Lines(expected), shell.Show(script));

    private string List(string script) => ListViews.Show(shell.Run(script).All<ByokKey>());

    private static string Lines(string text) => text.ReplaceLineEndings("\n").Trim('\n');
}
