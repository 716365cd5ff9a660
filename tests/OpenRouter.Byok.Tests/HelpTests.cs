using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;
using OpenRouter.Byok.Tests.Examples;
using OpenRouter.Sandbox;
using Xunit;

namespace OpenRouter.Byok.Tests;

/// <summary>What <c>Get-Help</c> of the real engine says about the staged module.</summary>
public sealed partial class HelpTests : IClassFixture<HelpTests.HelpShell>
{
    private readonly HelpShell shell;
    private readonly IReadOnlyList<CmdletInfo> cmdlets;

    public HelpTests(HelpShell shell) => (this.shell, cmdlets) = (shell, shell.Cmdlets);

    [Fact]
    public void Every_cmdlet_has_a_synopsis_and_a_description() => Assert.Empty(
        from cmdlet in Known()
        let help = Help(cmdlet.Name)
        let synopsis = Text(help, "Synopsis")
        where synopsis.Length == 0 || synopsis.Contains("[<CommonParameters>]", StringComparison.Ordinal)
            || Blocks(help, "description").All(static text => text.Length == 0)
        select cmdlet.Name);

    [Fact]
    public void Every_cmdlet_shows_as_many_syntaxes_as_it_has_parameter_sets() => Assert.Empty(
        from cmdlet in Known()
        let items = Items(Property(Property(Help(cmdlet.Name), "syntax"), "syntaxItem")).Count()
        where items != cmdlet.ParameterSets.Count
        select $"{cmdlet.Name}: {items} syntaxes, {cmdlet.ParameterSets.Count} parameter sets");

    [Fact]
    public void Every_parameter_has_a_description() => Assert.Empty(
        from cmdlet in Known()
        let described = Items(Property(Property(Help(cmdlet.Name), "parameters"), "parameter"))
            .Where(static parameter => Blocks(parameter, "description").Any(static text => text.Length > 0))
            .Select(static parameter => Text(parameter, "name"))
            .ToHashSet(StringComparer.Ordinal)
        from parameter in cmdlet.Parameters.Keys.Except(Cmdlet.CommonParameters, StringComparer.Ordinal)
        where !described.Contains(parameter)
        select $"{cmdlet.Name} -{parameter}");

    [Fact]
    public void Every_cmdlet_has_examples_that_parse_and_say_what_they_show() => Assert.Empty(
        from cmdlet in Known()
        let examples = Examples(cmdlet.Name)
        where examples.Count == 0
            || examples.Any(static example => Text(example, "code").Length == 0
                || Blocks(example, "remarks").All(static text => text.Length == 0)
                || ParseErrors(Text(example, "code")).Length > 0)
        select cmdlet.Name);

    [Fact]
    public void Examples_name_only_parameters_that_exist() => Assert.Empty(
        from cmdlet in Known()
        from example in Examples(cmdlet.Name)
        from fault in Faults(Text(example, "code"))
        select $"{cmdlet.Name}: {fault}");

    [Fact]
    public void Examples_can_be_copied_from_a_window_of_80_columns() => Assert.Empty(
        from cmdlet in Known()
        from example in Examples(cmdlet.Name)
        from line in Lines(Text(example, "title") + "\n" + Text(example, "code"))
        where line.Length > 75
        select $"{cmdlet.Name}: {line}");

    [Fact]
    public void The_readme_and_the_docs_show_commands_that_parse_and_parameters_that_exist()
    {
        var blocks = DocumentedCode.Pages.Concat(DocumentedCode.Transcripts)
            .Select(static example => example.Code)
            .ToList();

        Assert.NotEmpty(blocks);
        Assert.DoesNotContain(blocks, static block => ParseErrors(block).Length > 0);
        Assert.Empty(blocks.SelectMany(Faults));
    }

    [Fact]
    public void The_about_topic_is_found_and_fits_80_columns()
    {
        var topic = shell.Run("Get-Help about_OpenRouterByok").Single().ToString();

        Assert.StartsWith("TOPIC", topic, StringComparison.Ordinal);
        Assert.DoesNotContain(Lines(topic), static line => line.Length > 80);
    }

    [Fact]
    public void The_about_topic_names_only_cmdlets_that_exist()
    {
        var topic = shell.Run("Get-Help about_OpenRouterByok").Single().ToString();

        Assert.Empty(CmdletNames().Matches(topic).Select(static match => match.Value)
            .Except(cmdlets.Select(static cmdlet => cmdlet.Name), StringComparer.Ordinal));
    }

    [Fact]
    public void The_about_topic_shows_commands_that_parse_and_parameters_that_exist()
    {
        Assert.NotEmpty(DocumentedCode.Topic);
        Assert.DoesNotContain(DocumentedCode.Topic, static example => ParseErrors(example.Code).Length > 0);
        Assert.Empty(DocumentedCode.Topic.SelectMany(example => Faults(example.Code)));
    }

    private IReadOnlyList<CmdletInfo> Known()
    {
        Assert.NotEmpty(cmdlets);
        return cmdlets;
    }

    /// <summary>Cmdlets and parameters of the module that a piece of code names and that do not exist.</summary>
    private IEnumerable<string> Faults(string code) =>
        Parser.ParseInput(code, out _, out _)
            .FindAll(static ast => ast is CommandAst, searchNestedScriptBlocks: true)
            .Cast<CommandAst>()
            .Where(static command =>
                command.GetCommandName()?.Contains("-OpenRouter", StringComparison.OrdinalIgnoreCase) == true)
            .SelectMany(Faults);

    private IEnumerable<string> Faults(CommandAst command)
    {
        var cmdlet = cmdlets.FirstOrDefault(cmdlet => cmdlet.Name == command.GetCommandName());
        if (cmdlet is null)
        {
            return [command.GetCommandName() + " does not exist"];
        }

        return command.CommandElements.OfType<CommandParameterAst>()
            .Where(parameter => !cmdlet.Parameters.ContainsKey(parameter.ParameterName))
            .Select(parameter => $"{cmdlet.Name} has no -{parameter.ParameterName}");
    }

    private static ParseError[] ParseErrors(string code)
    {
        Parser.ParseInput(code, out _, out var errors);
        return errors;
    }

    private List<PSObject> Examples(string cmdlet) =>
        [.. Items(Property(Property(Help(cmdlet), "examples"), "example"))];

    private PSObject Help(string cmdlet) => shell.Help(cmdlet);

    private static object? Property(object? of, string name) =>
        of is null ? null : PSObject.AsPSObject(of).Properties[name]?.Value;

    private static string Text(object of, string name) => Property(of, name)?.ToString()?.Trim() ?? "";

    private static IEnumerable<PSObject> Items(object? value) =>
        value is null
            ? []
            : LanguagePrimitives.GetEnumerable(value)?.Cast<object>().Select(PSObject.AsPSObject)
                ?? [PSObject.AsPSObject(value)];

    private static IEnumerable<string> Blocks(object of, string name) =>
        Items(Property(of, name)).Select(static block => Text(block, "Text"));

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    [GeneratedRegex("[A-Z][a-z]+-OpenRouter[A-Za-z]*")]
    private static partial Regex CmdletNames();

    /// <summary>A runspace with the module, and the help of each cmdlet, which takes a while to be made.</summary>
    public sealed class HelpShell : IDisposable
    {
        private readonly Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        private readonly Dictionary<string, PSObject> help = [];

        public HelpShell()
        {
            runspace.Open();
            Run("Import-Module -Name $args[0] -ErrorAction Stop", StagedModule.Manifest);
            Cmdlets =
            [
                .. Run("Get-Command -Module OpenRouter.Byok -CommandType Cmdlet")
                    .Select(static command => (CmdletInfo)command.BaseObject),
            ];
        }

        public IReadOnlyList<CmdletInfo> Cmdlets { get; }

        public PSObject Help(string cmdlet)
        {
            if (!help.TryGetValue(cmdlet, out var found))
            {
                help.Add(cmdlet, found = Run("Get-Help -Name $args[0] -Full", cmdlet).Single());
            }

            return found;
        }

        public IReadOnlyList<PSObject> Run(string script, params object[] arguments)
        {
            using var powerShell = PowerShell.Create(runspace);
            powerShell.AddScript(script);
            foreach (var argument in arguments)
            {
                powerShell.AddArgument(argument);
            }

            var output = powerShell.Invoke().ToList();
            Assert.Empty(powerShell.Streams.Error);
            return output;
        }

        public void Dispose() => runspace.Dispose();
    }
}
