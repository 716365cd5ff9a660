using System;
using System.Linq;
using System.Text.RegularExpressions;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Writing;

/// <summary>What changes or tests credentials takes their names first, with the reach of Get.</summary>
public sealed class ByNameTests : IClassFixture<ShuffledSandboxShell>
{
    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public ByNameTests(ShuffledSandboxShell sandbox) => (server, shell) = (sandbox.Reset().Server, sandbox.Shell);

    public static TheoryData<string> Commands =>
    [
        "Set-OpenRouterByokKey {0} -Required",
        "Enable-OpenRouterByokKey {0}",
        "Disable-OpenRouterByokKey {0}",
        "Remove-OpenRouterByokKey {0} -Confirm:$false",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_name_means_the_credential_that_has_it(string command)
    {
        var id = IdOf("Team account");

        shell.Run(Of(command, "'Team account'")).IsSilent();

        Assert.Equal([id], Changed());
    }

    [Theory]
    [InlineData("'Team account', 'EU data'", "Team account, EU data")]
    [InlineData("'team ACCOUNT'", "Team account")]
    [InlineData("'EU*', 'e* data'", "EU data")]
    [InlineData("'*' -Provider acme-*", "Pilot, Load test")]
    [InlineData("Production -Provider openai -Workspace Production", "Production")]
    [InlineData("'Production 2' -AllWorkspaces", "Production 2")]
    public void Names_reach_as_far_as_those_of_Get(string typed, string names)
    {
        shell.Run("Disable-OpenRouterByokKey " + typed).IsSilent();

        var changed = server.Store.Credentials.Where(key => Changed().Contains(key.Id.ToString()));
        Assert.Equal(names.Split(", ").Order(), changed.Select(static key => key.Name).Order());
    }

    [Fact]
    public void What_a_pattern_means_comes_in_the_order_of_trial()
    {
        var shown = shell.Run("Disable-OpenRouterByokKey * -Provider openai, acme-ai -PassThru").All<ByokKey>();

        Assert.Equal(shown.Order(), shown);
    }

    [Fact]
    public void A_UUID_in_place_of_a_name_means_the_id()
    {
        var id = IdOf("Production 2");

        shell.Run("Disable-OpenRouterByokKey $id", new { id = $" {id.ToUpperInvariant()} " }).IsSilent();

        Assert.Equal([id], Changed());
        Assert.Single(server.Requests);
    }

    [Fact]
    public void An_object_in_place_of_a_name_means_its_id()
    {
        shell.Run("$key = Get-OpenRouterByokKey Pilot; Disable-OpenRouterByokKey $key").IsSilent();

        Assert.Equal([IdOf("Pilot")], Changed());
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_name_that_nothing_has_is_an_error_that_lists_the_choices(string command)
    {
        var error = shell.Run(Of(command, "'Team account', 'Teem account'")).OnlyError();

        Assert.StartsWith("OpenRouterByok.UnknownName,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith(
            "There is no credential with the name 'Teem account'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("The choices are: 'Team account', ", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Changed());
    }

    [Fact]
    public void Each_of_the_choices_may_be_typed_whether_or_not_it_has_a_name()
    {
        var error = shell.Run("Disable-OpenRouterByokKey nothing -Provider openai").OnlyError().ToString();
        var choices = Regex.Matches(error, "'([^']+)'").Skip(1).Select(static match => match.Groups[1].Value).ToList();

        Assert.Contains(choices, static choice => Guid.TryParse(choice, out _));
        foreach (var choice in choices)
        {
            shell.Run("Disable-OpenRouterByokKey $choice -Provider openai", new { choice }).IsSilent();
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_name_that_several_have_is_an_error_that_lists_them(string command)
    {
        var error = shell.Run(Of(command, "Production -AllWorkspaces")).OnlyError();

        Assert.StartsWith("OpenRouterByok.AmbiguousName,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.All(
            server.Store.Credentials.Where(static key => key.Name == "Production"),
            key => Assert.Contains(key.Id.ToString(), error.ToString(), StringComparison.Ordinal));
        Assert.Contains(
            $"workspace Production ({SampleAccount.ProductionWorkspaceId})",
            error.ToString(),
            StringComparison.Ordinal);
        Assert.Empty(Changed());
    }

    [Fact]
    public void What_is_called_just_so_is_meant_whatever_its_wildcards()
    {
        var pilot = server.Store.Credentials.Single(static key => key.Name == "Pilot");
        server.Store.Update(pilot.Id, static key => key with { Name = "P*" });

        shell.Run("Disable-OpenRouterByokKey 'P*'").IsSilent();
        shell.Run("Disable-OpenRouterByokKey 'P`*'").IsSilent();

        Assert.Equal([pilot.Id.ToString(), pilot.Id.ToString()], Changed());
    }

    [Theory]
    [InlineData("Disable-OpenRouterByokKey 'no such*' -Verbose", "No credential matches 'no such*'.")]
    public void A_pattern_that_nothing_meets_changes_nothing(string script, string verbose)
    {
        var result = shell.Run(script);

        result.IsSilent();
        Assert.Contains(verbose, result.Verbose);
        Assert.Empty(Changed());
    }

    [Theory]
    [InlineData("Get-OpenRouterByokKey Pilot | Set-OpenRouterByokKey -Name New", "-NewName")]
    [InlineData("Set-OpenRouterByokKey -Id $id -Name New", "-NewName")]
    [InlineData(
        "Get-OpenRouterByokKey Pilot | Disable-OpenRouterByokKey -Provider openai",
        "specify where to look for -Name")]
    [InlineData("Disable-OpenRouterByokKey -Id $id -AllWorkspaces", "specify where to look for -Name")]
    [InlineData("Disable-OpenRouterByokKey -Provider openai", "No credentials were specified.")]
    [InlineData("Remove-OpenRouterByokKey", "No credentials were specified.")]
    [InlineData("Disable-OpenRouterByokKey ' '", "-Name is blank.")]
    public void What_cannot_be_meant_is_refused(string script, string message)
    {
        var error = shell.Run(script, new { id = IdOf("Pilot") }).OnlyError();

        Assert.StartsWith("OpenRouterByok.InvalidArgument,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Changed());
    }

    [Fact]
    public void A_test_goes_by_name_too()
    {
        var result = shell.Run(
            "Test-OpenRouterByokKey 'Team account', 'Old laptop' -ApiKey $key",
            new { key = Secret.Of(server.InferenceKey) });

        Assert.Equal(["Team account", "Old laptop"], result.All<ByokKeyTestResult>().Select(static one => one.Name));
    }

    [Fact]
    public void Get_takes_a_UUID_for_a_name_too()
    {
        var id = IdOf("Production 2");

        Assert.Equal(
            [id, IdOf("Pilot")],
            shell.Run("Get-OpenRouterByokKey $id, Pilot", new { id }).All<ByokKey>().Select(static key => key.Id));
    }

    private static string Of(string command, string name) =>
        command.Replace("{0}", name, StringComparison.Ordinal);

    private string IdOf(string name) =>
        server.Store.Credentials.First(key => key.Name == name).Id.ToString();

    private string[] Changed() =>
    [
        .. server.Requests.Where(static request => request.Method != "GET")
            .Select(static request => request.PathAndQuery.Split('/')[^1]),
    ];
}
