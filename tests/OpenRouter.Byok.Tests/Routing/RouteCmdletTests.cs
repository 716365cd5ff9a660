using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Routing;

/// <summary>Resolve-OpenRouterByokRoute as people use it.</summary>
public sealed class RouteCmdletTests(ShuffledSandboxShell sandbox) : IClassFixture<ShuffledSandboxShell>
{
    private readonly SandboxShell sandbox = sandbox.Reset();

    private ModuleRunspace Shell => sandbox.Shell;

    [Fact]
    public void The_steps_come_in_order_with_their_reasons() => Assert.Equal(
        """
        1 Credential Team account: Prioritized, sort order 0.
        2 Credential EU data: Prioritized, sort order 4.
        3 Shared : Spends credits.
        4 Credential : Fallback, sort order 0.
        """,
        Text("Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai"));

    [Fact]
    public void What_is_out_has_no_number_and_one_reason() => Assert.Equal(
        """
         Credential Old laptop: Disabled.
         Credential Nightly eval: Only for some API keys. Specify -ApiKey.
         Credential Admins: Only for some members. Specify -User.
        """,
        Text(
            "Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai -IncludeExcluded "
            + "| Where-Object { $null -eq $_.Step }"));

    [Fact]
    public void Removed_shared_capacity_is_told_with_the_culprit() => Assert.Equal(
        " Shared : Removed because 'Production' is BYOK-only.",
        Text(
            "Resolve-OpenRouterByokRoute anthropic/claude-sonnet-4.5 -Provider anthropic -Workspace production "
            + "-IncludeExcluded | Where-Object Kind -eq Shared"));

    [Fact]
    public void Names_are_as_good_as_ids()
    {
        var names = Text(
            "Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai -ApiKey 'Nightly eval' "
            + "-User mei.tanaka@example.com -Workspace Default");
        var ids = Text(
            "Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai -ApiKeyHash $hash "
            + "-UserId $user -WorkspaceId $workspace",
            new
            {
                hash = SampleAccount.Evaluation.Hash,
                user = SampleAccount.Mei.Id,
                workspace = SampleAccount.DefaultWorkspaceId.ToString(),
            });

        Assert.Equal(names, ids);
        Assert.Contains("Nightly eval", names, StringComparison.Ordinal);
    }

    [Fact]
    public void The_workspace_is_that_of_the_API_key()
    {
        Assert.StartsWith(
            "1 Credential Production:",
            Text("Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai -ApiKey Storefront"),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "1 Credential Production:",
            Text(
                "Get-OpenRouterByokKey -AllWorkspaces "
                + "| Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai -ApiKey Storefront"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_provider_those_that_do_not_serve_the_model_are_out()
    {
        var steps = Shell.Run("Resolve-OpenRouterByokRoute openai/gpt-5 -IncludeExcluded").All<ByokRouteStep>();

        Assert.Equal(
            ["acme-ai", "anthropic/2", "azure", "openai", null],
            steps.Where(static step => step is { Kind: ByokRouteStepKind.Shared, Step: not null })
                .Select(static step => step.Provider));
        Assert.Equal(
            "anthropic does not serve the model.", Assert.Single(steps, static step => step.Name == "Main").Reason);
        Assert.EndsWith(
            "Only if acme-ai serves the model.",
            Assert.Single(steps, static step => step.Name == "Pilot").Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_nobody_lists_is_warned_about()
    {
        var result = Shell.Run("Resolve-OpenRouterByokRoute openai/gpt-77");

        Assert.Contains("'openai/gpt-77'", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains(result.All<ByokRouteStep>(), static step => step is { Name: "Main", Step: not null });
    }

    [Fact]
    public void A_look_up_that_fails_costs_no_more_than_its_knowledge()
    {
        sandbox.Reset("-MaximumRetryCount 0");
        sandbox.Server.Intercept = static context =>
        {
            var isLookUp = context.Request.Path.Value!.EndsWith("/providers", StringComparison.Ordinal);
            if (isLookUp)
            {
                context.Response.StatusCode = 503;
            }

            return Task.FromResult(isLookUp);
        };

        var result = Shell.Run("Resolve-OpenRouterByokRoute openai/gpt-5");

        Assert.Contains("could not be determined", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.NotEmpty(result.All<ByokRouteStep>());
    }

    [Fact]
    public void Credentials_from_the_pipeline_need_neither_session_nor_request()
    {
        using var offline = new ModuleRunspace();

        var result = offline.Run(
            "@{ Provider = 'openai'; Name = 'One' } | Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai");

        Assert.Equal(["One", null], result.All<ByokRouteStep>().Select(static step => step.Name));
        Shell.Run("$script:keys = Get-OpenRouterByokKey");
        sandbox.Server.ClearRequests();
        Assert.NotEmpty(Shell.Run("$keys | Resolve-OpenRouterByokRoute openai/gpt-5").All<ByokRouteStep>());
        Assert.NotEmpty(Shell.Run("Resolve-OpenRouterByokRoute openai/gpt-5 -InputObject $keys").All<ByokRouteStep>());
        Assert.Empty(sandbox.Server.Requests);
    }

    [Fact]
    public void A_pipeline_without_credentials_is_no_reason_to_read_the_account()
    {
        var result = Shell.Run("@() | Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai");

        Assert.Equal(ByokRouteStepKind.Shared, result.Only<ByokRouteStep>().Kind);
        Assert.Empty(sandbox.Server.Requests);
    }

    [Fact]
    public void An_inventory_of_text_has_the_same_route()
    {
        const string Route =
            "Resolve-OpenRouterByokRoute anthropic/claude-haiku-4.5 -IncludeExcluded -WorkspaceId $workspace";
        var workspace = SampleAccount.DefaultWorkspaceId.ToString();
        var keys = Shell.Run("Get-OpenRouterByokKey -AllWorkspaces").All<ByokKey>();
        // What Export-Csv writes and Import-Csv reads.
        var rows = keys.Select(static key =>
        {
            var row = new PSObject();
            foreach (var property in PSObject.AsPSObject(key).Properties)
            {
                row.Properties.Add(new PSNoteProperty(property.Name, property.Value?.ToString() ?? ""));
            }

            return row;
        }).ToArray();

        Assert.Equal(
            Text("$keys | " + Route, new { keys, workspace }),
            Text("$rows | " + Route, new { rows, workspace }));
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Provider = 'p'; Name = 'a'; AllowedModels = 'm; n'; IsRequired = 'true' }")]
    [InlineData("[pscustomobject]@{ provider = 'p'; name = 'a'; allowed_models = @('m'); is_required = $true }")]
    [InlineData(
        "@{ Provider = 'p'; Name = 'a'; AllowedModel = 'm'; Required = [switch]$true; "
            + "Disabled = ''; Key = 'ignored' }")]
    public void Plans_come_in_any_shape(string plan)
    {
        Assert.Equal(
            "1 Credential a: Prioritized, new and therefore last.",
            Text(plan + " | Resolve-OpenRouterByokRoute m -Provider p"));
        Assert.Equal("1 Shared : Spends credits.", Text(plan + " | Resolve-OpenRouterByokRoute other -Provider p"));
    }

    [Theory]
    [InlineData("'openai'", "objects that have a Provider property")]
    [InlineData("5", "objects that have a Provider property")]
    [InlineData("@{ Name = 'x' }", "objects that have a Provider property")]
    [InlineData(
        "@{ Provider = 'p'; SortOrder = 'first' }", "The SortOrder property of the piped object cannot be read.")]
    [InlineData(
        "@{ Provider = 'p'; CreatedAt = 'then' }", "The CreatedAt property of the piped object cannot be read.")]
    [InlineData("@{ Provider = 'p'; Disabled = 'maybe' }", "The Disabled property of the piped object cannot be read.")]
    public void What_is_no_credential_is_refused_and_the_others_are_taken(string input, string message)
    {
        var result = Shell.Run(
            $"{input}, @{{ Provider = 'p'; Name = 'good' }} | Resolve-OpenRouterByokRoute m -Provider p");

        Assert.Contains(message, Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal("good", ((ByokRouteStep)result.Output[0].BaseObject).Name);
    }

    [Fact]
    public void What_comes_later_with_the_same_id_replaces_the_earlier() => Assert.Equal(
        "1 Shared : Spends credits.",
        Text(
            "$old = @{ Id = 'x'; Provider = 'p' }; "
            + "$old, @{ Id = 'x'; Provider = 'p'; Disabled = $true } | Resolve-OpenRouterByokRoute m -Provider p"));

    [Fact]
    public void A_request_runs_in_one_workspace()
    {
        var error = Shell.Run("Get-OpenRouterByokKey -AllWorkspaces | Resolve-OpenRouterByokRoute openai/gpt-5")
            .OnlyError();

        Assert.StartsWith("OpenRouterByok.InvalidArgument", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-Workspace", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-ApiKey Nobody", "UnknownName")]
    [InlineData("-User nobody@example.com", "UnknownName")]
    [InlineData("-Workspace Nowhere", "UnknownName")]
    [InlineData("-ApiKey ' '", "InvalidArgument")]
    public void Whoever_is_unknown_is_an_error(string who, string reason) => Assert.StartsWith(
        $"OpenRouterByok.{reason}",
        Shell.Run("Resolve-OpenRouterByokRoute openai/gpt-5 " + who).OnlyError().FullyQualifiedErrorId,
        StringComparison.Ordinal);

    [Fact]
    public void A_step_can_be_piped_to_what_takes_an_id()
    {
        var key = Shell
            .Run(
                "Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai | Where-Object Step -eq 1 "
                + "| Disable-OpenRouterByokKey -PassThru")
            .Only<ByokKey>();

        Assert.Equal(("Team account", true), (key.Name, key.Disabled));
    }

    [Fact]
    public void The_table_fits_80_columns()
    {
        using var narrow = ModuleRunspace.ConnectedTo(sandbox.Server, width: 80);

        var table = narrow.Show("Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai -IncludeExcluded");

        Assert.Equal(
            """
               Model: openai/gpt-5

            Step Provider       Credential       Reason
            ---- --------       ----------       ------
               1 openai         Team account     Prioritized, sort order 0.
               2 openai         EU data          Prioritized, sort order 4.
               3 openai         (shared)         Spends credits.
               4 openai         sk-...Hy6s       Fallback, sort order 0.
             out openai         Old laptop       Disabled.
             out openai         Nightly eval     Only for some API keys. Specify -ApiKey.
             out openai         Admins           Only for some members. Specify -User.
            """,
            table);
    }

    private string Text(string script, object? variables = null) => string.Join('\n', Shell.Run(script, variables)
        .All<ByokRouteStep>()
        .Select(static step => $"{step.Step} {step.Kind} {step.Name}: {step.Reason}"));
}
