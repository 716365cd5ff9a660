using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Reporting;
using Xunit;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>The language of the template, sentence by sentence.</summary>
public sealed class HtmlTemplateTests
{
    private static readonly Dictionary<string, string> Partials = new()
    {
        ["raw.css"] = "a > b { content: \"{{x}}\"; }",
        ["item.html"] = "<li>\n  {{text}}: {{.}}\n</li>\n",
        ["open.html"] = "{{#list}}",
    };

    [Theory]
    [InlineData("plain", "plain\n")]
    [InlineData("a {{text}} b", "a T b\n")]
    [InlineData("{{ text }}", "T\n")]
    [InlineData("{{markup}}", "&lt;b title=&quot;x&quot;&gt;&#39;&amp;amp;\n")]
    [InlineData("{{number}} {{small}} {{big}}", "7 0.000001 12345678901234567890.5\n")]
    [InlineData("{{tags}}", "{{text}} {{#list}}\n")]
    public void Values_are_text(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{{#list}}[{{.}}]{{/list}}", "[1][2]\n")]
    [InlineData("{{#objects}}{{name}},{{/objects}}", "a,b,\n")]
    [InlineData("{{#none}}x{{/none}}", "\n")]
    [InlineData("{{#object}}{{name}}{{/object}}", "o\n")]
    [InlineData("{{#yes}}x{{/yes}}{{#no}}y{{/no}}", "x\n")]
    [InlineData("{{#text}}{{.}}{{/text}}{{#empty}}y{{/empty}}", "T\n")]
    [InlineData("{{#nothing}}x{{/nothing}}", "\n")]
    [InlineData("{{#zero}}{{.}}{{/zero}}", "0\n")]
    [InlineData("{{#object}}{{#inner}}{{name}} {{text}}{{/inner}}{{/object}}", "i T\n")]
    [InlineData("{{#objects}}{{#list}}{{name}}{{.}} {{/list}}{{/objects}}", "a1 a2 b1 b2 \n")]
    public void A_section_is_repeated_entered_or_left_out(string template, string expected) =>
        Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{{^list}}x{{/list}}", "\n")]
    [InlineData("{{^none}}x{{/none}}", "x\n")]
    [InlineData("{{^no}}x{{/no}}{{^yes}}y{{/yes}}", "x\n")]
    [InlineData("{{^nothing}}x{{/nothing}}", "x\n")]
    [InlineData("{{^empty}}x{{/empty}}{{^text}}y{{/text}}", "x\n")]
    [InlineData("{{^object}}x{{/object}}", "\n")]
    [InlineData("{{#object}}{{^none}}{{name}}{{/none}}{{/object}}", "o\n")]
    public void An_inverted_section_stands_in_its_place(string template, string expected) =>
        Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("a{{! b }}c", "ac\n")]
    [InlineData("{{! {# text }}x", "x\n")]
    [InlineData("<style>{{> raw.css}}</style>", "<style>a > b { content: \"{{x}}\"; }</style>\n")]
    public void Comments_vanish_and_other_partials_than_html_stay_as_they_are(string template, string expected) =>
        Assert.Equal(expected, Render(template));

    [Fact]
    public void A_partial_of_html_is_a_template_with_the_values_at_its_place() => Assert.Equal(
        "<li>\nT: 1\n</li>\n<li>\nT: 2\n</li>\n",
        Render("{{#list}}\n{{> item.html}}\n{{/list}}"));

    [Fact]
    public void Lines_that_only_open_or_close_leave_nothing_behind()
    {
        const string Template = """
            <ul>
              {{! of numbers }}
              {{#list}}
              <li>{{.}}</li>
              {{/list}}
              {{^none}}

              <li>no more</li>
              {{/none}}
            </ul>
            """;

        Assert.Equal("<ul>\n<li>1</li>\n<li>2</li>\n<li>no more</li>\n</ul>\n", Render(Template));
    }

    [Fact]
    public void Templates_with_line_ends_of_Windows_give_the_same() =>
        Assert.Equal(Render("a\n{{#yes}}\nb\n{{/yes}}\n"), Render("a\r\n{{#yes}}\r\nb\r\n{{/yes}}\r\n"));

    [Fact]
    public void Text_is_displayed_before_it_is_encoded() => Assert.Equal(
        "&lt;T&gt; 7\n", Render("{{text}} {{number}}", static text => $"<{text}>"));

    [Theory]
    [InlineData("a {{text")]
    [InlineData("{{#yes}}x")]
    [InlineData("{{#yes}}{{#no}}x{{/no}}")]
    [InlineData("x{{/yes}}")]
    [InlineData("{{> open.html}}x{{/list}}")]
    [InlineData("{{#yes}}{{#no}}x{{/yes}}{{/no}}")]
    public void A_template_that_is_not_well_formed_is_an_error(string template) =>
        Assert.Throws<FormatException>(() => HtmlTemplate.Parse(template, ReadPartial));

    [Theory]
    [InlineData("{{missing}}")]
    [InlineData("{{#missing}}x{{/missing}}")]
    [InlineData("{{^missing}}x{{/missing}}")]
    [InlineData("{{#object}}{{missing}}{{/object}}")]
    [InlineData("{{object}}")]
    [InlineData("{{list}}")]
    [InlineData("{{yes}}")]
    [InlineData("{{nothing}}")]
    [InlineData("{{Text}}")]
    public void A_name_without_text_is_an_error(string template) =>
        Assert.Throws<InvalidOperationException>(() => Render(template));

    [Theory]
    [InlineData("{{> missing.css}}")]
    [InlineData("{{}}")]
    public void Other_mistakes_of_a_template_are_errors_too(string template) =>
        Assert.ThrowsAny<Exception>(() => HtmlTemplate.Parse(template, ReadPartial));

    [Fact]
    public void A_browser_gives_back_any_text_in_text_and_in_attributes() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(ArbitraryText.Any, text => GivesBack(text)));

    [Theory]
    [InlineData("&lt;")]
    [InlineData("&#0;")]
    [InlineData("\"'`=<>/")]
    [InlineData("</p><script>")]
    [InlineData("\ufffe\ud83f\udffe")]
    [InlineData("\u00e9\u0416\u4e2d\ud83d\udc69\u200d\ud83d\ude80")]
    [InlineData(" leading and trailing ")]
    public void A_browser_gives_back_text_that_looks_like_markup(string text) => GivesBack(text);

    [Fact]
    public void A_browser_gives_back_the_codes_of_half_characters()
    {
        GivesBack("\ud800");
        GivesBack("x\udc00y");
    }

    private static void GivesBack(string text)
    {
        using var model = JsonSerializer.SerializeToDocument(new { x = "" });
        using var output = new StringWriter();
        HtmlTemplate.Parse("<p title=\"{{x}}\">{{x}}</p><title>{{x}}</title>", ReadPartial)
            .Render(model.RootElement, output, _ => DisplayText.Escape(text));

        var page = new HtmlParser().ParseDocument(output.ToString());

        var paragraph = Assert.Single(page.QuerySelectorAll("p"));
        Assert.Equal(DisplayText.Escape(text), paragraph.TextContent);
        Assert.Equal(DisplayText.Escape(text), paragraph.GetAttribute("title"));
        Assert.Equal(DisplayText.Escape(text), page.QuerySelector("title")!.TextContent);
        Assert.Equal(5, page.All.Length);
    }

    private static string ReadPartial(string name) => Partials[name];

    private static string Render(string template, Func<string, string>? display = null)
    {
        using var model = JsonDocument.Parse("""
            {
              "text": "T", "empty": "", "markup": "<b title=\"x\">'&amp;", "tags": "{{text}} {{#list}}",
              "number": 7, "zero": 0, "small": 0.000001, "big": 12345678901234567890.5,
              "yes": true, "no": false, "nothing": null,
              "list": [1, 2], "none": [], "objects": [{ "name": "a" }, { "name": "b" }],
              "object": { "name": "o", "inner": { "name": "i" } }
            }
            """);
        using var output = new StringWriter();
        HtmlTemplate.Parse(template, ReadPartial).Render(model.RootElement, output, display ?? (static text => text));
        return output.ToString();
    }
}
