using System;
using System.Linq;
using System.Management.Automation.Language;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>With -Anonymous, no email address is on the page, wherever it stands in the account.</summary>
public sealed class ReportAnonymousTests(SandboxShell shared) : IClassFixture<SandboxShell>
{
    private const string Workspaces = "-AllWorkspaces -MaxAgeDays 1";

    private readonly SandboxShell sandbox = shared.Reset();

    [Fact]
    public void No_address_of_a_member_is_on_the_page()
    {
        foreach (var credentials in new[] { sandbox.Server.Store.Credentials, ReportAccount.Messy })
        {
            sandbox.Server.Store.ReplaceCredentials(credentials);

            Assert.DoesNotContain("@", TextOf(sandbox.Shell.Report($"{Workspaces} -Anonymous")));
            Assert.Contains(
                SampleAccount.Mei.Email, TextOf(sandbox.Shell.Report(Workspaces)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void How_many_members_may_use_a_credential_is_shown_instead()
    {
        sandbox.Server.Store.ReplaceCredentials(
        [
            ReportAccount.Of(1) with { AllowedUserIds = [SampleAccount.Mei.Id] },
            ReportAccount.Of(2) with { AllowedUserIds = [SampleAccount.Mei.Id, SampleAccount.Ada.Id] },
            ReportAccount.Of(3) with { AllowedUserIds = [] },
            ReportAccount.Of(4),
        ]);

        var rows = sandbox.Shell.Report("-AllWorkspaces -Anonymous").Credentials;

        Assert.Equal(
            ["Members: 1", "Members: 2", "Members: 0", null],
            rows.Select(static row => row.Lines("Restricted to").SingleOrDefault()));
    }

    [Theory]
    [InlineData("ada.okafor@example.com")]
    [InlineData("ADA+byok@Example.CO.UK")]
    [InlineData("j\u00f6rg@ex\u00e4mple.de")]
    [InlineData("o'neil@example.com")]
    [InlineData("o\u2019neil@example.com")]
    [InlineData("\u05d3\u05e0\u05d9\u05d0\u05dc@example.com")]
    [InlineData("a_b-c%d!e@sub-1.example.museum")]
    [InlineData("zo\u200be@example.com")]
    public void An_address_in_a_name_is_replaced_wherever_it_is(string address)
    {
        PutEverywhere(address);
        const string Arguments = Workspaces + " -Title $title";
        var title = new { title = $"Report of <{address}>, and others" };

        var page = sandbox.Shell.Report($"{Arguments} -Anonymous", title);

        var local = address.Split('@')[0];
        Assert.DoesNotContain("@", TextOf(page));
        Assert.DoesNotContain(local[^3..] + "@", page.Text, StringComparison.Ordinal);
        Assert.Equal("Report of <(email address)>, and others", page.Title);
        Assert.Contains("Key of (email address)", page.Credentials.Select(static row => row["Name"]));
        Assert.Contains("(email address)'s corner", page.Credentials.Select(static row => row["Workspace"]));
        Assert.Contains("(email address)'s corner", page.Routes.Select(static route => route.Workspace));
        Assert.True(Count(sandbox.Shell.Report(Arguments, title), "@") > 10);
    }

    [Fact]
    public void Commands_stay_valid()
    {
        foreach (var address in new[] { "ada@example.com", "o'neil@example.com", "a\u202eda@example.com" })
        {
            PutEverywhere(address);

            var remedies = sandbox.Shell.Report($"{Workspaces} -Anonymous").Findings
                .SelectMany(static rule => rule.Items)
                .Select(static item => item.Remedy!)
                .ToList();

            Assert.Contains(remedies, static remedy => remedy.Contains("(email address)", StringComparison.Ordinal));
            Assert.All(remedies, static remedy =>
            {
                var script = Parser.ParseInput(remedy, out _, out var errors);
                Assert.Empty(errors);
                Assert.Single(Assert.IsType<PipelineAst>(Assert.Single(script.EndBlock.Statements)).PipelineElements);
            });
        }
    }

    [Theory]
    [InlineData("Meet @ noon")]
    [InlineData("me@localhost")]
    [InlineData("@Mei")]
    public void What_is_no_address_stays(string name)
    {
        sandbox.Server.Store.ReplaceCredentials([ReportAccount.Of(1) with { Name = name }]);

        Assert.Equal(name, Assert.Single(sandbox.Shell.Report("-Anonymous").Credentials)["Name"]);
    }

    private void PutEverywhere(string address)
    {
        sandbox.Server.Store.Workspaces =
        [
            .. SampleAccount.Workspaces.Select(workspace => workspace with { Name = $"{address}'s corner" }),
        ];
        sandbox.Server.Store.Members = [SampleAccount.Mei with { Email = address }];
        sandbox.Server.Store.ApiKeys =
        [
            .. SampleAccount.ApiKeys.Select(key => key with { Name = $"{address} ({key.Name})" }),
        ];
        sandbox.Server.Store.ReplaceCredentials(
        [
            ReportAccount.Of(1) with { Name = $"Key of {address}", AllowedUserIds = [SampleAccount.Mei.Id] },
            ReportAccount.Of(2) with { Name = address, AllowedApiKeyHashes = [SampleAccount.Evaluation.Hash] },
            ReportAccount.Of(3) with { AllowedModels = ["openai/gpt-5", $"{address}/model", "openai/gpt-2"] },
            ReportAccount.Of(4) with { Name = address, IsRequired = true, Provider = "groq" },
            ReportAccount.Of(5) with { Name = null, Label = address, DeclaredRegion = address },
        ]);
    }

    private static int Count(ReportDocument page, string part) => TextOf(page).Split(part).Length - 1;

    // The style sheet has at-rules.
    private static string TextOf(ReportDocument page) => string.Concat(
        new[] { page.Title, page.Html.Title ?? "", page.Html.QuerySelector("header")!.TextContent }
            .Concat(page.Html.QuerySelectorAll("main").Select(static element => element.OuterHtml)));
}
