using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>A page of Export-OpenRouterByokReport as a browser reads it. Only this class knows its markup.</summary>
internal sealed class ReportDocument
{
    public ReportDocument(string text)
    {
        Text = text;
        Html = new HtmlParser().ParseDocument(text);
    }

    /// <summary>The file.</summary>
    public string Text { get; }

    public IHtmlDocument Html { get; }

    public string Title => Html.QuerySelector("h1")!.TextContent;

    public IEnumerable<string> Headings => Html.QuerySelectorAll("h2").Select(static heading => heading.TextContent);

    /// <summary>What could not be looked up.</summary>
    public IReadOnlyList<string> Gaps => Texts(Html.QuerySelectorAll("section[aria-labelledby=gaps] li"));

    public IReadOnlyList<ReportFindings> Findings =>
        [.. Section("findings").QuerySelectorAll("section").Select(static rule => new ReportFindings(rule))];

    public IReadOnlyList<ReportRoute> Routes =>
        [.. Section("routes").QuerySelectorAll("section").Select(static route => new ReportRoute(route))];

    public IReadOnlyList<ReportRow> Credentials => Rows("credential-table");

    /// <summary>The bars of each day.</summary>
    public IReadOnlyList<ReportBars> DayBars =>
    [
        .. Section("spend").QuerySelectorAll("figure svg g").Select(static day =>
            new ReportBars(day.QuerySelector("title")!.TextContent, day)),
    ];

    /// <summary>The amount of the highest line of the chart of days.</summary>
    public decimal ChartTop => ReportRow.Number(Html.QuerySelector("figure .scale span")!.TextContent);

    /// <summary>The sentence that says which days and which workspaces the spend is of.</summary>
    public string SpendNote => Section("spend").QuerySelector("p")!.TextContent;

    public IElement Section(string id) => Html.QuerySelector($"section[aria-labelledby={id}]")!;

    /// <summary>A number of the summary, such as credential-count.</summary>
    public string Tile(string id) => Html.GetElementById(id)!.TextContent;

    /// <summary>The amount of a tile with all its digits.</summary>
    public decimal TileValue(string id) => ReportRow.Amount(Html.GetElementById(id)!);

    /// <summary>What the head of the page says of the account; null where it says nothing.</summary>
    public string? Fact(string name) => Html.QuerySelectorAll("header dt")
        .SingleOrDefault(term => term.TextContent == name)
        ?.NextElementSibling!.TextContent;

    /// <summary>The rows of a table: days, providers, models, or credential-table. None without the table.</summary>
    public IReadOnlyList<ReportRow> Rows(string id)
    {
        if (Html.GetElementById(id) is not IHtmlTableElement table)
        {
            return [];
        }

        var headers = table.Head!.Rows.Single().Cells.Select(static cell => cell.TextContent).ToList();
        return [.. table.Bodies.Single().Rows.Select(row => new ReportRow(headers, row))];
    }

    /// <summary>The elements and the names of their attributes, without any text and values.</summary>
    public string Shape() => Shape(Html.DocumentElement, "");

    private static string Shape(IElement element, string indent)
    {
        var attributes = string.Join(' ', element.Attributes.Select(static attribute => attribute.Name));
        return $"{indent}{element.LocalName} {attributes}\n"
            + string.Concat(element.Children.Select(child => Shape(child, indent + " ")));
    }

    private static List<string> Texts(IEnumerable<IElement> elements) =>
        [.. elements.Select(static element => element.TextContent)];
}

/// <summary>A row of a table, by the texts of its headers.</summary>
internal sealed class ReportRow(IReadOnlyList<string> headers, IHtmlTableRowElement row)
{
    public string this[string header] => Cell(header).TextContent;

    public IReadOnlyList<string> Headers => headers;

    /// <summary>The paragraphs of a cell.</summary>
    public IEnumerable<string> Lines(string header) =>
        Cell(header).QuerySelectorAll("p").Select(static line => line.TextContent);

    /// <summary>The amount of a cell with all its digits.</summary>
    public decimal Value(string header) => Amount(Cell(header));

    /// <summary>The lengths of the two bars in the row, from 0 to 100.</summary>
    public ReportBars Bars => new("", row.QuerySelector("svg")!);

    public static decimal Amount(IElement element) => Number(element.QuerySelector("data")!.GetAttribute("value")!);

    public static decimal Number(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    private IHtmlTableCellElement Cell(string header) =>
        row.Cells[headers.ToList() is var all && all.Contains(header)
            ? all.IndexOf(header)
            : throw new ArgumentException($"No column is {header}.", nameof(header))];
}

/// <summary>A bar of the own spend and one of the credits.</summary>
internal sealed class ReportBars(string title, IElement parent)
{
    /// <summary>What a browser shows of them in a tooltip.</summary>
    public string Title => title;

    public decimal Own(string attribute) => Of("rect.own", attribute);

    public decimal Credits(string attribute) => Of("rect.credits", attribute);

    private decimal Of(string bar, string attribute) =>
        ReportRow.Number(parent.QuerySelector(bar)!.GetAttribute(attribute)!);
}

/// <summary>The findings of a rule.</summary>
internal sealed class ReportFindings(IElement section)
{
    public string Rule => section.QuerySelector("h3 a")!.TextContent;

    public string Severity => section.QuerySelector("h3 span")!.TextContent;

    public bool IsOpen => section.QuerySelector("details")!.HasAttribute("open");

    /// <summary>How many there are, listed or not.</summary>
    public string Summary => section.QuerySelector("summary")!.TextContent;

    public IReadOnlyList<ReportFinding> Items =>
        [.. section.QuerySelectorAll("li").Select(static item => new ReportFinding(item))];
}

/// <summary>One finding.</summary>
internal sealed class ReportFinding(IElement item)
{
    public string Credential => item.QuerySelector("strong")!.TextContent;

    public string Provider => Origin[0];

    public string Workspace => Origin[1];

    public string Message => item.QuerySelectorAll("p")[1].TextContent;

    public string? Remedy => item.QuerySelector("code")?.TextContent;

    private List<string> Origin =>
        [.. item.QuerySelectorAll("p:first-child > span bdi").Select(static part => part.TextContent)];
}

/// <summary>What requests of a workspace to a provider try.</summary>
internal sealed class ReportRoute(IElement section)
{
    public string Provider => section.QuerySelectorAll("h3 bdi")[0].TextContent;

    public string Workspace => section.QuerySelectorAll("h3 bdi")[1].TextContent;

    public IReadOnlyList<ReportStep> Steps =>
    [
        .. section.QuerySelectorAll("li").Select(static step => new ReportStep(
            step.QuerySelector("strong")?.TextContent,
            step.QuerySelector(":scope > span")!.TextContent,
            step.ClassName!)),
    ];
}

/// <param name="Name">The credential, or shared capacity; null where some are left out.</param>
/// <param name="Note">Its reason, and what restricts it.</param>
/// <param name="Kind">How it is drawn.</param>
internal sealed record ReportStep(string? Name, string Note, string Kind);
