using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using FsCheck;
using FsCheck.Fluent;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Completion;
using OpenRouter.Byok.Errors;
using Xunit;

namespace OpenRouter.Byok.Tests.Completion;

/// <summary>Whatever somebody called a thing, its completion is one argument that means just that.</summary>
public sealed class QuotingTests
{
    private const string Plain = "New-OpenRouterByokKey";

    private const string WithWildcards = "Get-OpenRouterByokKey";

    [Theory]
    [InlineData("Pilot", "Pilot")]
    [InlineData("openai/gpt-4o:free", "openai/gpt-4o:free")]
    [InlineData("_x.y-z", "_x.y-z")]
    [InlineData("4dfbf2f2-0000-4000-8000-000000000001", "4dfbf2f2-0000-4000-8000-000000000001")]
    [InlineData("Team account", "'Team account'")]
    [InlineData("-WhatIf", "'-WhatIf'")]
    [InlineData("–WhatIf", "'–WhatIf'")]
    [InlineData("@args", "'@args'")]
    [InlineData("12", "'12'")]
    [InlineData("1.5e3", "'1.5e3'")]
    [InlineData("0x1F", "'0x1F'")]
    [InlineData("1kb", "'1kb'")]
    [InlineData(".5", "'.5'")]
    [InlineData("..", "'..'")]
    [InlineData("a=b", "'a=b'")]
    [InlineData("a!b", "'a!b'")]
    [InlineData("été", "'été'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("it’s ‘so’", "'it’’s ‘‘so’’'")]
    [InlineData("“so”; calc", "'“so”; calc'")]
    public void Everything_is_quoted_that_is_not_harmless(string name, string completed) =>
        Assert.Equal(completed, Offered(Plain, "Provider", name)!.CompletionText);

    [Fact]
    public void PowerShell_reads_a_completion_as_one_constant_text() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(5000),
        Prop.ForAll(ArbitraryText.Printable, static name => Read(Offered(Plain, "Provider", name)) == name));

    [Fact]
    public void Where_wildcards_are_taken_the_completion_means_the_one_name() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(5000),
        Prop.ForAll(ArbitraryText.Printable, ArbitraryText.Printable, static (name, other) =>
        {
            var completed = Read(Offered(WithWildcards, "Name", name));
            var patterns = TextPatterns.Of([completed!])!;
            return new WildcardPattern(completed, WildcardOptions.None).IsMatch(name)
                && patterns.Match(name)
                && (IsSame(other, name) || IsSame(other, completed) || !patterns.Match(other));
        }));

    [Theory]
    [InlineData("a*", "ab")]
    [InlineData("a?", "ab")]
    [InlineData("[ab]", "a")]
    [InlineData("a`b", "ab")]
    [InlineData("a`*", "a*")]
    public void A_name_with_wildcards_is_not_taken_for_others(string name, string other)
    {
        var pattern = new WildcardPattern(Read(Offered(WithWildcards, "Name", name)));

        Assert.True(pattern.IsMatch(name));
        Assert.False(pattern.IsMatch(other));
    }

    [Fact]
    public void What_cannot_be_shown_as_it_is_is_not_offered() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(ArbitraryText.Any, static name =>
            name.Length > 0 && DisplayText.IsPlain(name) == Offered(Plain, "Provider", name) is not null
            || (name.Length == 0 && Offered(Plain, "Provider", name) is null)));

    [Theory]
    [InlineData("Get-OpenRouterByokKey", "Name", true)]
    [InlineData("get-openrouterbyokkey", "provider", true)]
    [InlineData("Get-OpenRouterModel", "Id", true)]
    [InlineData("Get-OpenRouterByokKey", "Workspace", false)]
    [InlineData("New-OpenRouterByokKey", "Provider", false)]
    [InlineData("Get-Something", "Name", false)]
    public void Wildcards_are_escaped_where_the_parameter_takes_them(
        string command, string parameter, bool isEscaped) =>
        Assert.Equal(isEscaped ? "'a`*b'" : "'a*b'", Offered(command, parameter, "a*b")!.CompletionText);

    [Theory]
    [InlineData("'it''s")]
    [InlineData("'it''s'")]
    [InlineData("\"it's")]
    [InlineData("\"it's\"")]
    [InlineData("‘it''s’")]
    [InlineData("it")]
    [InlineData("")]
    public void What_was_typed_with_quotes_is_found(string typed) => Assert.Single(
        CompletionResults.Create(
            new WordToComplete(Plain, "Provider", typed), [new("it's so", "x"), new("other", "x")]),
        static match => match.ListItemText == "it's so");

    [Fact]
    public void What_was_completed_is_found_again() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(ArbitraryText.Printable, static name =>
        {
            var completed = Offered(WithWildcards, "Name", name)!.CompletionText;
            var word = new WordToComplete(WithWildcards, "Name", completed);
            return CompletionResults.Create(word, [new(name, "x")]).Any();
        }));

    private static CompletionResult? Offered(string command, string parameter, string name) =>
        CompletionResults.Create(new WordToComplete(command, parameter, ""), [new(name, "tip")]).SingleOrDefault();

    private static bool IsSame(string text, string? other) => text.Equals(other, StringComparison.OrdinalIgnoreCase);

    // Null when it is anything but one constant text.
    private static string? Read(CompletionResult? offered)
    {
        var line = Parser.ParseInput($"Get-It -Name {offered?.CompletionText} -Next", out _, out var errors);
        return errors.Length == 0
            && line.EndBlock.Statements is [PipelineAst { PipelineElements: [CommandAst command] }]
            && command.CommandElements is
                [_, CommandParameterAst, StringConstantExpressionAst argument, CommandParameterAst]
                ? argument.Value
                : null;
    }
}
