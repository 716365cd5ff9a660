using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;
using Xunit;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>The page loads nothing from anywhere, and no script runs on it but its own.</summary>
public sealed class ReportPolicyTests(ReportPages pages) : IClassFixture<ReportPages>
{
    private static readonly string[] Loading =
        ["src", "srcset", "data", "poster", "background", "action", "formaction", "ping", "manifest", "xlink:href"];

    private static readonly string[] Embedding =
        ["iframe", "frame", "object", "embed", "img", "picture", "video", "audio", "source", "image", "use", "base"];

    private static readonly string[] Requesting =
        ["url(", "@import", "@font-face", "://", "fetch(", "XMLHttpRequest", "import(", "innerHTML", "eval("];

    public static TheoryData<string> Pages => [.. ReportPages.Names];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_policy_allows_the_style_sheet_and_the_script_by_their_contents_and_nothing_else(string page)
    {
        var html = pages[page].Html;
        var style = Assert.Single(html.QuerySelectorAll("style")).TextContent;
        var script = Assert.Single(html.QuerySelectorAll("script")).TextContent;

        Assert.Equal(
            [
                "default-src 'none'",
                $"style-src 'sha256-{HashOf(style)}'",
                $"script-src 'sha256-{HashOf(script)}'",
                "img-src data:",
                "base-uri 'none'",
                "form-action 'none'",
            ],
            html.QuerySelector("meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content")!.Split("; "));
        Assert.NotEmpty(style.Trim());
        Assert.NotEmpty(script.Trim());
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_policy_comes_before_whatever_it_is_about(string page)
    {
        var head = pages[page].Html.Head!.Children.ToList();

        var policy = head.FindIndex(static element => element.GetAttribute("http-equiv") is not null);
        Assert.True(policy < head.FindIndex(static element => element.LocalName is "link" or "style" or "script"));
        Assert.Single(pages[page].Html.QuerySelectorAll("meta[http-equiv]"));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Nothing_is_loaded(string page)
    {
        var html = pages[page].Html;
        var attributes = html.All.SelectMany(static element => element.Attributes);

        Assert.DoesNotContain(attributes, static attribute => Loading.Contains(attribute.Name));
        Assert.DoesNotContain(html.All, static element => Embedding.Contains(element.LocalName));
        Assert.All(html.QuerySelectorAll("link"), static link => Assert.Equal("data:,", link.GetAttribute("href")));
        var code = string.Concat(html.QuerySelectorAll("style, script").Select(static element => element.TextContent));
        Assert.All(
            Requesting, word => Assert.DoesNotContain(word, code, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void No_element_has_a_style_or_a_script_of_its_own(string page) => Assert.DoesNotContain(
        pages[page].Html.All.SelectMany(static element => element.Attributes),
        static attribute => attribute.Name == "style"
            || attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_within_the_page_or_to_the_documentation(string page)
    {
        Assert.All(pages[page].Html.QuerySelectorAll("a[href]"), static link => Assert.Matches(
            "^(#[a-z-]+|https://github[.]com/openrouter-byok/OpenRouter[.]Byok/blob/main/docs/[a-z-]+[.]md(#[a-z]+)?)$",
            link.GetAttribute("href")!));
        Assert.Equal(
            "no-referrer", pages[page].Html.QuerySelector("meta[name=referrer]")!.GetAttribute("content"));
    }

    private static string HashOf(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
