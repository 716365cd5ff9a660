using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace OpenRouter.Byok.Tests.Lookups;

/// <summary>Answers as no sandbox gives them: bare, new, wrong, many pages, moving.</summary>
[Collection(NonParallel.Name)]
public sealed class LookupReadingTests : IClassFixture<ScriptedShell>
{
    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public LookupReadingTests(ScriptedShell scripted) => (server, shell) = (scripted.Reset().Server, scripted.Shell);

    [Theory]
    [InlineData("Get-OpenRouterProvider", """{"slug":"a"}""", "a")]
    [InlineData("Get-OpenRouterProvider", """{"slug":"a","name":null,"datacenters":null,"brand_new":{"x":[1]}}""", "a")]
    [InlineData("Get-OpenRouterModel", """{"id":"a/b"}""", "a/b")]
    [InlineData(
        "Get-OpenRouterModel",
        """{"id":"a/b","pricing":null,"architecture":{},"top_provider":{},"created":null}""",
        "a/b")]
    [InlineData("Get-OpenRouterWorkspace", """{"id":"w","name":"W","updated_at":"soon"}""", "W")]
    [InlineData("Get-OpenRouterApiKey", """{"hash":"h","name":"K","limit":null,"usage":1e-7,"brand_new":true}""", "K")]
    [InlineData(
        "Get-OpenRouterMember",
        """{"id":"u","email":"e@x","first_name":null,"last_name":null,"role":"org:owner"}""",
        "e@x")]
    public void Fields_may_be_missing_null_or_new(string script, string entry, string text)
    {
        server.Then(Response.Json($$"""{"data":[{{entry}}],"total_count":1,"brand_new":null}"""));

        var result = shell.Run(script);

        Assert.Empty(result.Errors);
        Assert.Equal(text, Assert.Single(result.Output).ToString());
    }

    [Theory]
    [InlineData("Get-OpenRouterProvider", """{"data":[{"name":"no slug"}]}""")]
    [InlineData("Get-OpenRouterModel", """{"data":[null]}""")]
    [InlineData("Get-OpenRouterWorkspace", """{"total_count":0}""")]
    [InlineData("Get-OpenRouterApiKey", """{"data":{}}""")]
    [InlineData("Get-OpenRouterMember", "null")]
    [InlineData("Get-OpenRouterWorkspace -Id " + Samples.Id, """{"data":null}""")]
    public void What_is_no_such_answer_is_an_error(string script, string body)
    {
        server.Then(Response.Json(body));

        Assert.StartsWith(
            "OpenRouterByok.InvalidResponse,",
            shell.Run(script).OnlyError().FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"0.0000025\"", "0.0000025")]
    [InlineData("0.5", "0.5")]
    [InlineData("\"1e-7\"", "0.0000001")]
    [InlineData("\"0\"", "0")]
    [InlineData("\"-1\"", null)]
    [InlineData("\"free\"", null)]
    [InlineData("{}", null)]
    public void A_price_is_a_number_or_unknown(string json, string? expected)
    {
        server.Then(Response.Json($$$"""{"data":[{"id":"a","pricing":{"prompt":{{{json}}}}}]}"""));

        var model = shell.Run("Get-OpenRouterModel").Only<OpenRouterModel>();
        Assert.Equal(expected, model.PromptPrice?.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("Get-OpenRouterWorkspace", 1, 1)]
    [InlineData("Get-OpenRouterWorkspace", 100, 1)]
    [InlineData("Get-OpenRouterWorkspace", 101, 2)]
    [InlineData("Get-OpenRouterWorkspace", 350, 4)]
    [InlineData("Get-OpenRouterMember", 250, 3)]
    [InlineData("Get-OpenRouterApiKey", 99, 1)]
    [InlineData("Get-OpenRouterApiKey", 100, 2)]
    [InlineData("Get-OpenRouterApiKey", 250, 3)]
    public void All_pages_are_read(string script, int count, int requests)
    {
        server.DefaultResponse = request => Page(request, count, pageSize: 100);

        var result = shell.Run(script);

        Assert.Empty(result.Errors);
        Assert.Equal(Enumerable.Range(0, count).Select(Name), result.Output.Select(static item => item.ToString()));
        Assert.Equal(requests, server.Requests.Count);
    }

    [Fact]
    public void A_server_whose_pages_are_smaller_than_asked_for_is_read_to_the_end()
    {
        server.DefaultResponse = static request => Page(request, 25, pageSize: 10);

        Assert.Equal(25, shell.Run("Get-OpenRouterWorkspace").All<OpenRouterWorkspace>().Count);
    }

    [Fact]
    public void A_server_that_counts_too_many_is_believed_no_further_than_it_goes()
    {
        server.DefaultResponse = static request => Page(request, 120, pageSize: 100, total: 5000);

        Assert.Equal(120, shell.Run("Get-OpenRouterWorkspace").All<OpenRouterWorkspace>().Count);
    }

    [Fact]
    public void A_list_that_moves_is_read_again_and_nothing_is_missed_or_named_twice()
    {
        // Between the first page and the second, the first entry goes: without a second look, one would be missed.
        server.Then(Page(0, 100, shift: 0, total: 150));
        server.DefaultResponse = static request => Page(Offset(request), 100, shift: 1, total: 149);

        var keys = shell.Run("Get-OpenRouterWorkspace").All<OpenRouterWorkspace>();

        Assert.Equal(Enumerable.Range(0, 150).Select(Name), keys.Select(static key => key.Name));
    }

    [Fact]
    public void A_list_that_never_holds_still_is_an_error_in_the_end()
    {
        var shift = 0;
        server.DefaultResponse = request => Page(Offset(request), 100, shift++, total: 5000);

        var error = shell.Run("Get-OpenRouterMember").Errors.Single();

        Assert.Equal("Listing members failed: the pages were inconsistent in each of 5 attempts.", error.ToString());
    }

    [Fact]
    public async Task A_look_up_of_names_can_be_stopped()
    {
        server.DefaultResponse = static _ => Response.Silence;
        using var running = shell.Start("Set-OpenRouterByokKey x -AllowedApiKey Storefront");
        await server.WaitForAsync(1, TestContext.Current.CancellationToken);
        var watch = Stopwatch.StartNew();

        running.Stop();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Single(server.Requests);
    }

    private static Response Page(RawRequest request, int count, int pageSize, int? total = null)
    {
        var offset = Offset(request);
        var isCounted = !request.Target.Contains("/keys", StringComparison.Ordinal);
        return Page(
            offset, Math.Max(0, Math.Min(pageSize, count - offset)), shift: 0, isCounted ? total ?? count : null);
    }

    private static Response Page(int offset, int size, int shift, int? total)
    {
        var entries = Enumerable.Range(offset + shift, Math.Min(size, Math.Max(0, (total ?? int.MaxValue) - offset)))
            .Select(static n => $$"""{"id":"{{n}}","hash":"{{n}}","name":"{{Name(n)}}","email":"{{Name(n)}}"}""");
        return Response.Json(
            $$"""{"data":[{{string.Join(',', entries)}}]{{(total is null ? "" : $",\"total_count\":{total}")}}}""");
    }

    private static string Name(int number) => $"n{number}";

    private static int Offset(RawRequest request) =>
        int.Parse(request.Target.Split("offset=")[1].Split('&')[0], CultureInfo.InvariantCulture);
}
