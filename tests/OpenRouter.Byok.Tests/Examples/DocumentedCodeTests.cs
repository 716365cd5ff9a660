using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using OpenRouter.Byok.Tests.KeyFormats;
using OpenRouter.Sandbox;
using Xunit;

namespace OpenRouter.Byok.Tests.Examples;

/// <summary>A runspace with more of the commands that examples use.</summary>
public sealed class ExampleShell : SandboxShell
{
    private protected override ModuleRunspace NewShell() => ModuleRunspace.WithStubCmdlets();
}

/// <summary>
/// The examples that people copy, run against the sandbox: as they stand, and with look-ups that find nothing.
/// </summary>
public sealed partial class DocumentedCodeTests : IClassFixture<ExampleShell>
{
    private const int Prompts = 50;

    // The slips that the README and the tour show.
    private static readonly string[] FindingNothingOnPurpose = ["'antropic/*'", "'opnai/*'"];

    // Stands in for people, vaults and files.
    private const string Given = """
        function Get-Secret { $secret }
        function Read-Host { $secret }
        function Get-Content { }
        function ConvertFrom-Json {
            [pscustomobject]@{ provider = 'openai'; name = 'Json'; is_fallback = $true; allowed_models = @('a/b') }
        }
        function Import-Csv {
            $row = @{ Provider = 'openai'; Name = 'Csv'; AllowedModels = 'a/b;c/d'; SecretName = 'byok-openai' }
            $row += @{ ModelSlug = 'openai/gpt-4o'; ModelId = 'gpt-4o'; EndpointUrl = $endpoint }
            [pscustomobject]($row + @{ Secret = 'sk-0123456789abcdef'; Key = 'sk-0123456789abcdef' })
        }
        $null = $ExecutionContext.SessionState.Path.SetLocation($files)
        """;

    private static readonly string Files = CreateFiles();

    private readonly ExampleShell sandbox;

    public DocumentedCodeTests(ExampleShell sandbox)
    {
        this.sandbox = sandbox;
        Reset();
    }

    [Fact]
    public void The_examples_of_a_page_work_one_after_the_other()
    {
        var examples = DocumentedCode.Pages.Where(IsToBeRun).ToList();

        Assert.True(examples.Count > 5, "There should be more of them.");
        Assert.Empty(examples.GroupBy(static example => example.Source).SelectMany(page =>
        {
            Reset();
            return page.SelectMany(ErrorsOf).ToList();
        }));
    }

    [Fact]
    public void The_examples_of_help_work()
    {
        var examples = DocumentedCode.Help.Where(IsToBeRun).ToList();

        Assert.True(examples.Count > 15, "There should be more of them.");
        Assert.Empty(examples.SelectMany(example =>
        {
            Reset();
            return ErrorsOf(example);
        }));
    }

    [Fact]
    public void Nothing_is_changed_where_a_look_up_inside_an_example_finds_nothing()
    {
        var found = WithLookups().ToList();

        // The examples of this that the README and help are known to have.
        Assert.Contains(found, static one => one.Code.Contains("(Get-OpenRouterApiKey s* ", StringComparison.Ordinal));
        Assert.Contains(found, static one => one.Code.Contains("-AllowedModel $models", StringComparison.Ordinal));
        Assert.Empty(found.SelectMany(one =>
        {
            Reset();
            var run = Run(one.FindingNothing);
            return Changes()
                .Concat(run.Errors.Select(static error => error.FullyQualifiedErrorId).Where(IsOther))
                .Concat(run.Errors.Count == 0 ? ["no error"] : [])
                .Select(fault => $"{one.Code}: {fault}");
        }));
    }

    [Fact]
    public void A_change_would_be_noticed_where_a_look_up_finds_something()
    {
        var found = WithLookups()
            .Where(static one => !one.Code.Contains("-WhatIf", StringComparison.Ordinal)
                && !FindingNothingOnPurpose.Any(one.Code.Contains))
            .ToList();

        Assert.NotEmpty(found);
        Assert.All(found, one =>
        {
            Reset();
            Run("New-OpenRouterByokKey openai $secret -Name 'Production EU'");
            sandbox.Server.ClearRequests();
            Run(one.Code);
            Assert.True(Changes().Any(), one.Code);
        });
    }

    [Theory]
    [InlineData("disable-on-failure.ps1", "Get-OpenRouterByokKey", "0 credentials processed, 0 passed, 0 disabled, ")]
    [InlineData("rotate-from-secretmanagement.ps1", "Get-OpenRouterByokKey", "0 rotated, ")]
    [InlineData("rotate-from-secretmanagement.ps1", "Get-Secret", "0 rotated, ")]
    public void A_runbook_changes_nothing_when_what_it_looks_up_finds_nothing(
        string runbook, string command, string summary)
    {
        var script = $"& '{Path.Combine(StagedModule.Root, "examples", runbook)}'";

        var run = Run($"function {command} {{ }}\n{script}");

        Assert.Empty(run.Errors);
        Assert.StartsWith(summary, run.Output[^1].ToString(), StringComparison.Ordinal);
        Assert.Empty(Changes());
        // Where it finds something, a change comes, and is noticed.
        Run(script);
        Assert.NotEmpty(Changes());
    }

    [Fact]
    public void No_example_clears_by_giving_nothing() =>
        Assert.Empty(
            from example in DocumentedCode.All
            from command in CodeReader.GivenNothing(example.Code)
            select $"{example.Source}: {command}");

    [Theory]
    [InlineData("Set-OpenRouterByokKey Main -AllowedModel $null")]
    [InlineData("$k | Set-OpenRouterByokKey -PassThru -DeclaredRegion:$null")]
    [InlineData("if ($x) { New-OpenRouterByokKey openai -AllowedUser @() }")]
    public void Clearing_by_giving_nothing_would_be_noticed(string code) =>
        Assert.Single(CodeReader.GivenNothing(code));

    [Fact]
    public void All_places_of_examples_were_looked_at()
    {
        Assert.All(
            [
                DocumentedCode.Pages, DocumentedCode.Transcripts, DocumentedCode.Help, DocumentedCode.Topic,
                DocumentedCode.Runbooks,
            ],
            static examples => Assert.Contains(
                examples,
                static example => example.Code.Contains("Set-OpenRouterByokKey", StringComparison.Ordinal)));
    }

    private static bool IsToBeRun(Example example) =>
        CodeReader.Changes(example.Code) && !IsAboutSessions(example.Code);

    // These would leave the sandbox, or need the module where every runspace finds it.
    private static bool IsAboutSessions(string code) => CodeReader.Runs(code, "Connect-OpenRouter");

    private static IEnumerable<CodeWithLookups> WithLookups() =>
        from example in DocumentedCode.All
        where !IsAboutSessions(example.Code)
        from code in CodeReader.WithLookups(example.Code)
        select code;

    // An example must end because of what is empty, and not because something in it is wrong.
    private static bool IsOther(string errorId) =>
        !errorId.StartsWith("OpenRouterByok.InvalidArgument,", StringComparison.Ordinal)
        && !errorId.StartsWith("ParameterArgumentValidationError,", StringComparison.Ordinal);

    private IEnumerable<string> ErrorsOf(Example example) =>
        Run(example.Code).Errors.Select(error => $"{example.Source}: {example.Code}: {error}");

    private IEnumerable<string> Changes() =>
        sandbox.Server.Requests.Where(static request => request.Method != "GET")
            .Select(static request => $"{request.Method} {request.PathAndQuery}");

    // Variables of the environment belong to the whole process. A test needs the key that serves requests; as a
    // provider's key the sandbox takes anything.
    private RunResult Run(string code) => sandbox.Shell.Run(
        $"& {{\n{Given}\n{EnvironmentVariables().Replace(code, $"'{sandbox.Server.InferenceKey}'")}\n}}",
        new
        {
            secret = Secret.Of(sandbox.Server.InferenceKey),
            key = Secret.Of(sandbox.Server.InferenceKey),
            apiKey = Secret.Of(sandbox.Server.InferenceKey),
            inference = Secret.Of(sandbox.Server.InferenceKey),
            files = Files,
            endpoint = "https://contoso.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21",
            ids = sandbox.Server.Store.Credentials.Select(static one => one.Id.ToString()).ToArray(),
        });

    private static string CreateFiles()
    {
        var folder = ServiceAccountSample.Folder("examples");
        File.WriteAllText(
            Path.Combine(folder, "service-account.json"), ServiceAccountSample.Fields.ToJsonString());
        const string Configuration = "openrouter.json";
        File.Copy(
            Path.Combine(StagedModule.Root, "examples", "configuration", Configuration),
            Path.Combine(folder, Configuration),
            overwrite: true);
        return folder;
    }

    private void Reset()
    {
        sandbox.Reset();
        for (var prompt = 0; prompt < Prompts; prompt++)
        {
            sandbox.Shell.Host.Screen.Secrets.Enqueue(sandbox.Server.InferenceKey);
            sandbox.Shell.Host.Screen.Answers.Enqueue("Yes to All");
        }
    }

    [GeneratedRegex(@"\$env:(NEW_OPENAI_KEY|OPENROUTER_API_KEY)")]
    private static partial Regex EnvironmentVariables();
}
