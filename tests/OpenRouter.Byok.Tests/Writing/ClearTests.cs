using System;
using System.Linq;
using Xunit;

namespace OpenRouter.Byok.Tests.Writing;

/// <summary>A restriction is lifted in words, and never by a value that happens to be empty.</summary>
public sealed class ClearTests : IClassFixture<SandboxShell>
{
    private readonly SandboxShell sandbox;

    public ClearTests(SandboxShell sandbox) => this.sandbox = sandbox.Reset();

    public static TheoryData<string> Settings =>
    [
        "AllowedModel", "AllowedApiKey", "AllowedApiKeyHash", "AllowedUser", "AllowedUserId", "DeclaredZdr",
        "DeclaredRegion",
    ];

    public static TheoryData<string> Nothings =>
        ["$null", "@()", "(Get-OpenRouterMember nobody*)", "@('a') | Where-Object { $false }", "''"];

    [Theory]
    [MemberData(nameof(Settings))]
    public void Nothing_typed_to_a_setting_is_an_error_before_anything_is_changed(string setting)
    {
        foreach (var nothing in Nothings.Select(static row => row.Data))
        {
            // These are no value of one Boolean or one text, which PowerShell says itself.
            if ((setting == "DeclaredZdr" && nothing is "''") || (IsOne(setting) && nothing is "@()"))
            {
                continue;
            }

            var value = nothing.Contains('|', StringComparison.Ordinal) ? $"({nothing})" : nothing;
            string[] commands = ["Set-OpenRouterByokKey 'Claude only'", "New-OpenRouterByokKey openai $key"];
            foreach (var command in commands)
            {
                var script = $"{command} -{setting} {value}";
                var error = sandbox.Shell.Run(script, new { key = Secret.Of("sk-1") }).OnlyError();

                Assert.StartsWith(
                    "OpenRouterByok.InvalidArgument,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
                Assert.StartsWith($"-{setting} is empty: ", error.ToString(), StringComparison.Ordinal);
                Assert.DoesNotContain(sandbox.Server.Requests, static request => request.Method != "GET");
            }
        }
    }

    [Theory]
    [InlineData("-AllowedModel $null", "AllowedModel")]
    [InlineData("-AllowedApiKeyHash $null", "AllowedApiKey")]
    [InlineData("-AllowedUserId $null", "AllowedUser")]
    [InlineData("-NewName $null", "Name")]
    [InlineData("-DeclaredZdr $null", "DeclaredZdr")]
    public void The_error_of_Set_says_how_to_clear(string typed, string setting)
    {
        var error = sandbox.Shell.Run("Set-OpenRouterByokKey 'Claude only' " + typed).OnlyError();

        Assert.Contains($"-Clear {setting}", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Disabled:$null")]
    [InlineData("-Fallback:$null")]
    [InlineData("-Required:$null")]
    [InlineData("-ByokOnly:$null")]
    [InlineData("-Workspace $null")]
    [InlineData("-WorkspaceId $null")]
    [InlineData("-Workspace (Get-OpenRouterWorkspace prodution)")]
    [InlineData("-Name $null")]
    public void A_new_credential_does_not_guess_what_nothing_means_either(string typed)
    {
        var result = sandbox.Shell.Run(
            "New-OpenRouterByokKey openai $key " + typed, new { key = Secret.Of("sk-1") });

        Assert.Contains("is empty", result.OnlyError().ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(sandbox.Server.Requests, static request => request.Method != "GET");
    }

    [Theory]
    [InlineData("AllowedModel", """{"allowed_models":null}""")]
    [InlineData("AllowedApiKey", """{"allowed_api_key_hashes":null}""")]
    [InlineData("AllowedUser", """{"allowed_user_ids":null}""")]
    [InlineData("Name", """{"name":null}""")]
    [InlineData("DeclaredZdr", """{"declared_zdr":null}""")]
    [InlineData("declaredregion", """{"declared_region":null}""")]
    [InlineData("AllowedModel, Name", """{"name":null,"allowed_models":null}""")]
    public void What_is_cleared_is_sent_as_null(string settings, string body)
    {
        sandbox.Shell.Run("Set-OpenRouterByokKey 'Claude only' -Clear " + settings).IsSilent();

        Assert.Equal(body, sandbox.Server.Requests.Single(static request => request.Method == "PATCH").Body);
    }

    [Theory]
    [InlineData("-Clear Name -NewName x", "-Clear Name ")]
    [InlineData("-Clear AllowedModel -AllowedModel a/b", "-Clear AllowedModel ")]
    [InlineData("-Clear AllowedModel -AddAllowedModel a/b", "-Clear AllowedModel ")]
    [InlineData("-Clear AllowedApiKey -AllowedApiKeyHash $hash", "-Clear AllowedApiKey ")]
    [InlineData("-Clear AllowedUser -RemoveAllowedUser user_1", "-Clear AllowedUser ")]
    [InlineData("-Clear DeclaredZdr -DeclaredZdr $false", "-Clear DeclaredZdr ")]
    [InlineData("-Clear DeclaredRegion -DeclaredRegion us", "-Clear DeclaredRegion ")]
    [InlineData("-AllowedModel a/b -AddAllowedModel c/d", "-AllowedModel and -AddAllowedModel ")]
    [InlineData("-AllowedUserId user_1 -RemoveAllowedUser user_2", "-AllowedUser and -RemoveAllowedUser ")]
    public void The_same_setting_given_and_cleared_is_an_error(string typed, string message)
    {
        var error = sandbox.Shell.Run(
            "Set-OpenRouterByokKey 'Claude only' " + typed, new { hash = Samples.Hash }).OnlyError();

        Assert.StartsWith("OpenRouterByok.InvalidArgument,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith(message, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(sandbox.Server.Requests);
    }

    private static bool IsOne(string setting) => setting.StartsWith("Declared", StringComparison.Ordinal);

    [Fact]
    public void What_can_be_cleared_completes() => Assert.Equal(
        ["AllowedApiKey", "AllowedModel", "AllowedUser"],
        sandbox.Shell.Complete("Set-OpenRouterByokKey x -Clear Allowed")
            .Select(static offered => offered.CompletionText)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void What_a_piped_object_leaves_empty_is_not_given()
    {
        sandbox.Shell.Run(
            """
            [pscustomobject]@{
                Provider = 'openai'; Name = ''; AllowedModels = $null; AllowedUserIds = ' '; DeclaredZdr = $null
                DeclaredRegion = ''; IsRequired = $null; WorkspaceId = $null
            } | New-OpenRouterByokKey -Key $key
            """,
            new { key = Secret.Of("sk-1") }).Only<ByokKey>();

        Assert.Equal("""{"provider":"openai","key":"sk-1"}""", Assert.Single(sandbox.Server.Requests).Body);
    }
}
