using System;
using System.Linq;
using OpenRouter.Byok.Views;
using Xunit;

namespace OpenRouter.Byok.Tests.Views;

/// <summary>What people see, to the last column.</summary>
public sealed class ViewTests : IClassFixture<SandboxShell>
{
    private readonly ModuleRunspace shell;

    public ViewTests(SandboxShell sandbox) => shell = sandbox.Reset().Shell;

    [Fact]
    public void In_60_columns_the_table_shows_what_a_credential_is_used_as()
    {
        shell.Host.Screen.Width = 60;

        Shows(
            """
            Provider       Order Name             Use         Workspace
            --------       ----- ----             ---         ---------
            acme-ai            0 Pilot            prioritized 02829ff1…
            acme-ai            1 Load test        disabled    02829ff1…
            """,
            "Get-OpenRouterByokKey -Provider acme-ai");
    }

    [Fact]
    public void In_80_columns_the_table_shows_what_a_credential_is_restricted_to()
    {
        shell.Host.Screen.Width = 80;

        Shows(
            """
            Provider       Order Name             Use         Workspace      Restricted to
            --------       ----- ----             ---         ---------      -------------
            acme-ai            0 Pilot            prioritized Default
            acme-ai            1 Load test        disabled    Default        1 model
            openai             0 Team account     prioritized Default
            openai             0 sk-...Hy6s       fallback    all
            openai             1 Old laptop       disabled    Default
            openai             2 Nightly eval     prioritized Default        1 key
            openai             3 Admins           prioritized Default        2 users
            openai             4 EU data          prioritized Default
            """,
            "$null = Get-OpenRouterWorkspace; Get-OpenRouterByokKey -Provider acme-ai, openai");
    }

    [Fact]
    public void In_120_columns_the_table_shows_the_beginning_of_the_id()
    {
        Shows(
            """
Provider       Order Name             Use         Workspace      Restricted to              Label      Id
--------       ----- ----             ---         ---------      -------------              -----      --
amazon-bedrock     0 Shared           prioritized all                                       ABS...k2Q= b2a0fdd9-2c9c-4…
amazon-bedrock     0 Claude only      prioritized 02829ff1-9be9… 3 models                   ABS...M0c= 6edbff40-d625-4…
amazon-bedrock     1 Overflow         fallback    02829ff1-9be9…                            ABS...M0c= aebc3438-21a7-4…
anthropic/2        0 Console          prioritized 02829ff1-9be9…                            sk-...2bNc e367ed2c-78ce-4…
""",
            "Get-OpenRouterByokKey -Provider amazon-bedrock, anthropic/2");
    }

    [Fact]
    public void In_160_columns_the_table_shows_all_of_it()
    {
        shell.Host.Screen.Width = 160;
        var row = shell.Show("Get-OpenRouterByokKey 'EU batch' -Workspace Production").Split('\n')[^1];

        Assert.Equal(
            "google-vertex      0 EU batch         prioritized Production     1 model, 2 keys            AQ....vW7u "
            + "ae5acc28-e61e-4287-8e3d-bcce85ef0e70",
            row);
    }

    [Fact]
    public void Credentials_of_alternating_providers_share_one_heading()
    {
        shell.Host.Screen.Width = 80;

        Shows(
            """
            Provider       Order Name             Use         Workspace      Restricted to
            --------       ----- ----             ---         ---------      -------------
            openai             0 Team account     prioritized 02829ff1-9be9…
            acme-ai            0 Pilot            prioritized 02829ff1-9be9…
            openai             4 EU data          prioritized 02829ff1-9be9…
            """,
            "Get-OpenRouterByokKey 'Team account'; Get-OpenRouterByokKey Pilot; Get-OpenRouterByokKey 'EU data'");
    }

    [Theory]
    [InlineData("", "prioritized")]
    [InlineData("\"is_fallback\":true", "\e[36mfallback\e[0m")]
    [InlineData("\"is_fallback\":true,\"is_required\":true", "\e[33mrequired\e[0m")]
    [InlineData("\"is_required\":true,\"is_byok_only\":true", "\e[33mBYOK only\e[0m")]
    [InlineData("\"is_required\":true,\"is_byok_only\":true,\"disabled\":true", "\e[90mdisabled\e[0m")]
    public void Of_several_settings_the_one_that_overrides_the_others_is_shown_in_color(string settings, string shown)
    {
        using var server = new ScriptedServer();
        server.Then(Response.Json(Samples.One(
            $"\"id\":\"{Samples.Id}\",\"provider\":\"openai\"{(settings.Length > 0 ? "," : "")}{settings}")));
        shell.Connect(server.BaseUri, ScriptedServer.Key);

        var key = shell.Run($"Get-OpenRouterByokKey -Id {Samples.Id}").Only<ByokKey>();

        Assert.Equal(shown, ViewText.Use(key));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(160)]
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
Provider       Order Name             Use         Workspace      Restricted to              Label      Id
--------       ----- ----             ---         ---------      -------------              -----      --
openai             0 Production Open… prioritized 550e8400-e29b…                            sk-...AbCd 11111111-2222-3…
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
