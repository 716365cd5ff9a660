using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Reading a file as a whole, or else saying why it cannot be read.</summary>
public sealed class ConfigurationFileTests : IDisposable
{
    private readonly ConfigurationFolder folder = new();
    private readonly ConfigurationErrors errors = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_content_is_read_with_or_without_a_mark(bool hasMark)
    {
        var path = folder.Write("a.json", (hasMark ? "\uFEFF" : "") + "{ \"é\": 1 }");

        var file = ConfigurationFile.Read(path, "a.json", errors);

        Assert.Equal("{ \"é\": 1 }", Encoding.UTF8.GetString(file!.Content.Span));
        Assert.Equal(folder.Path, file.Source.Folder);
        Assert.Equal("a.json:1:5", file.Source.Describe(5));
        Assert.Empty(NodeText.Of(errors));
    }

    [Fact]
    public void A_file_of_20_MB_is_read_and_one_of_50_MB_is_refused_by_its_size()
    {
        var longest = folder.Write("20.json", Blank(20));
        var tooLong = folder.Write("50.json", Blank(50));

        Assert.Equal(20 * 1024 * 1024, ConfigurationFile.Read(longest, "20.json", errors)!.Content.Length);
        Assert.Empty(NodeText.Of(errors));

        Assert.Null(ConfigurationFile.Read(tooLong, "50.json", errors));
        Assert.Equal(["50.json: The file has 50.0 MB. The maximum is 20 MB."], NodeText.Of(errors));
    }

    [Fact]
    public async Task What_comes_through_a_pipe_is_limited_as_well()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pipes have paths.");
        var pipe = Path.Combine(folder.Path, "pipe");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("{}", Encoding.UTF8.GetString((await ReadAsync(Encoding.UTF8.GetBytes("{}")))!.Content.Span));
        Assert.Empty(NodeText.Of(errors));
        Assert.Null(await ReadAsync(Blank(21)));
        Assert.Equal(["pipe: There are more than 20 MB to read, which is the maximum."], NodeText.Of(errors));

        async Task<ConfigurationFile?> ReadAsync(byte[] content)
        {
            var writing = Task.Run(async () =>
            {
                await using var output = new FileStream(pipe, FileMode.Open, FileAccess.Write);
                try
                {
                    await output.WriteAsync(content);
                }
                catch (IOException)
                {
                    // The reader had enough.
                }
            });
            var file = await Task.Run(() => ConfigurationFile.Read(pipe, "pipe", errors));
            await writing;
            return file;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData(" \r\n\t")]
    public void A_file_without_content_is_empty(string content)
    {
        Assert.Null(ConfigurationFile.Read(folder.Write("a.json", content), "a.json", errors));
        Assert.Equal(["a.json: The file is empty."], NodeText.Of(errors));
    }

    [Fact]
    public void A_path_that_leads_to_no_file_is_an_error_of_the_argument()
    {
        AssertWrong(folder.Path, "my folder is a folder.", "my folder");
        AssertWrong(Path.Combine(folder.Path, "none.json"), "The file none.json does not exist.", "none.json");
        AssertWrong(Path.Combine(folder.Path, "none", "a.json"), "The file none/a.json does not exist.", "none/a.json");
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_an_error_of_the_argument()
    {
        var path = folder.Write("a.json", "{}");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.None);
        }

        Assert.SkipWhen(CanRead(path), "The file can be read here all the same.");

        AssertWrong(path, "You do not have permission to read the file a.json.", "a.json");
    }

    [Fact]
    public async Task A_file_that_is_rewritten_gives_a_whole_version_or_one_error()
    {
        string[] versions = [Version('a', 300_000), Version('b', 500_000), Version('c', 100_000)];
        var path = folder.Write("a.json", versions[0]);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var writing = Task.Run(() => Rewrite(path, versions, over.Token), over.Token);

        var (whole, failed) = (0, 0);
        var end = DateTime.UtcNow.AddSeconds(20);
        while ((whole < 20 || failed < 5) && DateTime.UtcNow < end)
        {
            var found = new ConfigurationErrors();
            if (ConfigurationFile.Read(path, "a.json", found) is { } file)
            {
                whole++;
                Assert.Contains(Encoding.UTF8.GetString(file.Content.Span), versions);
            }
            else
            {
                failed++;
                Assert.Matches(
                    "^a.json: The file (changed while it was read|cannot be read|is empty)",
                    NodeText.Of(found).Single());
            }
        }

        await over.CancelAsync();
        await writing;
        Assert.True(whole > 0 && failed > 0, $"{whole} times whole, {failed} times not");
    }

    private static void Rewrite(string path, string[] versions, CancellationToken over)
    {
        for (var count = 0; !over.IsCancellationRequested; count++)
        {
            try
            {
                File.WriteAllBytes(path, Encoding.UTF8.GetBytes(versions[count % versions.Length]));
            }
            catch (IOException)
            {
                // It is just read.
            }

            Thread.Sleep(count % 7 * 100);
        }
    }

    private static string Version(char letter, int length) => "\"" + new string(letter, length) + "\"";

    private static byte[] Blank(int megabytes)
    {
        var content = new byte[megabytes * 1024 * 1024];
        content.AsSpan().Fill((byte)' ');
        content[^1] = (byte)'1';
        return content;
    }

    private static bool CanRead(string path)
    {
        try
        {
            File.ReadAllBytes(path);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void AssertWrong(string path, string message, string shownName)
    {
        var failure = Assert.Throws<OpenRouterException>(() => ConfigurationFile.Read(path, shownName, errors));

        Assert.Equal(ErrorReason.InvalidArgument, failure.Reason);
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }
}
