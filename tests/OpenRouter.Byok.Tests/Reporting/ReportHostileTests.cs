using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using AngleSharp.Dom;
using OpenRouter.Byok.Errors;
using Xunit;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>Whatever things are called, they are text on the page, and nothing else.</summary>
public sealed class ReportHostileTests
{
    private const string Arguments = "-AllWorkspaces -MaxAgeDays 1 -Title $title";

    private static readonly Lazy<string> HarmlessShape = new(static () => Report("x").Shape());

    private static readonly Dictionary<string, string> Endings = new()
    {
        ["a script"] = "<script>alert(1)</script>",
        ["an image in an attribute"] = "\"><img src=x onerror=alert(1)>",
        ["an apostrophe"] = "' onmouseover='alert(1)",
        ["an end of everything"] = "]]></title></style></script></textarea></svg></table></details>--></body>",
        ["tags of the template"] = "{{title}}{{#credentials}}{{/x}}{{! x }}{{> report.js}}",
        ["references"] = "&lt;b&gt;&#0;&amp;quot;&copy&notit;",
        ["a comment"] = "<!-- --!> <![CDATA[ <?php",
        ["controls of a terminal"] = "\0\u001b[2J\a\b\f\v\t\u007f\u0085\u009b31m",
        ["line ends"] = "\r\n\n\r Forged: yes\u2028\u2029",
        ["controls of the direction"] = "\u202elanigiro\u2066\u2069\u061c\u200e\u200f",
        ["what cannot be seen"] = "\u200b\u00ad\ufeff\u2060\U000E0041",
        ["umbrellas"] = string.Concat(Enumerable.Repeat("\u2614", 255)),
        ["emoji"] = "\ud83d\udc69\u200d\ud83d\ude80\ud83c\uddeb\ud83c\uddee\u2764\ufe0f",
        ["Hebrew and Arabic"] = " \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
        ["spaces"] = "  a   b\u3000\u00a0",
        ["noncharacters"] = "\ufffe\U0001FFFE\ufffd",
        ["PowerShell"] = "'; Remove-Item ~ -Recurse; \"$(Get-Date)`n\u2018\u2019\u201c",
    };

    public static TheoryData<string> Kinds => [.. Endings.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_page_has_the_elements_and_attributes_of_a_harmless_account(string kind) =>
        Assert.Equal(HarmlessShape.Value, Report(Endings[kind]).Shape());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Names_are_shown_as_a_terminal_shows_them(string kind)
    {
        var account = new NamedAccount(Endings[kind]);

        var page = Report(Endings[kind]);

        Assert.Equal(Shown("Title"), page.Title);
        Assert.Equal(Shown("Title"), page.Html.QuerySelector("title")!.TextContent);
        Assert.Equal("All workspaces", page.Fact("Workspaces"));
        Assert.Equal("Organization " + Shown("org"), page.Fact("Account"));
        Assert.Equal(
            account.Names.Select(DisplayText.Escape).Append(Shown("sk-4...") + "AbCd").Order(StringComparer.Ordinal),
            page.Credentials.Select(static row => row["Name"]).Order(StringComparer.Ordinal));
        Assert.Equal([Shown("OpenAI"), Shown("Evil AI")], page.Rows("providers").Select(static row => row["Provider"]));
        Assert.Equal(
            [Shown("openai/gpt-5"), Shown("evil/model")], page.Rows("models").Select(static row => row["Model"]));
        Assert.Contains(page.Routes, route => route.Provider == Shown("evil-ai"));
        Assert.Contains(page.Routes, route => route.Workspace == Shown("one"));
        Assert.Contains(page.Routes.SelectMany(static route => route.Steps), step => step.Name == Shown("First"));
        var restricted = page.Credentials.First(row => row["Name"] == Shown("Fifth"));
        Assert.Equal(Shown("mars") + ", zero data retention", restricted["Declared"]);
        var lines = restricted.Lines("Restricted to").ToList();
        Assert.Equal("openai/gpt-5, " + Shown("evil/model"), lines[0]);
        Assert.StartsWith("API keys: " + Shown("App") + ", hash", lines[1], StringComparison.Ordinal);
        Assert.Equal("Members: " + Shown("one@example.com") + ", " + Shown("user_gone"), lines[2]);
        Assert.Contains(
            page.Findings.SelectMany(static rule => rule.Items), item => item.Credential == Shown("Second"));

        string Shown(string name) => DisplayText.Escape(account.Named(name));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Neither_the_file_nor_the_page_has_a_character_that_cannot_be_seen(string kind)
    {
        var page = Report(Endings[kind]);

        // Joiners are seen between characters that need them, which may be written as references.
        Assert.Empty(Unseen(WebUtility.HtmlDecode(page.Text.Replace("&amp;", "", StringComparison.Ordinal))));
        Assert.All(
            page.Html.All.Where(static element => element.LocalName is not ("style" or "script" or "html")),
            static element => Assert.Empty(Unseen(element.TextContent)));
        Assert.All(
            page.Html.All.SelectMany(static element => element.Attributes),
            static attribute => Assert.Empty(Unseen(attribute.Value)));
    }

    [Fact]
    public void The_scan_finds_what_must_not_be_there()
    {
        Assert.NotEmpty(Unseen("a\u202eb"));
        Assert.NotEmpty(Unseen("a\0"));
        Assert.NotEmpty(Unseen("a\rb"));
        Assert.NotEmpty(Unseen("a\ud800"));
        Assert.Empty(Unseen("a\nb"));
    }

    [Fact]
    public void Half_characters_are_replaced()
    {
        var page = Report("x", "Title \ud800 x\udc00y \udc00\ud800");

        Assert.Equal("Title \ufffd x\ufffdy \ufffd\ufffd", page.Title);
        Assert.Equal(HarmlessShape.Value, page.Shape());
    }

    [Theory]
    [InlineData("/models")]
    [InlineData("/activity")]
    [InlineData("/key")]
    public void Messages_of_the_server_are_text_too(string path)
    {
        var shapes = new HashSet<string>();
        foreach (var ending in Endings.Values.Prepend("x"))
        {
            using var server = new ScriptedServer
            {
                DefaultResponse = new NamedAccount(ending) { FailingPath = path }.To,
            };
            using var shell = ModuleRunspace.ConnectedTo(server, "-MaximumRetryCount 0");

            var result = shell.Run($"{ReportShell.Command} -AllWorkspaces");

            var page = new ReportDocument(result.Only<string>());
            Assert.Equal(result.Warnings, page.Gaps);
            Assert.Contains("Broken", page.Gaps[0], StringComparison.Ordinal);
            Assert.Empty(Unseen(page.Html.Body!.TextContent));
            shapes.Add(page.Shape());
        }

        Assert.Single(shapes);
    }

    private static ReportDocument Report(string ending, string? title = null)
    {
        using var server = new ScriptedServer { DefaultResponse = new NamedAccount(ending).To };
        using var shell = ModuleRunspace.ConnectedTo(server, "-MaximumRetryCount 0");
        return shell.Report(Arguments, new { title = title ?? "Title" + ending });
    }

    private static List<string> Unseen(string text) =>
        [.. text.Split('\n').Where(static line => !DisplayText.IsPlain(line))];
}
