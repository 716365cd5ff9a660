using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>With -NoLabel, no label of a key is anywhere on the page.</summary>
public sealed class ReportLabelTests(SandboxShell shared) : IClassFixture<SandboxShell>
{
    private const string Workspaces = "-AllWorkspaces -MaxAgeDays 1";

    private readonly SandboxShell sandbox = shared.Reset();

    [Fact]
    public void No_label_of_a_credential_or_of_the_management_key_is_on_the_page()
    {
        foreach (var credentials in new[] { sandbox.Server.Store.Credentials, ReportAccount.Messy, Nameless })
        {
            sandbox.Server.Store.ReplaceCredentials(credentials);

            Assert.Empty(LabelsOn(sandbox.Shell.Report($"{Workspaces} -NoLabel")));

            // The control: without the switch, each is there.
            Assert.Equal(Labels.Count(), LabelsOn(sandbox.Shell.Report(Workspaces)).Count);
        }
    }

    [Fact]
    public void No_column_is_left_for_them()
    {
        Assert.DoesNotContain("Label", sandbox.Shell.Report("-NoLabel").Credentials[0].Headers);
        Assert.Contains("Label", sandbox.Shell.Report("").Credentials[0].Headers);
        Assert.Null(sandbox.Shell.Report("-NoLabel").Fact("Management key"));
    }

    [Fact]
    public void A_label_in_the_name_of_another_credential_is_not_shown_either()
    {
        sandbox.Server.Store.ReplaceCredentials(
        [
            ReportAccount.Of(1) with { Label = "sk-...aaA1" },
            ReportAccount.Of(2) with { Label = "sk-...bbB2", Name = "like sk-...aaA1" },
            // Its finding names the credential that took its place.
            ReportAccount.Of(3) with { Provider = "groq", IsRequired = true, Disabled = true },
            ReportAccount.Of(4) with { Provider = "groq", Label = "sk-...ddD4", Name = "sk-...ddD4" },
        ]);

        Assert.Contains(
            sandbox.Shell.Report(Workspaces).Findings.SelectMany(static rule => rule.Items),
            static item => item.Credential == "Key 3" && item.Message.Contains("ddD4", StringComparison.Ordinal));
        Assert.Empty(LabelsOn(sandbox.Shell.Report($"{Workspaces} -NoLabel")));
    }

    [Theory]
    [InlineData("sk-...'a'b")]
    [InlineData("sk-...\u2019a\u2019b")]
    [InlineData("sk-...$a\"b")]
    [InlineData("sk-...\u202eab")]
    [InlineData("sk-...<&>")]
    public void A_label_that_a_command_has_to_quote_is_not_shown_either(string label)
    {
        sandbox.Server.Store.ReplaceCredentials([ReportAccount.Of(1) with { Label = label, Name = null }]);

        var page = sandbox.Shell.Report($"{Workspaces} -NoLabel");

        // Neither as it is nor as the command writes it.
        var command = page.Findings.Single(static rule => rule.Rule == "NameMissing").Items.Single().Remedy!;
        Assert.Matches("^Set-OpenRouterByokKey -Id '[^']+' -NewName ['\"]openai [0-9a-f]{8}['\"]$", command);
        Assert.DoesNotContain("sk-...", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_without_a_name_are_still_told_apart()
    {
        sandbox.Server.Store.ReplaceCredentials(Nameless);

        var page = sandbox.Shell.Report($"{Workspaces} -NoLabel");

        Assert.Equal(
            page.Credentials.Select(static row => row["Id"][..8]), page.Credentials.Select(static row => row["Name"]));
        Assert.Equal(
            Nameless.Count, page.Credentials.Select(static row => row["Name"]).Distinct().Count());
        Assert.All(
            page.Findings.SelectMany(static rule => rule.Items),
            item => Assert.Contains(item.Credential, page.Credentials.Select(static row => row["Name"])));
    }

    [Fact]
    public void Commands_stay_valid_and_name_the_credential()
    {
        foreach (var credentials in new[] { ReportAccount.Messy, Nameless })
        {
            sandbox.Server.Store.ReplaceCredentials(credentials);

            var findings = sandbox.Shell.Report($"{Workspaces} -NoLabel").Findings;

            foreach (var remedy in findings.SelectMany(static rule => rule.Items).Select(static item => item.Remedy))
            {
                Parser.ParseInput(remedy, out _, out var errors);
                Assert.Empty(errors);
            }

            var missing = findings.Single(static rule => rule.Rule == "NameMissing").Items;
            Assert.All(missing, static item => Assert.Contains(
                $"-NewName '{item.Provider} {item.Credential}'", item.Remedy, StringComparison.Ordinal));
        }
    }

    private IEnumerable<string> Labels => sandbox.Server.Store.Credentials.Select(static key => key.Label)
        .Append(SampleAccount.KeyLabel(sandbox.Server.ManagementKey))
        .Distinct();

    private List<string> LabelsOn(ReportDocument page) =>
    [
        .. Labels.Where(label => page.Text.Contains(label, StringComparison.Ordinal)
            || page.Html.DocumentElement.TextContent.Contains(label, StringComparison.Ordinal)),
    ];

    /// <summary>Their names are made of labels, or they have none.</summary>
    private static IReadOnlyList<Credential> Nameless =>
    [
        ReportAccount.Of(1) with { Name = null },
        ReportAccount.Of(2) with { Name = "", IsRequired = true, AllowedModels = ["openai/gpt-5"] },
        ReportAccount.Of(3) with { Name = null, IsByokOnly = true, Provider = "groq" },
        ReportAccount.Of(4) with { Name = null, IsFallback = true, WorkspaceId = null },
    ];
}
