using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using OpenRouter.Sandbox;
using Xunit;

namespace OpenRouter.Byok.Tests.Conventions;

/// <summary>What the workflows run that is not in the repository, those among the examples included.</summary>
public sealed partial class WorkflowTests
{
    private static readonly IReadOnlyList<string> Files =
    [
        .. Directory.EnumerateFiles(Path.Combine(StagedModule.Root, ".github", "workflows")),
        .. Directory.EnumerateFiles(Path.Combine(StagedModule.Root, "examples"), "*.yml"),
    ];

    [Fact]
    public void Actions_are_pinned_by_commit_and_name_their_version()
    {
        var uses =
            from file in Files
            from line in File.ReadLines(file)
            where line.Contains("uses:", StringComparison.Ordinal)
                && !line.Contains("uses: ./.github/", StringComparison.Ordinal)
            select $"{Path.GetFileName(file)}: {line.Trim()}";

        Assert.NotEmpty(uses);
        Assert.All(uses, static line => Assert.Matches(Pinned(), line));
    }

    [Fact]
    public void An_action_has_the_same_commit_everywhere()
    {
        var commits =
            from file in Files
            from Match match in Pinned().Matches(File.ReadAllText(file))
            group match.Groups["commit"].Value by match.Groups["action"].Value;

        Assert.All(commits, static action => Assert.Single(action.Distinct()));
    }

    [Fact]
    public void The_workflow_among_the_examples_is_looked_at() =>
        Assert.Contains(Files, static file => Path.GetFileName(file) == "github-workflow-configuration.yml");

    [GeneratedRegex(
        @"uses: (?<action>[\w-]+/[\w/-]+)@(?<commit>[0-9a-f]{40} # v\d+\.\d+\.\d+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Pinned();
}
