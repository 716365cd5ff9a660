using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace OpenRouter.Byok.Tests.Errors;

/// <summary>The table of errors: every status with its id, its category, its target and what to do.</summary>
public sealed class StatusTests : IClassFixture<ScriptedShell>
{
    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public StatusTests(ScriptedShell scripted) => (server, shell) = (scripted.Reset().Server, scripted.Shell);

    public static TheoryData<int, string, ErrorCategory> Table => new()
    {
        { 400, "InvalidRequest", ErrorCategory.InvalidArgument },
        { 402, "PaymentRequired", ErrorCategory.QuotaExceeded },
        { 403, "Forbidden", ErrorCategory.PermissionDenied },
        { 404, "NotFound", ErrorCategory.ObjectNotFound },
        { 408, "Timeout", ErrorCategory.OperationTimeout },
        { 409, "Conflict", ErrorCategory.ResourceExists },
        { 410, "NotFound", ErrorCategory.ObjectNotFound },
        { 413, "InvalidRequest", ErrorCategory.InvalidArgument },
        { 418, "InvalidRequest", ErrorCategory.InvalidArgument },
        { 422, "InvalidRequest", ErrorCategory.InvalidArgument },
        { 429, "RateLimited", ErrorCategory.LimitsExceeded },
        { 500, "ServerError", ErrorCategory.ResourceUnavailable },
        { 502, "ServerError", ErrorCategory.ResourceUnavailable },
        { 503, "ServerError", ErrorCategory.ResourceUnavailable },
        { 504, "ServerError", ErrorCategory.ResourceUnavailable },
        { 524, "ServerError", ErrorCategory.ResourceUnavailable },
        { 529, "ServerError", ErrorCategory.ResourceUnavailable },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_status_has_its_record(int status, string reason, ErrorCategory category)
    {
        server.Then(Response.Error(status, "The server's own words."));

        var result = shell.Run("Get-OpenRouterByokKey -Id $id", new { id = Samples.Id });

        var error = result.OnlyError();
        Assert.Null(result.Terminating);
        IsRecord(error, reason, category, Samples.Id);
        Assert.Equal(
            $"Reading credential '{Samples.Id}' failed: the API returned status {status}: The server's own words.",
            error.ToString());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    [InlineData(524)]
    [InlineData(404)]
    [InlineData(403)]
    public void A_page_of_HTML_says_nothing_that_the_status_does_not(int status)
    {
        server.Then(Response.Html(status));

        var error = shell.Run("Get-OpenRouterByokKey -Id $id", new { id = Samples.Id }).OnlyError();

        Assert.Equal($"Reading credential '{Samples.Id}' failed: the API returned status {status}.", error.ToString());
    }

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Id $id", "Reading credential")]
    [InlineData("Set-OpenRouterByokKey $id -NewName x", "Changing credential")]
    [InlineData("Enable-OpenRouterByokKey $id", "Changing credential")]
    [InlineData("Disable-OpenRouterByokKey $id", "Changing credential")]
    [InlineData("Remove-OpenRouterByokKey $id -Confirm:$false", "Removing credential")]
    public void Every_cmdlet_says_what_it_was_doing_to_which_credential(string script, string doing)
    {
        server.Then(Response.Error(404, "Resource not found"));

        var error = shell.Run(script, new { id = Samples.Id }).OnlyError();

        IsRecord(error, "NotFound", ErrorCategory.ObjectNotFound, Samples.Id);
        Assert.Equal(
            $"{doing} '{Samples.Id}' failed: the API returned status 404: Resource not found.", error.ToString());
        Assert.Contains("-OpenRouterByokKey", error.InvocationInfo.MyCommand.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_create_targets_the_name_or_else_the_provider()
    {
        server.Then(Response.Error(400, "No."), Response.Error(400, "No."));

        var result = shell.Run(
            "New-OpenRouterByokKey openai $key -Name Prod; New-OpenRouterByokKey openai $key",
            new { key = Secret.Of("k") });

        Assert.Equal(["Prod", "openai"], result.Errors.Select(static error => error.TargetObject));
        Assert.Equal(
            "Creating a credential for 'openai' failed: the API returned status 400: No.", result.Errors[0].ToString());
    }

    [Theory]
    [InlineData(Samples.TwoIds + " | Get-OpenRouterByokKey -ThrottleLimit 1")]
    [InlineData(Samples.TwoIds + " | Set-OpenRouterByokKey -NewName x -ThrottleLimit 1")]
    [InlineData("Get-OpenRouterByokKey")]
    public void A_refused_key_ends_the_command_since_nothing_can_go_on(string script)
    {
        server.Then(Response.Error(401, "Missing Authentication header"));

        var result = shell.Run(script);

        var error = result.OnlyError();
        Assert.NotNull(result.Terminating);
        IsRecord(error, "Unauthorized", ErrorCategory.AuthenticationError, target: null);
        Assert.Contains("Missing Authentication header", error.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void A_failed_item_does_not_keep_the_others_and_ErrorAction_decides()
    {
        const string bad = "00000000-0000-4000-8000-000000000bad";
        var ids = new[] { Samples.Id, bad, Samples.OtherId };
        server.DefaultResponse = static request => request.Target.EndsWith(bad, StringComparison.Ordinal)
            ? Response.Error(404, "Resource not found")
            : Samples.Echo(request);

        var goesOn = shell.Run("$ids | Get-OpenRouterByokKey", new { ids });
        Assert.Equal([Samples.Id, Samples.OtherId], IdsOf(goesOn));
        Assert.Equal(bad, Assert.Single(goesOn.Errors).TargetObject);

        var stops = shell.Run("$ids | Get-OpenRouterByokKey -ErrorAction Stop -ThrottleLimit 1", new { ids });
        Assert.Equal([Samples.Id], IdsOf(stops));
        Assert.NotNull(stops.Terminating);

        Assert.Equal(
            [Samples.Id, Samples.OtherId],
            IdsOf(shell.Run("$ids | Get-OpenRouterByokKey -ErrorAction SilentlyContinue", new { ids })));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public void A_redirect_is_not_followed_and_its_target_never_contacted(int status)
    {
        using var elsewhere = new ScriptedServer();
        server.Then(Response.Of(status, "text/plain", "", $"Location: {elsewhere.BaseUri}/byok"));

        var error = shell.Run("Get-OpenRouterByokKey -Id $id", new { id = Samples.Id }).OnlyError();

        IsRecord(error, "InvalidResponse", ErrorCategory.InvalidResult, Samples.Id);
        Assert.Contains(
            $"returned status {status}, a redirect to 127.0.0.1. Redirects are not followed.",
            error.ToString(),
            StringComparison.Ordinal);
        Assert.Equal(0, elsewhere.Connections);
    }

    [Theory]
    [InlineData("\u001b[31mred\u001b[0m", ": `e[31mred`e[0m.")]
    [InlineData("\r\n two\r\nlines\tand a tab \n", ": two`r`nlines`tand a tab.")]
    [InlineData("to the \u202etfel", ": to the `u{202E}tfel.")]
    public void What_the_server_says_cannot_play_with_the_terminal(string said, string shown)
    {
        server.Then(Response.Error(400, said));

        var text = shell.Run("Get-OpenRouterByokKey -Id " + Samples.Id).OnlyError().ToString();

        Assert.DoesNotContain(text, char.IsControl);
        Assert.Contains(shown, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_novel_is_cut_short()
    {
        server.Then(Response.Error(400, new string('x', 5000)));

        Assert.InRange(shell.Run("Get-OpenRouterByokKey -Id " + Samples.Id).OnlyError().ToString().Length, 300, 500);
    }

    private static void IsRecord(ErrorRecord error, string reason, ErrorCategory category, string? target)
    {
        Assert.StartsWith(
            $"OpenRouterByok.{reason},OpenRouter.Byok.Cmdlets.",
            error.FullyQualifiedErrorId,
            StringComparison.Ordinal);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal(target, error.TargetObject);
        Assert.EndsWith(".", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.ToString());
    }

    private static IEnumerable<string> IdsOf(RunResult result) =>
        result.Output.Select(static key => ((ByokKey)key.BaseObject).Id);
}
