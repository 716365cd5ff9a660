using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Listing;

/// <summary>Lists that are changed, while they are read, by the pipeline that reads them.</summary>
public sealed class OwnChangesTests : IClassFixture<SandboxShell>
{
    private const string Piped = "{0} | Remove-OpenRouterByokKey -Confirm:$false";
    private const string OneByOne = "{0} | ForEach-Object {{ Remove-OpenRouterByokKey -Id $_.Id -Confirm:$false }}";

    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;
    private int lists;

    public OwnChangesTests(SandboxShell sandbox)
    {
        (server, shell) = (sandbox.Reset().Server, sandbox.Shell);
        server.Intercept = context =>
        {
            if (context.Request is { Method: "GET", Path.Value: "/api/v1/byok" })
            {
                Interlocked.Increment(ref lists);
            }

            return Task.FromResult(false);
        };
    }

    public static TheoryData<string, int> FormsAndThrottles => new()
    {
        { Piped, 1 }, { Piped, 8 }, { Piped, 64 }, { OneByOne, 1 }, { OneByOne, 8 }, { OneByOne, 64 },
    };

    [Theory]
    [MemberData(nameof(FormsAndThrottles))]
    public void Everything_that_is_listed_can_be_removed_meanwhile(string form, int throttle)
    {
        Hold(GeneratedCredentials.Create(1234));

        Run(form, $"Get-OpenRouterByokKey -AllWorkspaces -ThrottleLimit {throttle}").IsSilent();

        Assert.Empty(server.Store.Credentials);
        AssertAtMostThrice(1234, workspaces: 2);
    }

    [Theory]
    [InlineData(Piped, 64, 10_000)]
    [InlineData(OneByOne, 8, 4_000)]
    public void Thousands_too(string form, int throttle, int count)
    {
        Hold(GeneratedCredentials.Create(count));

        Run(form.Replace("-Confirm", $"-ThrottleLimit {throttle} -Confirm", StringComparison.Ordinal),
            $"Get-OpenRouterByokKey -ThrottleLimit {throttle}").IsSilent();

        Assert.Empty(server.Store.Credentials);
        AssertAtMostThrice(count, workspaces: 1);
    }

    [Theory]
    [MemberData(nameof(FormsAndThrottles))]
    public void Of_several_workspaces_with_global_credentials_among_them(string form, int throttle)
    {
        Hold(InSeveralWorkspaces(900));

        Run(form, $"Get-OpenRouterByokKey -AllWorkspaces -ThrottleLimit {throttle}").IsSilent();

        Assert.Empty(server.Store.Credentials);
    }

    [Theory]
    [InlineData(Piped, "*[13579]", 1)]
    [InlineData(Piped, "*[13579]", 8)]
    [InlineData(Piped, "*[13579]", 64)]
    [InlineData(OneByOne, "*[13579]", 8)]
    [InlineData(OneByOne, "*7*", 64)]
    [InlineData(Piped, "Nightly*", 8)]
    public void What_is_filtered_out_stays_and_moves_nothing_out_of_sight(string form, string name, int throttle)
    {
        Hold([.. GeneratedCredentials.Create(1000).Select(static (key, number) => key with { Name = $"n{number}" })]);
        var pattern = WildcardPattern.Get(name, WildcardOptions.None);
        var staying = server.Store.Credentials.Where(key => !pattern.IsMatch(key.Name)).Select(static key => key.Id);
        var expected = staying.ToList();

        Run(form, $"Get-OpenRouterByokKey '{name}' -ThrottleLimit {throttle}").IsSilent();

        Assert.Equal(expected, server.Store.Credentials.Select(static key => key.Id));
        AssertAtMostThrice(1000, workspaces: 1);
    }

    [Theory]
    [InlineData(Piped)]
    [InlineData(OneByOne)]
    public void Of_some_providers(string form)
    {
        Hold(GeneratedCredentials.Create(2000));

        Run(form, "Get-OpenRouterByokKey -Provider openai, groq, azure").IsSilent();

        Assert.DoesNotContain(
            server.Store.Credentials, static key => key.Provider is "openai" or "groq" or "azure");
        Assert.NotEmpty(server.Store.Credentials);
    }

    [Theory]
    [InlineData(Piped, "-First 300", 0, 300)]
    [InlineData(OneByOne, "-First 300", 0, 300)]
    [InlineData(Piped, "-Skip 100 -First 250", 100, 250)]
    [InlineData(OneByOne, "-Skip 450", 450, 150)]
    public void A_part_of_a_list_stays_that_part(string form, string paging, int from, int count)
    {
        Hold(GeneratedCredentials.Create(600));
        var before = server.Store.Credentials.Select(static key => key.Id).ToList();

        Run(form, "Get-OpenRouterByokKey " + paging).IsSilent();

        Assert.Equal(
            before.Except(before.Skip(from).Take(count)), server.Store.Credentials.Select(static key => key.Id));
    }

    [Theory]
    [InlineData("ForEach-Object { New-OpenRouterByokKey acme-ai -Key $key }", 1, 1)]
    [InlineData("ForEach-Object { New-OpenRouterByokKey openai -Key $key }", 8, 1)]
    [InlineData("ForEach-Object { New-OpenRouterByokKey $_.Provider -Key $key }", 64, 1)]
    [InlineData("ForEach-Object { 1..3 | ForEach-Object { New-OpenRouterByokKey acme-ai -Key $key } }", 8, 3)]
    [InlineData(
        "ForEach-Object { [pscustomobject]@{ Provider = $_.Provider } } | New-OpenRouterByokKey -Key $key", 8, 1)]
    [InlineData(
        "ForEach-Object { [pscustomobject]@{ Provider = $_.Provider } } "
        + "| New-OpenRouterByokKey -Key $key -ThrottleLimit 64",
        64,
        1)]
    public void What_is_created_meanwhile_is_not_listed_so_that_it_ends(string creation, int throttle, int each)
    {
        Hold(GeneratedCredentials.Create(420));
        var before = server.Store.Credentials.Select(static key => key.Id.ToString()).ToList();

        var created = shell.Run(
            $"Get-OpenRouterByokKey -ThrottleLimit {throttle} -OutVariable listed | {creation}; $global:seen = $listed",
            new { key = Secret.Of("sk-made-by-a-pipeline") });

        Assert.Equal(420 * each, created.All<ByokKey>().Count);
        Assert.Equal(420 + (420 * each), server.Store.Credentials.Count);
        Assert.Equal(before, shell.Run("$global:seen").All<ByokKey>().Select(static key => key.Id));
    }

    [Fact]
    public void What_is_replaced_one_by_one_is_replaced_once()
    {
        Hold(GeneratedCredentials.Create(420));
        var before = server.Store.Credentials.Select(static key => key.Id).ToList();

        var made = shell.Run(
            """
            Get-OpenRouterByokKey | ForEach-Object {
                New-OpenRouterByokKey $_.Provider -Key $key
                $tried = New-OpenRouterByokKey acme-ai -Key $key
                Remove-OpenRouterByokKey -Id $tried.Id, $_.Id -Confirm:$false
            }
            """,
            new { key = Secret.Of("sk-made-by-a-pipeline") }).All<ByokKey>();

        Assert.Equal(420, made.Count);
        Assert.Equal(
            made.Select(static key => key.Id).Order(),
            server.Store.Credentials.Select(static key => key.Id.ToString()).Order());
        Assert.Empty(server.Store.Credentials.Select(static key => key.Id).Intersect(before));
    }

    [Fact]
    public void Lists_of_a_session_know_what_its_other_runspaces_remove()
    {
        Hold(GeneratedCredentials.Create(800));
        var session = shell.Connect(server.BaseUri, server.ManagementKey);
        using var other = new ModuleRunspace();
        var first = server.Store.Credentials.Take(150).Select(static key => key.Id.ToString()).ToArray();
        Once("offset=99&", () => other.Run(
            "Remove-OpenRouterByokKey -Id $ids -Confirm:$false -Session $session", new { ids = first, session }));

        var result = shell.Run("Get-OpenRouterByokKey -ThrottleLimit 1 -Verbose");

        Assert.Empty(result.Errors);
        var ids = result.Output.Select(static key => ((ByokKey)key.BaseObject).Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.Empty(server.Store.Credentials.Select(static key => key.Id.ToString()).Except(ids));
    }

    [Theory]
    [InlineData(Piped)]
    [InlineData(OneByOne)]
    public void What_others_remove_and_add_meanwhile_is_still_noticed(string form)
    {
        Hold(GeneratedCredentials.Create(1000));
        var requests = 0;
        var added = server.Store.Credentials[0];
        server.Intercept = context =>
        {
            // What is removed by others now comes before what is still to be listed.
            if (context.Request.Method == "GET" && Interlocked.Increment(ref requests) is 3 or 6)
            {
                server.Store.Remove(server.Store.Credentials[0].Id);
                server.Store.Add(added with { Id = Guid.NewGuid(), Provider = "zzz" });
            }

            return Task.FromResult(false);
        };

        // One that others removed before it came to its turn is an error, and nothing else is.
        var errors = Run(form, "Get-OpenRouterByokKey").Errors;

        Assert.All(errors, static error => Assert.StartsWith(
            "OpenRouterByok.NotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.All(server.Store.Credentials, static key => Assert.Equal("zzz", key.Provider));
    }

    private static IReadOnlyList<Credential> InSeveralWorkspaces(int count) =>
    [
        .. GeneratedCredentials.Create(count).Select(static (key, number) => key with
        {
            WorkspaceId = (number % 3) switch
            {
                0 => SampleAccount.DefaultWorkspaceId,
                1 => SampleAccount.ProductionWorkspaceId,
                _ => null,
            },
        }),
    ];

    private RunResult Run(string form, string get) => shell.Run(string.Format(CultureInfo.InvariantCulture, form, get));

    private void Hold(IReadOnlyList<Credential> credentials) => server.Store.ReplaceCredentials(credentials);

    private void AssertAtMostThrice(int count, int workspaces) =>
        Assert.InRange(lists, 1, 3 * (workspaces + (count / 99)));

    private void Once(string query, Action change)
    {
        var isDone = 0;
        server.Intercept = context =>
        {
            if (context.Request.QueryString.Value!.Contains(query, StringComparison.Ordinal)
                && Interlocked.Exchange(ref isDone, 1) == 0)
            {
                change();
            }

            return Task.FromResult(false);
        };
    }
}
