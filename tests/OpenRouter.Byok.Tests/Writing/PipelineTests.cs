using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Writing;

/// <summary>What binds from the pipeline, and what must not.</summary>
public sealed class PipelineTests : IClassFixture<SandboxShell>
{
    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public PipelineTests(SandboxShell sandbox) => (server, shell) = (sandbox.Reset().Server, sandbox.Shell);

    [Theory]
    [InlineData("$ids | Get-OpenRouterByokKey")]
    [InlineData("Get-OpenRouterByokKey -Id $ids")]
    [InlineData("$ids | ForEach-Object { [pscustomobject]@{ Id = $_ } } | Get-OpenRouterByokKey")]
    [InlineData("Get-OpenRouterByokKey -Id $ids | Get-OpenRouterByokKey")]
    [InlineData("$ids | Set-OpenRouterByokKey -Disabled -PassThru")]
    [InlineData("$ids | ForEach-Object { [pscustomobject]@{ id = $_ } } | Set-OpenRouterByokKey -NewName x -PassThru")]
    [InlineData("Get-OpenRouterByokKey -Id $ids | Disable-OpenRouterByokKey -PassThru")]
    [InlineData("Enable-OpenRouterByokKey $ids -PassThru")]
    [InlineData("$ids | Enable-OpenRouterByokKey -PassThru -ThrottleLimit 1")]
    public void Ids_come_as_text_and_in_objects_and_results_in_the_order_of_the_input(string script)
    {
        var ids = server.Store.Credentials.Select(static key => key.Id.ToString()).Reverse().ToArray();

        Assert.Equal(ids, shell.Run(script, new { ids }).All<ByokKey>().Select(static key => key.Id));
    }

    [Fact]
    public async Task The_order_holds_although_later_answers_come_earlier()
    {
        var ids = server.Store.Credentials.Select(static key => key.Id.ToString()).ToArray();
        var laterOne = new TaskCompletionSource();
        server.Intercept = async context =>
        {
            if (context.Request.Path.Value!.EndsWith(ids[0], StringComparison.Ordinal))
            {
                await laterOne.Task.WaitAsync(TimeSpan.FromSeconds(30));
            }
            else
            {
                laterOne.TrySetResult();
            }

            return false;
        };
        using var running = shell.Start("$ids | Set-OpenRouterByokKey -NewName x -PassThru", new { ids });

        var result = await running.EndAsync();

        Assert.Equal(ids, result.All<ByokKey>().Select(static key => key.Id));
        Assert.True(laterOne.Task.IsCompleted);
    }

    [Fact]
    public void An_object_from_Get_never_writes_itself_back()
    {
        shell.Run("Get-OpenRouterByokKey | Set-OpenRouterByokKey -Clear DeclaredZdr").IsSilent();

        var bodies = Sent("PATCH").Select(static request => request.Body).ToList();
        Assert.Equal(server.Store.List(SampleAccount.DefaultWorkspaceId, null).Count, bodies.Count);
        Assert.All(bodies, static body => Assert.Equal("""{"declared_zdr":null}""", body));
    }

    [Fact]
    public void An_object_from_Get_piped_to_Set_alone_changes_nothing()
    {
        var result = shell.Run("Get-OpenRouterByokKey | Set-OpenRouterByokKey");

        Assert.Single(result.Warnings);
        Assert.Empty(Sent("PATCH"));
    }

    [Fact]
    public void Objects_can_be_removed_through_the_pipeline()
    {
        shell.Run("Get-OpenRouterByokKey -State Disabled | Remove-OpenRouterByokKey -Confirm:$false").IsSilent();

        Assert.DoesNotContain(server.Store.List(SampleAccount.DefaultWorkspaceId, null), static key => key.Disabled);
        Assert.NotEmpty(Sent("DELETE"));
    }

    [Fact]
    public void A_wrong_item_does_not_keep_the_others()
    {
        var ids = server.Store.Credentials.Take(2).Select(static key => key.Id.ToString()).ToArray();

        var result = shell.Run(
            "$ids[0], '', $missing, '..', $ids[1] | Disable-OpenRouterByokKey -PassThru",
            new { ids, missing = Samples.OtherId });

        Assert.Equal(ids, result.Output.Select(static key => ((ByokKey)key.BaseObject).Id));
        Assert.Null(result.Terminating);
        Assert.Equal(new[] { "", Samples.OtherId, null }.Order(), TargetsOf(result).Order());
    }

    [Fact]
    public void Lines_of_a_CSV_file_become_credentials()
    {
        var result = shell.Run(
            """
            $columns = 'Provider', 'Name', 'WorkspaceId', 'AllowedModels', 'AllowedApiKeyHashes', 'AllowedUserIds',
                'Disabled', 'IsFallback', 'IsRequired', 'IsByokOnly', 'DeclaredZdr', 'DeclaredRegion', 'SortOrder',
                'CreatedAt', 'Label'
            foreach ($line in $lines) {
                $row = [ordered]@{ Key = $key }
                for ($i = 0; $i -lt $columns.Count; $i++) { $row[$columns[$i]] = $line.Split('|')[$i] }
                $items += , [pscustomobject]$row
            }
            $items | New-OpenRouterByokKey
            """,
            new
            {
                items = Array.Empty<object>(),
                key = Secret.Of("sk-from-csv"),
                lines = new[]
                {
                    "openai||||||||||||0||",
                    $"azure|Full|{SampleAccount.ProductionWorkspaceId}|a/b;c/d|{SampleAccount.Batch.Hash}|u1; u2"
                        + "|True|False|TRUE|no|false|europe|3|2026-01-01|x",
                    "openai|Two|  |  a/b| |  |False|true|0||True| |1||",
                },
            });

        Assert.Empty(result.Errors);
        // An empty cell is not given.
        Same("""{"provider":"openai","key":"sk-from-csv"}""");
        Same(
            $$"""
            {"provider":"azure","key":"sk-from-csv","name":"Full",
            "workspace_id":"{{SampleAccount.ProductionWorkspaceId}}","allowed_models":["a/b","c/d"],
            "allowed_api_key_hashes":["{{SampleAccount.Batch.Hash}}"],"allowed_user_ids":["u1","u2"],"disabled":true,
            "is_fallback":false,"is_required":true,"is_byok_only":false,"declared_zdr":false,"declared_region":"europe"}
            """);
        Same(
            """
            {"provider":"openai","key":"sk-from-csv","name":"Two","allowed_models":["a/b"],"disabled":false,
            "is_fallback":true,"is_required":false,"declared_zdr":true}
            """);
        Assert.Equal(["openai", "azure", "openai"], result.All<ByokKey>().Select(static key => key.Provider));

        // Credentials of different providers are created side by side, so the bodies are found by what is in them.
        void Same(string expected) => Assert.Contains(Bodies("POST"), body => Samples.AreSame(expected, body));
    }

    [Fact]
    public void Credentials_of_one_provider_are_created_in_the_order_of_the_input()
    {
        var names = Enumerable.Range(0, 30).Select(static number => $"n{number}").ToArray();
        var key = Secret.Of("k");

        shell.Run(
            """
            $names |
                ForEach-Object { [pscustomobject]@{ Provider = 'mistral'; Name = $_; Key = $key } } |
                New-OpenRouterByokKey
            """,
            new { names, key });

        Assert.Equal(
            names, server.Store.List(SampleAccount.DefaultWorkspaceId, "mistral").Select(static made => made.Name));
    }

    [Fact]
    public void A_line_that_is_wrong_does_not_keep_the_others()
    {
        var result = shell.Run(
            """
            $rows = foreach ($row in @('openai', 'One', 'False', ''),
                @('', 'Two', '', ''),
                @('openai', 'Three', 'perhaps', ''),
                @('openai', 'Four', '', 'not-a-hash'),
                @('openai', 'Five', 'True', '')) {
                [pscustomobject]@{
                    Provider = $row[0]; Name = $row[1]; Disabled = $row[2]; AllowedApiKeyHashes = $row[3]; Key = $key
                }
            }
            $rows | New-OpenRouterByokKey
            """,
            new { key = Secret.Of("k") });

        Assert.Equal(["One", "Five"], result.Output.Select(static made => ((ByokKey)made.BaseObject).Name));
        Assert.Equal(3, result.Errors.Count);
        Assert.Null(result.Terminating);
    }

    [Fact]
    public void An_absent_switch_of_an_object_is_off()
    {
        var created = shell.Run(
            "[pscustomobject]@{ Provider = 'openai'; Disabled = $null; IsRequired = $null } "
            + "| New-OpenRouterByokKey -Key $key",
            new { key = Secret.Of("k") }).Only<ByokKey>();

        Assert.False(created.Disabled || created.IsRequired);
    }

    [Theory]
    [InlineData("-Disabled:$null")]
    [InlineData("-Disabled:''")]
    [InlineData("-Fallback:' '")]
    [InlineData("-DeclaredZdr ''")]
    [InlineData("-DeclaredZdr maybe")]
    public void A_change_does_not_guess_what_a_blank_switch_means(string setting)
    {
        var error = shell.Run("Set-OpenRouterByokKey -Id $id " + setting, new { id = Samples.Id }).OnlyError();

        Assert.Matches(
            "is not a Boolean value|The value is empty|-DeclaredZdr is empty", error.ToString());
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_credential_can_be_copied_with_another_key()
    {
        var source = server.Store.Credentials.Single(static key => key.Name == "EU batch");

        var copy = shell.Run(
            "Get-OpenRouterByokKey -Id $id | New-OpenRouterByokKey -Key $key -Name Copy",
            new { id = source.Id.ToString(), key = Secret.Of("k") }).Only<ByokKey>();

        Assert.Equal(source.AllowedModels, copy.AllowedModels);
        Assert.Equal(source.AllowedApiKeyHashes, copy.AllowedApiKeyHashes);
        Assert.Null(copy.AllowedUserIds);
        Assert.Equal(source.WorkspaceId.ToString(), copy.WorkspaceId);
        Assert.Equal("Copy", copy.Name);
        var body = JsonNode.Parse(Bodies("POST").Single())!.AsObject();
        Assert.Empty(body.Select(static field => field.Key).Intersect(["id", "label", "sort_order", "created_at"]));
    }

    private static IEnumerable<string?> TargetsOf(RunResult result) =>
        result.Errors.Select(static error => error.TargetObject?.ToString());

    private IEnumerable<string> Bodies(string method) => Sent(method).Select(static request => request.Body);

    private IEnumerable<RecordedRequest> Sent(string method) =>
        server.Requests.Where(request => request.Method == method);
}
