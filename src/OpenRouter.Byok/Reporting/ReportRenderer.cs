using System;
using System.IO;
using System.Text.Json;
using OpenRouter.Byok.Api.Secrets;

namespace OpenRouter.Byok.Reporting;

/// <summary>Writes a page as HTML, by the files of the folder Assets.</summary>
internal static class ReportRenderer
{
    /// <param name="page">The page.</param>
    /// <param name="display">Turns each text of the page into what is shown of it.</param>
    public static string Render(ReportPage page, Func<string, string> display)
    {
        var template = HtmlTemplate.Parse(Read("report.html"), Read);
        var complete = page with
        {
            StyleHash = HashText.Base64Of(Read("report.css")),
            ScriptHash = HashText.Base64Of(Read("report.js")),
        };
        using var model = JsonSerializer.SerializeToDocument(complete, PageJson.Default.ReportPage);
        using var output = new StringWriter();
        template.Render(model.RootElement, output, display);
        return output.ToString();
    }

    private static string Read(string name)
    {
        using var stream = typeof(ReportRenderer).Assembly.GetManifestResourceStream(
            $"OpenRouter.Byok.Reporting.Assets.{name}")
            ?? throw new InvalidOperationException($"The module lacks the resource '{name}'.");
        using var reader = new StreamReader(stream);
        // Scripts and style sheets of a page are hashed as browsers read them.
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
