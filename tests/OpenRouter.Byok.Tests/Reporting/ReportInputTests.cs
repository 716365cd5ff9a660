using System;
using System.IO;
using System.Linq;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>What cannot be done is an error before anything is sent.</summary>
public sealed class ReportInputTests(SandboxShell shared) : IClassFixture<SandboxShell>, IDisposable
{
    private readonly SandboxShell sandbox = shared.Reset();

    private readonly ReportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("report.txt", "must have the extension .html or .htm")]
    [InlineData("report", "must have the extension .html or .htm")]
    [InlineData("report.html.gz", "must have the extension .html or .htm")]
    [InlineData("missing/report.html", "The folder of")]
    [InlineData(".", "must have the extension .html or .htm")]
    [InlineData("folder.html", "")]
    [InlineData("there.html", "exists already")]
    public void A_path_that_cannot_be_written_is_refused(string path, string expected)
    {
        Directory.CreateDirectory(folder.PathOf("folder.html"));
        File.WriteAllText(folder.PathOf("there.html"), "mine");

        var error = sandbox.Shell.Run($"{ReportShell.Command} $path", new { path = folder.PathOf(path) }).OnlyError();

        Assert.StartsWith("OpenRouterByok.InvalidArgument,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(expected, error.Exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Empty(sandbox.Server.Requests);
        Assert.Equal(["folder.html", "there.html"], ReportShell.FilesIn(folder.Path).Order(StringComparer.Ordinal));
        Assert.Equal("mine", File.ReadAllText(folder.PathOf("there.html")));
    }

    [Fact]
    public void A_folder_is_refused_with_force_too()
    {
        Directory.CreateDirectory(folder.File);

        sandbox.Shell.Run($"{ReportShell.Command} $path -Force", new { path = folder.File }).OnlyError();

        Assert.Empty(sandbox.Server.Requests);
        Assert.Equal(["report.html"], ReportShell.FilesIn(folder.Path));
    }

    [Theory]
    [InlineData("-Path ''")]
    [InlineData("-Path ' '")]
    [InlineData("-Title ''")]
    [InlineData("-Title ' '")]
    [InlineData("-PassThru")]
    [InlineData("-Workspace Production -AllWorkspaces")]
    [InlineData("-Workspace ' '")]
    [InlineData("-Workspace a -WorkspaceId " + Samples.Id)]
    [InlineData("-WorkspaceId " + Samples.Id + " -AllWorkspaces")]
    [InlineData("-WorkspaceId production")]
    [InlineData("-Days 0")]
    [InlineData("-Days 31")]
    [InlineData("-MaxAgeDays 0")]
    [InlineData("-MaxAgeDays 36501")]
    [InlineData("-ExcludeRule Nonsense")]
    [InlineData("-Path Env:/report.html")]
    public void Arguments_that_make_no_sense_are_refused(string arguments)
    {
        var error = sandbox.Shell.Run($"{ReportShell.Command} {arguments}").OnlyError();

        Assert.NotEmpty(error.Exception.Message);
        Assert.Empty(sandbox.Server.Requests);
        Assert.Empty(ReportShell.FilesIn(folder.Path));
    }

    [Fact]
    public void Without_a_session_it_says_how_to_connect()
    {
        using var shell = new ModuleRunspace();

        var error = shell.Run($"{ReportShell.Command} $path", new { path = folder.File }).OnlyError();

        Assert.Contains("Connect-OpenRouter", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(ReportShell.FilesIn(folder.Path));
    }

    [Theory]
    [InlineData("-Workspace Nowhere")]
    [InlineData("-Workspace Production, Nowhere")]
    [InlineData("-WorkspaceId " + Samples.Id)]
    public void A_workspace_that_is_not_there_is_an_error_and_nothing_is_written(string arguments)
    {
        var error = sandbox.Shell.Run($"{ReportShell.Command} $path {arguments}", new { path = folder.File })
            .OnlyError();

        Assert.StartsWith("OpenRouterByok.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Empty(ReportShell.FilesIn(folder.Path));
    }

    [Fact]
    public void WhatIf_sends_nothing_and_writes_nothing()
    {
        sandbox.Shell.Run($"{ReportShell.Command} $path -PassThru -WhatIf", new { path = folder.File }).IsSilent();
        File.WriteAllText(folder.File, "mine");
        sandbox.Shell.Run($"{ReportShell.Command} $path -Force -WhatIf", new { path = folder.File }).IsSilent();

        Assert.Empty(sandbox.Server.Requests);
        Assert.Equal("mine", File.ReadAllText(folder.File));
        Assert.Contains(folder.File, sandbox.Shell.Host.Screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_says_no_gets_nothing_written()
    {
        sandbox.Shell.Host.Screen.Answers.Enqueue("No");

        sandbox.Shell.Run($"{ReportShell.Command} $path -Confirm", new { path = folder.File }).IsSilent();

        Assert.Contains(folder.File, Assert.Single(sandbox.Shell.Host.Screen.Asked).Message, StringComparison.Ordinal);
        Assert.Empty(sandbox.Server.Requests);
        Assert.Empty(ReportShell.FilesIn(folder.Path));
    }

    [Fact]
    public void Workspaces_are_completed_and_piped_by_objects()
    {
        sandbox.Shell.Run("Get-OpenRouterWorkspace");

        Assert.Equal(
            ["Production"],
            sandbox.Shell.Complete($"{ReportShell.Command} -Workspace Pro")
                .Select(static match => match.CompletionText));
        var page = sandbox.Shell.Report("-Workspace (Get-OpenRouterWorkspace Production)");
        Assert.Equal("Production", page.Fact("Workspaces"));
        Assert.Equal(
            SampleAccount.Workspaces.Count,
            sandbox.Shell.Report("-Workspace (Get-OpenRouterWorkspace)").Fact("Workspaces")!.Split(", ").Length);
    }
}
