using System;
using System.Collections.Generic;
using System.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Xunit;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>The page is one that browsers and screen readers find their way about, whatever is on it.</summary>
public sealed class ReportStructureTests(ReportPages pages) : IClassFixture<ReportPages>
{
    private static readonly string[] Referring = ["aria-labelledby", "aria-describedby", "aria-controls", "for"];

    public static TheoryData<string> Pages => [.. ReportPages.Names];

    [Theory]
    [MemberData(nameof(Pages))]
    public void It_has_a_language_a_character_set_and_one_title(string page)
    {
        var html = pages[page].Html;

        Assert.StartsWith("<!doctype html>\n<html", pages[page].Text, StringComparison.Ordinal);
        Assert.Equal("en", html.DocumentElement.GetAttribute("lang"));
        Assert.Equal("utf-8", html.Head!.FirstElementChild!.GetAttribute("charset"));
        var heading = Assert.Single(html.QuerySelectorAll("h1"));
        Assert.Equal(heading.TextContent, html.Title);
        Assert.NotEmpty(heading.TextContent);
        Assert.Contains(
            "width=device-width",
            html.QuerySelector("meta[name=viewport]")!.GetAttribute("content")!,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Headings_do_not_skip_a_level(string page)
    {
        var levels = pages[page].Html.QuerySelectorAll("h1, h2, h3, h4, h5, h6")
            .Select(static heading => heading.LocalName[1] - '0')
            .ToList();

        Assert.Equal(1, levels[0]);
        Assert.All(levels.Zip(levels.Skip(1)), static pair => Assert.InRange(pair.Second, 2, pair.First + 1));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_id_is_there_once_and_whatever_refers_to_one_finds_it(string page)
    {
        var html = pages[page].Html;
        var ids = html.QuerySelectorAll("[id]").Select(static element => element.Id!).ToList();

        Assert.Equal(ids.Distinct(), ids);
        Assert.All(References(html), reference => Assert.Contains(reference, ids));
        Assert.NotEmpty(html.QuerySelectorAll("nav a[href^='#']"));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Tables_have_captions_and_headers_for_columns_and_rows(string page)
    {
        var tables = pages[page].Html.QuerySelectorAll<IHtmlTableElement>("table").ToList();

        Assert.Equal(page == "empty" ? 0 : 4, tables.Count);
        foreach (var table in tables)
        {
            Assert.NotEmpty(table.Caption!.TextContent);
            Assert.All(table.Head!.QuerySelectorAll("th"), static header =>
                Assert.Equal("col", header.GetAttribute("scope")));
            Assert.All(table.Bodies.Single().Rows, row =>
            {
                Assert.Equal(table.Head.Rows.Single().Cells.Length, row.Cells.Length);
                Assert.Equal("row", Assert.Single(row.QuerySelectorAll("th")).GetAttribute("scope"));
            });
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Drawings_and_regions_have_a_name_or_are_hidden(string page)
    {
        var html = pages[page].Html;

        Assert.All(html.QuerySelectorAll("svg"), static drawing => Assert.True(
            drawing.GetAttribute("aria-hidden") == "true"
            || (drawing.GetAttribute("role") == "img" && drawing.GetAttribute("aria-label") is { Length: > 0 })));
        Assert.All(html.QuerySelectorAll("[role=region], nav, main > section, figure"), static part => Assert.True(
            part.HasAttribute("aria-label") || part.HasAttribute("aria-labelledby")));
        Assert.All(html.QuerySelectorAll("input"), field =>
            Assert.NotNull(html.QuerySelector($"label[for={field.Id}]")));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_was_written_is_what_a_browser_makes_of_it(string page)
    {
        // A parser mends what is nested wrongly; what needs no mending has as many tags as elements.
        var text = pages[page].Text;
        var body = text[text.IndexOf("<body>", StringComparison.Ordinal)..text.LastIndexOf(
            "<script>", StringComparison.Ordinal)];
        var written = body.Split('<').Count(static part => part.Length > 0 && char.IsAsciiLetter(part[0]));

        Assert.Equal(written - 1, BodyOf(pages[page]).Count);
    }

    private static List<IElement> BodyOf(ReportDocument page) =>
        [.. page.Html.Body!.QuerySelectorAll("*").Where(static element => element.LocalName != "script")];

    private static IEnumerable<string> References(IHtmlDocument html) =>
    [
        .. html.QuerySelectorAll("[href^='#']").Select(static link => link.GetAttribute("href")![1..]),
        .. Referring.SelectMany(name => html.QuerySelectorAll($"[{name}]")
            .Select(element => element.GetAttribute(name)!)),
    ];
}
