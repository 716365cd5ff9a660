using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using OpenRouter.Byok.Configuration;

namespace OpenRouter.Byok.Views;

/// <summary>The lines that a change of a plan is shown as.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ChangeView
{
    private const string Indentation = "    ";

    /// <summary>
    /// The lines after the first one: the differences and, after the last change of a plan, what is to be known of the
    /// whole plan.
    /// </summary>
    public static string[] Lines(ByokConfigurationChange change) => [.. Details(change), .. Footer(change)];

    /// <summary>A value of a difference.</summary>
    public static string Value(object? value) => ViewText.Escape(PlanText.Show(value))!;

    /// <summary>The credential, with the sign of its action.</summary>
    public static string Heading(ByokConfigurationChange change)
    {
        var sign = PlanText.Sign(change);
        var text = $"{sign} {PlanText.Heading(change)}";
        return sign switch
        {
            "+" => ViewColor.Green(text),
            "~" => ViewColor.Yellow(text),
            "-" or "!" => ViewColor.Red(text),
            "?" => ViewColor.Cyan(text),
            _ => ViewColor.Gray(text),
        };
    }

    private static IEnumerable<string> Details(ByokConfigurationChange change) =>
        change.Status == ByokConfigurationStatus.Planned && change.Action != ByokConfigurationAction.Blocked
            ? PlanText.Details(change).Select(line => Indentation + line)
            : [];

    private static IEnumerable<string> Footer(ByokConfigurationChange change) =>
        change is { Status: ByokConfigurationStatus.Planned, Plan: { } plan } && plan.IsLast(change)
            ? ["", .. PlanText.Footer(plan)]
            : [];
}
