using System;
using System.Linq;
using System.Text.Json.Nodes;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Input;

/// <summary>What objects mean that are piped to the cmdlets.</summary>
public sealed class PipedObjectTests : IClassFixture<SandboxShell>
{
    private static readonly string[] ListedByGet = ["Workspace", "OpenRouterApiKey", "OpenRouterMember"];

    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public PipedObjectTests(SandboxShell sandbox) => (server, shell) = (sandbox.Reset().Server, sandbox.Shell);

    [Theory]
    [InlineData("$id")]
    [InlineData("\" $id`t\"")]
    [InlineData("$id.ToUpperInvariant()")]
    [InlineData("[guid]$id")]
    [InlineData("[pscustomobject]@{ Id = $id }")]
    [InlineData("[pscustomobject]@{ id = [guid]$id }")]
    [InlineData("[pscustomobject]@{ KeyId = $id; Id = 'something else' }")]
    [InlineData("@{ Id = $id }")]
    [InlineData("(, $id)")]
    [InlineData("(Get-OpenRouterByokKey -Id $id)")]
    [InlineData("(Get-OpenRouterByokKey -Id $id | Resolve-OpenRouterByokRoute m -Provider acme-ai)[0]")]
    public void An_id_is_a_UUID_or_an_object_that_has_one(string input)
    {
        var id = Named("Pilot").Id.ToString();

        shell.Run(input + " | Set-OpenRouterByokKey -Required", new { id }).IsSilent();

        Assert.EndsWith("/byok/" + id, server.Requests[^1].PathAndQuery, StringComparison.Ordinal);
        Assert.True(Named("Pilot").IsRequired);
    }

    [Theory]
    [InlineData("@{}", "a Hashtable")]
    [InlineData("[pscustomobject]@{ Name = 'x' }", "a PSObject")]
    [InlineData("[pscustomobject]@{ Id = 'x/../../keys/abc' }", "a PSObject")]
    [InlineData("'not an id'", "a String")]
    [InlineData("5", "an Int32")]
    [InlineData("(Get-OpenRouterWorkspace Production)", "an OpenRouterWorkspace")]
    [InlineData("(Get-OpenRouterModel openai/gpt-5)", "an OpenRouterModel")]
    [InlineData("(Get-OpenRouterApiKey Assistant)", "an OpenRouterApiKey")]
    [InlineData("(Get-OpenRouterMember mei*)", "an OpenRouterMember")]
    public void Everything_else_is_refused_without_being_repeated(string input, string description)
    {
        foreach (var verb in new[] { "Get", "Set", "Enable", "Disable", "Remove", "Test" })
        {
            // Of these, Get lists the credentials.
            if (verb == "Get" && ListedByGet.Any(noun => input.Contains(noun, StringComparison.Ordinal)))
            {
                continue;
            }

            var more = verb switch
            {
                "Set" => "-Required",
                "Remove" => "-Confirm:$false",
                "Test" => "-ApiKey $key",
                _ => "",
            };
            server.ClearRequests();

            var error = shell.Run(
                $"{input} | {verb}-OpenRouterByokKey {more}", new { key = Secret.Of("sk-or-v1-x") }).OnlyError();

            Assert.Equal($"The value ({description}) is not the id of a credential.", error.ToString());
            Assert.Null(error.TargetObject);
            Assert.DoesNotContain(
                server.Requests,
                static request => request.PathAndQuery.Contains("/byok", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Workspaces_and_providers_mean_their_credentials()
    {
        var production = SampleAccount.ProductionWorkspaceId;
        var inProduction = shell.Run("Get-OpenRouterWorkspace Production | Get-OpenRouterByokKey").All<ByokKey>();
        var ofAzure = shell.Run("Get-OpenRouterProvider azure | Get-OpenRouterByokKey").All<ByokKey>();
        var both = shell.Run(
            "@(Get-OpenRouterWorkspace) + @(Get-OpenRouterProvider openai) | "
            + "Get-OpenRouterByokKey -State Enabled -First 3").All<ByokKey>();

        Assert.Equal(server.Store.List(production, null).Count, inProduction.Count);
        Assert.All(ofAzure, static key => Assert.Equal("azure", key.Provider));
        Assert.NotEmpty(ofAzure);
        Assert.Equal(3, both.Count);
        Assert.All(both, static key => Assert.Equal("openai", key.Provider));
    }

    [Theory]
    [InlineData("Get-OpenRouterApiKey *eval | Get-OpenRouterByokKey", "-ApiKey 'Nightly eval'")]
    [InlineData("Get-OpenRouterApiKey EU* -AllWorkspaces | Get-OpenRouterByokKey", "-ApiKey 'EU batch'")]
    [InlineData(
        "Get-OpenRouterApiKey *eval | Get-OpenRouterByokKey -AllWorkspaces -State Enabled -Provider openai",
        "-ApiKey 'Nightly eval' -AllWorkspaces -State Enabled -Provider openai")]
    [InlineData(
        "Get-OpenRouterApiKey EU* -AllWorkspaces | Get-OpenRouterByokKey -Workspace Default",
        "-ApiKey 'EU batch' -Workspace Default")]
    [InlineData(
        "@(Get-OpenRouterWorkspace Production) + @(Get-OpenRouterApiKey EU* -AllWorkspaces) | Get-OpenRouterByokKey",
        "-ApiKey 'EU batch' -Workspace Production")]
    [InlineData("Get-OpenRouterMember mei* | Get-OpenRouterByokKey", "-User mei.tanaka@example.com")]
    [InlineData(
        "Get-OpenRouterMember mei* | Get-OpenRouterByokKey -AllWorkspaces -Model openai/gpt-5",
        "-User mei.tanaka@example.com -AllWorkspaces -Model openai/gpt-5")]
    [InlineData(
        "Get-OpenRouterMember mei* | Get-OpenRouterByokKey -ApiKey 'Nightly eval'",
        "-User mei.tanaka@example.com -ApiKey 'Nightly eval'")]
    [InlineData(
        "@(Get-OpenRouterMember mei*) + @(Get-OpenRouterApiKey *eval) | Get-OpenRouterByokKey",
        "-User mei.tanaka@example.com -ApiKey 'Nightly eval'")]
    public void API_keys_and_members_mean_what_they_may_use(string piped, string same)
    {
        var found = shell.Run(piped).All<ByokKey>();

        Assert.NotEmpty(found);
        Assert.Equal(shell.Run("Get-OpenRouterByokKey " + same).All<ByokKey>(), found);
        Assert.True(found.Count < shell.Run("Get-OpenRouterByokKey -AllWorkspaces").All<ByokKey>().Count);
    }

    [Fact]
    public void Several_of_them_make_one_list()
    {
        var each = shell.Run(
            "foreach ($key in Get-OpenRouterApiKey -AllWorkspaces) { $key | Get-OpenRouterByokKey }").All<ByokKey>();
        var together = shell.Run("Get-OpenRouterApiKey -AllWorkspaces | Get-OpenRouterByokKey").All<ByokKey>();
        var first = shell.Run("Get-OpenRouterMember | Get-OpenRouterByokKey -First 2").All<ByokKey>();

        Assert.NotEqual(each.Count, together.Count);
        Assert.Equal(each.Distinct().Order(), together.Order());
        Assert.Equal(2, first.Count);
    }

    [Theory]
    [InlineData("Get-OpenRouterApiKey Assistant | Get-OpenRouterByokKey -ApiKey Assistant", "cannot be combined")]
    [InlineData("Get-OpenRouterMember mei* | Get-OpenRouterByokKey -User mei.tanaka@example.com", "cannot be combined")]
    [InlineData("Get-OpenRouterMember mei* | Get-OpenRouterByokKey -Id $id", "cannot be combined")]
    [InlineData("Get-OpenRouterWorkspace Production | Get-OpenRouterByokKey -Workspace Default", "cannot be combined")]
    [InlineData("Get-OpenRouterProvider azure | Get-OpenRouterByokKey -Provider openai", "cannot be combined")]
    [InlineData("Get-OpenRouterProvider azure | Get-OpenRouterByokKey -Id $id", "cannot be combined")]
    public void Said_twice_is_an_error(string script, string message) => Assert.Contains(
        message,
        shell.Run(script, new { id = Samples.Id }).OnlyError().ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void Credentials_mean_their_providers_and_workspaces()
    {
        var providers = shell.Run("Get-OpenRouterByokKey -AllWorkspaces | Get-OpenRouterProvider")
            .All<OpenRouterProvider>().Select(static provider => provider.Slug).ToList();
        var workspace = shell.Run("Get-OpenRouterByokKey Pilot | Get-OpenRouterWorkspace").Only<OpenRouterWorkspace>();

        Assert.Contains("anthropic", providers);
        Assert.Equal(providers.Distinct(), providers);
        Assert.Equal("Default", workspace.Name);
    }

    [Fact]
    public void New_reads_the_names_of_the_API()
    {
        shell.Run(
            """
            [pscustomobject]@{
                provider = 'openai'; name = 'From JSON'; workspace_id = $workspace; disabled = $true
                is_fallback = $true; is_required = 'true'; is_byok_only = $false; declared_zdr = $true
                declared_region = 'us'
                allowed_models = @('a/b', 'c/d'); allowed_api_key_hashes = @($hash); allowed_user_ids = 'user_1;user_2'
            } | New-OpenRouterByokKey -Key $key -WhatIf:$false
            """,
            new
            {
                key = Secret.Of("k"), hash = SampleAccount.Batch.Hash, workspace = SampleAccount.ProductionWorkspaceId,
            });

        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    $$"""
                    {"provider":"openai","key":"k","workspace_id":"{{SampleAccount.ProductionWorkspaceId}}",
                    "name":"From JSON","allowed_models":["a/b","c/d"],
                    "allowed_api_key_hashes":["{{SampleAccount.Batch.Hash}}"],"allowed_user_ids":["user_1","user_2"],
                    "disabled":true,"is_fallback":true,"is_required":true,"is_byok_only":false,"declared_zdr":true,
                    "declared_region":"us"}
                    """),
                JsonNode.Parse(Sent())),
            Sent());
    }

    [Fact]
    public void What_is_typed_goes_before_what_is_piped()
    {
        shell.Run(
            "@{ provider = 'openai'; is_required = $true; allowed_models = 'a/b' } | "
            + "New-OpenRouterByokKey azure $key -Required:$false -AllowedModel c/d",
            new { key = Secret.Of("k") });

        Assert.True(
            Samples.AreSame(
                """{"provider":"azure","key":"k","is_required":false,"allowed_models":["c/d"]}""", Sent()),
            Sent());
    }

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Id $id")]
    [InlineData("[pscustomobject]@{ id = $id; provider = 'openai'; workspace_id = $null }")]
    [InlineData("[pscustomobject]@{ Id = $id; Provider = 'openai'; WorkspaceId = '' }")]
    public void What_was_global_is_not_made_in_the_default_workspace(string input)
    {
        var id = server.Store.Credentials.First(static key => key.WorkspaceId is null).Id;

        var error = shell.Run(
            $"{input} | New-OpenRouterByokKey -Key $key", new { id, key = Secret.Of("k") }).OnlyError();

        Assert.Contains("Specify -Workspace.", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, static request => request.Method == "POST");

        shell.Run(
            $"{input} | New-OpenRouterByokKey -Key $key -Workspace Production", new { id, key = Secret.Of("k") });
        Assert.Contains($"{SampleAccount.ProductionWorkspaceId}", Sent(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ provider = 'openai'; allowed_models = @() }")]
    [InlineData("[pscustomobject]@{ provider = 'openai'; AllowedModel = @() }")]
    [InlineData("[pscustomobject]@{ provider = 'openai'; AllowedModels = ' ; ' }")]
    [InlineData("[pscustomobject]@{ provider = 'openai'; allowed_api_key_hashes = @() }")]
    [InlineData("[pscustomobject]@{ provider = 'openai'; AllowedApiKey = @() }")]
    [InlineData("[pscustomobject]@{ provider = 'openai'; AllowedUserIds = @() }")]
    [InlineData("[ordered]@{ provider = 'openai'; AllowedUser = @() }")]
    [InlineData("@{ provider = 'openai'; AllowedModel = @($null) }")]
    public void A_list_without_entries_restricts_nothing_and_is_refused(string input)
    {
        var error = shell.Run($"{input} | New-OpenRouterByokKey -Key $key", new { key = Secret.Of("k") }).OnlyError();

        Assert.StartsWith("OpenRouterByok.InvalidArgument,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Matches("is an empty list|blank entry", error.ToString());
        Assert.DoesNotContain(server.Requests, static request => request.Method == "POST");
    }

    [Theory]
    [InlineData("[pscustomobject]")]
    [InlineData("[ordered]")]
    [InlineData("")]
    public void New_reads_the_names_of_its_parameters_from_any_object(string type)
    {
        shell.Run(
            type + """
            @{
                Provider = ' OpenAI '; Key = $key; Workspace = 'Production'
                AllowedModel = @('a/b,c/d', @('A/B', 'e/f'))
                allowed_api_key = 'Support desk'; AllowedUsers = 'mei.tanaka@example.com;ada.okafor@example.com'
            } | New-OpenRouterByokKey
            """,
            new { key = Secret.Of("k") }).Only<ByokKey>();

        var sent = JsonNode.Parse(Sent())!;
        Assert.Equal("openai", (string?)sent["provider"]);
        Assert.Equal($"{SampleAccount.ProductionWorkspaceId}", (string?)sent["workspace_id"]);
        Assert.Equal("""["a/b","c/d","e/f"]""", sent["allowed_models"]!.ToJsonString());
        Assert.Matches("^[0-9a-f]{64}$", (string?)sent["allowed_api_key_hashes"]!.AsArray().Single());
        Assert.Equal(2, sent["allowed_user_ids"]!.AsArray().Count(static id => $"{id}".StartsWith("user_", default)));
    }

    [Theory]
    [InlineData("[pscustomobject]")]
    [InlineData("")]
    public void What_is_typed_goes_before_what_is_piped_in_its_other_form(string type)
    {
        var made = shell.Run(
            type + """
            @{
                Provider = 'openai'; WorkspaceId = $workspace; AllowedApiKeyHashes = $hash; AllowedUserIds = 'user_1'
            } |
                New-OpenRouterByokKey -Key $key -Workspace Production -AllowedApiKey 'Support desk' `
                    -AllowedUser mei.tanaka@example.com
            """,
            new
            {
                key = Secret.Of("k"), hash = SampleAccount.Batch.Hash, workspace = SampleAccount.DefaultWorkspaceId,
            }).Only<ByokKey>();

        Assert.Equal($"{SampleAccount.ProductionWorkspaceId}", made.WorkspaceId);
        Assert.NotEqual(SampleAccount.Batch.Hash, Assert.Single(made.AllowedApiKeyHashes!));
        Assert.NotEqual("user_1", Assert.Single(made.AllowedUserIds!));
    }

    [Fact]
    public void A_script_block_gives_the_value_for_each_object()
    {
        var result = shell.Run(
            """
            @{ vendor = 'azure'; title = 'One'; models = 'a/b'; place = 'Production' },
            [pscustomobject]@{ vendor = 'openai'; title = 'Two'; models = 'c/d'; place = 'nowhere' },
            [pscustomobject]@{ vendor = 'openai'; title = 'Three'; models = ' '; place = 'Default' },
            [pscustomobject]@{ vendor = 'openai'; title = 'Four'; models = 'e/f'; place = 'Default' } |
                New-OpenRouterByokKey -Provider { $_.vendor } -Key { $key } -Name { $_.title } `
                    -AllowedModel { $_.models } -Workspace { $_.place }
            """,
            new { key = Secret.Of("k") });

        var made = result.Output.Select(static key => (ByokKey)key.BaseObject).ToList();
        Assert.Equal(["One", "Four"], made.Select(static key => key.Name));
        Assert.Equal(["a/b"], made[0].AllowedModels);
        Assert.Equal(2, result.Errors.Count);
        Assert.Null(result.Terminating);
    }

    [Theory]
    [InlineData("@{ Provider = 'openai'; AllowedApiKey = 'Storefront' }")]
    [InlineData("[pscustomobject]@{ Provider = 'openai'; AllowedUsers = 'ada.okafor@example.com' }")]
    [InlineData("@{ Provider = 'openai'; Workspace = 'Production' }")]
    public void A_name_is_not_taken_for_no_restriction_where_nothing_is_looked_up(string input)
    {
        foreach (var command in new[] { "Resolve-OpenRouterByokRoute openai/gpt-5", "Invoke-OpenRouterByokAudit" })
        {
            var errors = shell.Run($"{input} | {command}").Errors;

            Assert.Contains("Names are not looked up here", errors[0].ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Name = @{ x = $secret }")]
    [InlineData("Provider = @{ x = $secret }")]
    [InlineData("Workspace = [pscustomobject]@{ x = $secret }")]
    [InlineData("WorkspaceId = $secret")]
    [InlineData("workspace_id = $secret")]
    [InlineData("AllowedModels = @{ x = $secret }")]
    [InlineData("AllowedApiKey = [pscustomobject]@{ x = $secret }")]
    [InlineData("AllowedUser = @(, @{ x = $secret })")]
    [InlineData("DeclaredRegion = @{ x = $secret }")]
    [InlineData("Key = $secret")]
    public void What_is_no_text_is_refused_without_being_repeated(string property)
    {
        foreach (var type in new[] { "[pscustomobject]", "" })
        {
            var row = property.StartsWith("Provider", StringComparison.Ordinal) ? "" : "Provider = 'openai'; ";
            var more = property.StartsWith("Key", StringComparison.Ordinal) ? "" : "-Key $key";

            var error = shell.Run(
                $"{type}@{{ {row}{property}; Other = $secret }} | New-OpenRouterByokKey {more}",
                new { key = Secret.Of("k"), secret = "sk-marker-value" }).OnlyError();

            Assert.StartsWith("OpenRouterByok.InvalidArgument,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.DoesNotContain("sk-marker-value", $"{error} {error.TargetObject}", StringComparison.Ordinal);
            Assert.DoesNotContain(server.Requests, static request => request.Method == "POST");
        }
    }

    [Theory]
    [InlineData("Provider = $secret")]
    [InlineData("Provider = 'openai'; Workspace = $secret")]
    [InlineData("Provider = 'openai'; AllowedApiKeys = $secret")]
    [InlineData("Provider = 'openai'; AllowedUsers = $secret")]
    public void A_key_in_the_wrong_column_is_neither_repeated_nor_sent(string row)
    {
        const string Marker = "sk-proj-Marker0123456789abcdefMarker";

        var result = shell.Run(
            $"$VerbosePreference = 'Continue'; [pscustomobject]@{{ {row} }} | New-OpenRouterByokKey -Key $key",
            new { key = Secret.Of("k"), secret = Marker });

        Assert.StartsWith("The value is a key, but", result.OnlyError().ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            server.Requests,
            static request => $"{request.PathAndQuery}{request.Body}"
                .Contains("marker0123456789", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("-NewName { $_.Name + ' EU' }", "NewName (a ScriptBlock)")]
    [InlineData("-NewName @{ x = 1 }", "NewName (a Hashtable)")]
    [InlineData("-AllowedModel { $_.AllowedModels }", "AllowedModel (a ScriptBlock)")]
    [InlineData("-AddAllowedApiKey { $_ }", "AddAllowedApiKey (a ScriptBlock)")]
    [InlineData("-DeclaredRegion { 'us' }", "DeclaredRegion (a ScriptBlock)")]
    public void Set_does_not_take_the_text_of_what_is_no_text(string typed, string named)
    {
        var error = shell.Run("Get-OpenRouterByokKey 'Claude only' | Set-OpenRouterByokKey " + typed).OnlyError();

        Assert.Equal($"The value of -{named} is not text.", error.ToString());
        Assert.DoesNotContain(server.Requests, static request => request.Method == "PATCH");
    }

    [Fact]
    public void A_number_is_a_name_like_any_other()
    {
        var made = shell.Run("New-OpenRouterByokKey openai $key -Name 0042", new { key = Secret.Of("k") })
            .Only<ByokKey>();

        Assert.Equal("0042", made.Name);
        Assert.Equal(made.Id, shell.Run("Get-OpenRouterByokKey 0042").Only<ByokKey>().Id);
        Assert.True(shell.Run("Disable-OpenRouterByokKey 0042 -PassThru").Only<ByokKey>().Disabled);
        Assert.Equal(
            "The value of -Name (a Hashtable) is not text.",
            shell.Run("Get-OpenRouterByokKey @{}").OnlyError().ToString());
    }

    private Credential Named(string name) => server.Store.Credentials.Single(key => key.Name == name);

    private string Sent() => server.Requests.Last(static request => request.Method == "POST").Body;
}
