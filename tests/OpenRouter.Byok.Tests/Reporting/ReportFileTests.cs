using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>Where the page goes, and what it is made from.</summary>
public sealed class ReportFileTests(SandboxShell shared) : IClassFixture<SandboxShell>, IDisposable
{
    private readonly SandboxShell sandbox = shared.Reset();

    private readonly ReportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_a_path_the_text_is_output()
    {
        var text = sandbox.Shell.Run(ReportShell.Command).Only<string>();

        Assert.StartsWith("<!doctype html>", text, StringComparison.Ordinal);
        Assert.EndsWith("</html>", text.TrimEnd(), StringComparison.Ordinal);
        Assert.Empty(ReportShell.FilesIn(folder.Path));
    }

    [Theory]
    [InlineData("report.html")]
    [InlineData("report.htm")]
    [InlineData("REPORT.HTML")]
    [InlineData("a [b] 'c' $d.html")]
    public void A_file_is_written_and_nothing_is_output(string name)
    {
        sandbox.Shell.Run($"{ReportShell.Command} $path -Title Zoë", new { path = folder.PathOf(name) }).IsSilent();

        Assert.Equal([name], ReportShell.FilesIn(folder.Path));
        var bytes = File.ReadAllBytes(folder.PathOf(name));
        Assert.Equal("<!doctype"u8.ToArray(), bytes[..9]);
        Assert.DoesNotContain((byte)'\r', bytes);
        Assert.Equal((byte)'\n', bytes[^1]);
        Assert.Equal(
            "Zoë", new ReportDocument(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes)).Title);
    }

    [Fact]
    public void The_file_has_the_text_that_is_output_without_a_path()
    {
        var (file, text) = ReportShell.OnOneDay(() =>
        {
            sandbox.Shell.Run($"{ReportShell.Command} $path -Force", new { path = folder.File }).IsSilent();
            return (File.ReadAllText(folder.File), sandbox.Shell.Run(ReportShell.Command).Only<string>());
        });

        Assert.Equal(WithoutTime(text), WithoutTime(file));
    }

    [Fact]
    public void PassThru_outputs_the_file()
    {
        var file = sandbox.Shell.Run($"{ReportShell.Command} $path -PassThru", new { path = folder.File })
            .Only<FileInfo>();

        Assert.Equal(folder.File, file.FullName);
        Assert.Equal(new FileInfo(folder.File).Length, file.Length);
        Assert.Equal(
            folder.File,
            sandbox.Shell.Run($"({ReportShell.Command} $path -PassThru -Force).FullName", new { path = folder.File })
                .Only<string>());
    }

    [Fact]
    public void Force_replaces_the_whole_file()
    {
        File.WriteAllText(folder.File, new string('x', 1_000_000));

        sandbox.Shell.Run($"{ReportShell.Command} $path -Force", new { path = folder.File }).IsSilent();

        Assert.DoesNotContain("xxxx", File.ReadAllText(folder.File), StringComparison.Ordinal);
        Assert.Equal(["report.html"], ReportShell.FilesIn(folder.Path));
    }

    [Fact]
    public void Relative_paths_are_those_of_the_runspace()
    {
        Directory.CreateDirectory(folder.PathOf("inner"));

        var file = sandbox.Shell.Run(
            "$null = $ExecutionContext.SessionState.Path.SetLocation($folder);"
            + $"{ReportShell.Command} inner/report.html -PassThru",
            new { folder = folder.Path }).Only<FileInfo>();

        Assert.Equal(folder.PathOf(Path.Combine("inner", "report.html")), file.FullName);
    }

    [Fact]
    public async Task A_report_that_is_stopped_leaves_no_file()
    {
        using var server = new ScriptedServer { DefaultResponse = static _ => Response.Silence };
        using var shell = ModuleRunspace.ConnectedTo(server, "-TimeoutSec 600");
        using var running = shell.Start($"{ReportShell.Command} $path", new { path = folder.File });
        await server.WaitForAsync(1, TestContext.Current.CancellationToken);

        // The server never answers, so it ends only because it was told to.
        await Task.Run(running.Stop, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.True(running.IsOver);
        Assert.Empty(running.Output);
        Assert.Empty(ReportShell.FilesIn(folder.Path));
    }

    // The time of the report, in both forms.
    private static string WithoutTime(string text)
    {
        var start = text.IndexOf("<time", StringComparison.Ordinal);
        return text.Remove(start, text.IndexOf("</time>", StringComparison.Ordinal) - start);
    }
}
