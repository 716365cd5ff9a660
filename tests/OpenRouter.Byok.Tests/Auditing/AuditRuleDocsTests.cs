using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using OpenRouter.Byok.Auditing;
using OpenRouter.Sandbox;
using Xunit;

namespace OpenRouter.Byok.Tests.Auditing;

/// <summary>What is written about the rules is what they are.</summary>
public sealed partial class AuditRuleDocsTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(StagedModule.Root, "docs", "audit-rules.md"))
        .ReplaceLineEndings("\n");

    [Fact]
    public void The_page_has_each_rule_in_order_with_its_severity()
    {
        var sections = Sections().Matches(Page);

        Assert.Equal(
            AuditRules.All.Select(static rule => (rule.Id.ToString(), rule.Severity.ToString())),
            sections.Select(static section => (section.Groups["rule"].Value, section.Groups["severity"].Value)));
    }

    [Fact]
    public void The_page_says_why_and_what_mends_it() =>
        Assert.All(Page.Split("\n## ")[1..], static section =>
        {
            Assert.Contains("\nWhy: ", section, StringComparison.Ordinal);
            Assert.Contains("\nRemedy: ", section, StringComparison.Ordinal);
        });

    [Fact]
    public void Help_names_each_rule_with_its_severity()
    {
        using var shell = new ModuleRunspace();

        // Lines are broken where the window ends.
        var help = Spaces().Replace(shell.Show("Get-Help Invoke-OpenRouterByokAudit -Full"), " ");

        Assert.All(AuditRules.All, rule => Assert.Matches($@"{rule.Id}(, \w+)* \({rule.Severity}\b", help));
    }

    [GeneratedRegex(@"^## (?<rule>\w+)\n\nSeverity: (?<severity>\w+)", RegexOptions.Multiline)]
    private static partial Regex Sections();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
