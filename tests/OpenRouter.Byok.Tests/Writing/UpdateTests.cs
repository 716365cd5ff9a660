using System;
using System.Linq;
using Xunit;

namespace OpenRouter.Byok.Tests.Writing;

/// <summary>What Set-, Enable-, Disable- and Remove-OpenRouterByokKey send, byte by byte.</summary>
public sealed class UpdateTests : IClassFixture<ScriptedShell>
{
    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public UpdateTests(ScriptedShell scripted)
    {
        (server, shell) = (scripted.Reset().Server, scripted.Shell);
        server.DefaultResponse = Samples.Echo;
    }

    public static TheoryData<string, string> Settings => SettingCases.All;

    [Theory]
    [MemberData(nameof(Settings))]
    public void Only_what_was_given_is_sent(string typed, string sent)
    {
        shell.Run(
            "Set-OpenRouterByokKey -Id $id " + typed.Replace("-Name", "-NewName", StringComparison.Ordinal),
            new { id = Samples.Id })
            .IsSilent();

        var request = Assert.Single(server.Requests);
        Assert.Equal($"PATCH /api/v1/byok/{Samples.Id} HTTP/1.1", request.Head.Split("\r\n")[0]);
        Assert.True(Samples.AreSame($"{{{sent}}}", request.Body), request.Body);
    }

    [Fact]
    public void A_key_alone_rotates_in_place()
    {
        shell.Run("Set-OpenRouterByokKey $id -Key $key", new { id = Samples.Id, key = Secret.Of("sk-\"new\"") })
            .IsSilent();

        Assert.Equal("""{"key":"sk-\u0022new\u0022"}""", Assert.Single(server.Requests).Body);
    }

    [Fact]
    public void Every_setting_at_once_is_one_request()
    {
        shell.Run(
            """
            Set-OpenRouterByokKey $id -Key $key -NewName n -AllowedModel a/b -AllowedApiKeyHash $hash -AllowedUserId u `
                -Disabled -Fallback -Required -ByokOnly:$false -DeclaredZdr $false -DeclaredRegion us
            """,
            new { id = Samples.Id, key = Secret.Of("k"), hash = Samples.Hash }).IsSilent();

        Assert.True(
            Samples.AreSame(
                $$"""
                {"key":"k","name":"n","allowed_models":["a/b"],"allowed_api_key_hashes":["{{Samples.Hash}}"],
                "allowed_user_ids":["u"],"disabled":true,"is_fallback":true,"is_required":true,"is_byok_only":false,
                "declared_zdr":false,"declared_region":"us"}
                """,
                Assert.Single(server.Requests).Body));
    }

    [Theory]
    [InlineData("Enable", """{"disabled":false}""")]
    [InlineData("Disable", """{"disabled":true}""")]
    public void Switching_sends_the_switch_and_nothing_else(string verb, string body)
    {
        shell.Run(verb + "-OpenRouterByokKey $id", new { id = Samples.Id }).IsSilent();

        var request = Assert.Single(server.Requests);
        Assert.Equal("PATCH", request.Method);
        Assert.Equal(body, request.Body);
    }

    [Fact]
    public void Removing_sends_no_body()
    {
        shell.Run("Remove-OpenRouterByokKey $id -Confirm:$false", new { id = Samples.Id }).IsSilent();

        var request = Assert.Single(server.Requests);
        Assert.Equal($"DELETE /api/v1/byok/{Samples.Id} HTTP/1.1", request.Head.Split("\r\n")[0]);
        Assert.Equal("", request.Body);
    }

    [Theory]
    [InlineData("Set-OpenRouterByokKey $id -NewName x", "Name")]
    [InlineData("Enable-OpenRouterByokKey $id", "")]
    [InlineData("Disable-OpenRouterByokKey $id", "")]
    public void The_changed_credential_comes_out_only_when_it_is_asked_for(string script, string unused)
    {
        _ = unused;
        shell.Run(script, new { id = Samples.Id }).IsSilent();

        Assert.Equal(Samples.Id, shell.Run(script + " -PassThru", new { id = Samples.Id }).Only<ByokKey>().Id);
    }

    [Theory]
    [InlineData("Set-OpenRouterByokKey $id")]
    [InlineData("Set-OpenRouterByokKey $id -PassThru")]
    [InlineData("$id, $id | Set-OpenRouterByokKey -Confirm")]
    public void With_nothing_to_change_it_says_so_once_and_sends_nothing(string script)
    {
        var result = shell.Run(script, new { id = Samples.Id });

        Assert.Equal(
            "No setting was specified. Nothing was changed, and nothing was sent.", Assert.Single(result.Warnings));
        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_removal_that_is_not_confirmed_is_an_error()
    {
        server.Then(Response.Json("""{"deleted":false}"""), Response.Json("{}"));

        var result = shell.Run("$id, $id | Remove-OpenRouterByokKey -Confirm:$false", new { id = Samples.Id });

        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, static error => Assert.StartsWith(
            "OpenRouterByok.InvalidResponse,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
    }

    [Fact]
    public void The_order_has_no_parameter_since_it_cannot_be_changed()
    {
        var parameters = shell.Run("(Get-Command Set-OpenRouterByokKey).Parameters.Keys")
            .Output.Select(static name => name.ToString());

        Assert.Empty(parameters.Intersect(["SortOrder", "NewProvider", "NewWorkspace"]));
    }
}
