using System.Linq;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;
using Xunit;
using static OpenRouter.Byok.Tests.Configuration.Planning;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Entries that mean the same credential are errors, and the error names the places of both.</summary>
public sealed class PlannerDuplicateTests
{
    /// <summary>Each row is two entries: workspace|provider|name|id|previousName.</summary>
    [Theory]
    [InlineData("p|openai|A||", "p|openai|A||", true)]
    [InlineData("p|openai|A||", "P|OpenAI|A||", true)]
    [InlineData("|openai|A||", "|openai|A||", true)]
    [InlineData("p|openai|||", "p|openai|||", true)]
    [InlineData("p|openai|A|k1|", "p|openai|A||", true)]
    [InlineData("p|openai|A|k1|", "p|openai|B|k1|", true)]
    [InlineData("p|openai|A|k1|", "s|azure|B|K1|", true)]
    [InlineData("p|openai|A||Old", "p|openai|B||Old", true)]
    [InlineData("p|openai|A||", "p|openai|B||A", true)]
    [InlineData("p|openai|A||B", "p|openai|B||A", true)]
    [InlineData("p|openai|A|k1|", "p|openai|B||A", true)]
    [InlineData("p|openai|A||", "p|openai|a||", false)]
    [InlineData("p|openai|A||", "p|azure|A||", false)]
    [InlineData("p|openai|A||", "s|openai|A||", false)]
    [InlineData("p|openai|A||", "|openai|A||", false)]
    [InlineData("p|openai|A||", "p|openai|||", false)]
    [InlineData("p|openai|A|k1|", "p|openai|A|k2|", false)]
    [InlineData("p|openai||k1|", "p|openai||k2|", false)]
    [InlineData("p|openai||k1|", "p|openai|||", false)]
    [InlineData("p|openai|A||Old", "s|openai|B||Old", false)]
    [InlineData("p|openai|A||Old", "p|azure|Old||", false)]
    public void Two_entries_that_mean_one_credential_are_refused(string first, string second, bool isRefused)
    {
        ResolvedEntry[][] orders = [[Parse(first), Parse(second)], [Parse(second), Parse(first)]];

        Assert.All(orders, entries =>
        {
            if (!isRefused)
            {
                Assert.Equal(2, Plan([], entries).All.Count);
                return;
            }

            var error = Assert.Throws<OpenRouterException>(() => ConfigurationPlanner.Plan(Located(entries)));
            Assert.Equal(ErrorReason.InvalidConfiguration, error.Reason);
            Assert.Contains("file:1:1", error.Message, System.StringComparison.Ordinal);
            Assert.Contains("file:2:1", error.Message, System.StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_one_of_them_is_reported()
    {
        var error = Assert.Throws<OpenRouterException>(static () => ConfigurationPlanner.Plan(Located(
        [
            Parse("p|openai|A||"), Parse("p|openai|A||"), Parse("p|azure|B||"), Parse("p|openai|A||"),
            Parse("p|azure|B||"),
        ])));

        Assert.Equal(["file:2:1", "file:4:1", "file:5:1"], error.Message.Split('\n').Select(static line => line[..8]));
    }

    private static PlanInput Located(ResolvedEntry[] entries)
    {
        var source = new ConfigurationSource("file", static offset => (offset + 1, 1));
        var input = InputOf([], entries);
        return input with
        {
            Entries =
            [
                .. input.Entries.Select((one, index) => one with
                {
                    Entry = one.Entry with { Position = new SourcePosition(source, index) },
                }),
            ],
        };
    }

    private static ResolvedEntry Parse(string text)
    {
        var parts = text.Split('|').Select(static part => part.Length == 0 ? null : part).ToArray();
        return Entry(
            parts[2] is { } name ? name : default(Optional<string?>), parts[1]!, parts[0], parts[3], parts[4]);
    }
}
