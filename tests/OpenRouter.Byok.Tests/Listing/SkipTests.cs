using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Listing;

/// <summary>A page of a long list is read from where it begins.</summary>
public sealed class SkipTests : IClassFixture<SandboxShell>
{
    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public SkipTests(SandboxShell sandbox)
    {
        (server, shell) = (sandbox.Reset().Server, sandbox.Shell);
        server.Store.ReplaceCredentials(GeneratedCredentials.Create(10_000));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("-AllWorkspaces", 2)]
    public void Of_the_first_list_nothing_is_read_before_it(string scope, int mostLists)
    {
        Assert.Equal(
            Stored().Skip(7000).Take(5), Ids($"Get-OpenRouterByokKey {scope} -Skip 7000 -First 5"));

        Assert.InRange(Lists.Count, 1, mostLists);
    }

    [Fact]
    public void Lists_that_end_before_it_are_passed_over()
    {
        var providers = new[] { "openai", "groq", "azure", "mistral" };
        var expected = providers.SelectMany(provider => server.Store.Credentials
            .Where(key => key.Provider == provider)
            .Select(static key => key.Id.ToString()));

        Assert.Equal(
            expected.Skip(3000).Take(250),
            Ids($"Get-OpenRouterByokKey -Provider {string.Join(", ", providers)} -Skip 3000 -First 250"));

        // One for each that is passed over, one that finds where it begins, the three pages, and what is asked for
        // beside them. To read all of it would take 45.
        Assert.InRange(Lists.Count, 4, 10);
    }

    [Fact]
    public void Several_lists_of_a_workspace_are_cut_where_one_ends_and_the_next_begins()
    {
        var openai = server.Store.Credentials.Where(static key => key.Provider == "openai").ToList();
        var azure = server.Store.Credentials.Where(static key => key.Provider == "azure");
        var expected = openai.Concat(azure).Select(static key => key.Id.ToString()).ToList();

        foreach (var skip in new[] { openai.Count - 1, openai.Count, openai.Count + 1, expected.Count - 1, 20_000 })
        {
            Assert.Equal(
                expected.Skip(skip).Take(3),
                Ids($"Get-OpenRouterByokKey -Provider openai, azure -Skip {skip} -First 3"));
        }
    }

    [Fact]
    public void A_global_credential_that_was_skipped_in_one_workspace_does_not_come_up_in_another()
    {
        server.Store.ReplaceCredentials(
        [
            .. GeneratedCredentials.Create(600).Select(static (key, number) => key with
            {
                WorkspaceId = (number % 3) switch
                {
                    0 => SampleAccount.DefaultWorkspaceId,
                    1 => SampleAccount.ProductionWorkspaceId,
                    _ => null,
                },
            }),
        ]);
        var all = Ids("Get-OpenRouterByokKey -AllWorkspaces");
        Assert.Equal(600, all.Distinct().Count());

        foreach (var (skip, first) in new[] { (1, 600), (390, 20), (399, 3), (400, 3), (401, 3), (599, 9), (600, 1) })
        {
            Assert.Equal(
                all.Skip(skip).Take(first), Ids($"Get-OpenRouterByokKey -AllWorkspaces -Skip {skip} -First {first}"));
        }
    }

    // What is filtered here has to be read, but not one page after the other.
    [Fact]
    public void With_a_filter_no_more_is_read_than_it_takes()
    {
        var wanted = Stored(static key => !key.Disabled).Skip(7000).Take(5).ToList();
        var pages = Stored().IndexOf(wanted[^1]) / 99;

        Assert.Equal(wanted, Ids("Get-OpenRouterByokKey -State Enabled -Skip 7000 -First 5 -ThrottleLimit 64"));

        Assert.InRange(Lists.Count, pages, 103);
    }

    [Fact]
    public void Without_a_count_everything_is_read_and_nothing_is_wrong()
    {
        using var scripted = new ScriptedServer();
        scripted.DefaultResponse = static request =>
        {
            if (!request.Target.Contains("provider=", StringComparison.Ordinal))
            {
                return Response.Error(404, "Resource not found");
            }

            var offset = int.Parse(
                request.Target.Split("offset=")[1].Split('&')[0], System.Globalization.CultureInfo.InvariantCulture);
            var provider = request.Target.Split("provider=")[1];
            var rows = Enumerable.Range(offset, Math.Max(0, 30 - offset))
                .Select(number => $"\"id\":\"{provider}{number}\",\"provider\":\"{provider}\"");
            return Response.Json(Samples.Page(total: null, [.. rows]));
        };
        using var other = ModuleRunspace.ConnectedTo(scripted);

        var keys = other.Run("Get-OpenRouterByokKey -Provider a, b -Skip 40 -First 3").All<ByokKey>();

        Assert.Equal(["b10", "b11", "b12"], keys.Select(static key => key.Id));
    }

    private List<string> Lists =>
    [
        .. server.Requests.Select(static request => request.PathAndQuery)
            .Where(static path => path.StartsWith("/api/v1/byok?", StringComparison.Ordinal)),
    ];

    private List<string> Ids(string script) => [.. shell.Run(script).All<ByokKey>().Select(static key => key.Id)];

    private List<string> Stored(Func<Credential, bool>? filter = null) =>
    [
        .. server.Store.Credentials.Where(filter ?? (static _ => true)).Select(static key => key.Id.ToString()),
    ];
}
