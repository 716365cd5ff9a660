using System;
using System.IO;
using System.Linq;
using System.Security;
using System.Text.Json;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Tests.KeyFormats;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Keys from files.</summary>
public sealed class KeyFileTests : IClassFixture<KeyShell>
{
    private const string Secret = "sk-hunter2hunter2hunter2";

    private readonly KeyShell shell;
    private readonly string folder = ServiceAccountSample.Folder(TestContext.Current.Test!.UniqueID);

    public KeyFileTests(KeyShell shell) => this.shell = shell;

    [Theory]
    [InlineData(Secret, Secret)]
    [InlineData(Secret + "\n", Secret)]
    [InlineData(Secret + "\r\n", Secret)]
    [InlineData("\uFEFF" + Secret + "\n", Secret)]
    [InlineData("clé\u20AC\U0001F511\n", "clé\u20AC\U0001F511")]
    [InlineData("{\n  \"a\": 1\n}\n", "{\n  \"a\": 1\n}")]
    public void A_file_is_a_key_without_the_line_break_at_its_end(string content, string key)
    {
        File.WriteAllText(Path.Combine(folder, "key [1].txt"), content);

        Assert.Equal([key], shell.Keys(ToFile("key [1].txt")));
        Assert.Equal([key], shell.Keys(ToFile(Path.Combine(folder, "key [1].txt"))));
        Assert.Equal([key], shell.Keys(ToFile("./none/../key [1].txt")));
    }

    [Fact]
    public void Without_a_folder_a_path_starts_from_where_PowerShell_is()
    {
        File.WriteAllText(Path.Combine(folder, "here.txt"), Secret);

        var result = shell.Get(
            "",
            "$null = $ExecutionContext.SessionState.Path.SetLocation($folder)",
            new { folder },
            KeyNodes.Reference("""{ "file": "here.txt" }"""));

        Assert.Equal(Secret, result.Only<SecureString>().Reveal());
    }

    [Fact]
    public void The_same_path_in_another_folder_is_another_file()
    {
        var other = Directory.CreateDirectory(Path.Combine(folder, "other")).FullName;
        File.WriteAllText(Path.Combine(folder, "same.txt"), "one");
        File.WriteAllText(Path.Combine(other, "same.txt"), "two");
        const string Template = """{ "id": { "file": "same.txt" } }""";

        Assert.Equal(
            ["one", "two", """{"id":"one"}""", """{"id":"two"}"""],
            shell.Keys(
                ToFile("same.txt"),
                KeyNodes.Reference("""{ "file": "same.txt" }""", folder: other),
                KeyNodes.Reference(Template, folder: folder),
                KeyNodes.Reference(Template, folder: other)));
    }

    [Theory]
    [InlineData("", "is empty.")]
    [InlineData("\n", "is empty.")]
    [InlineData("\uFEFF\r\n", "is empty.")]
    [InlineData(null, "does not exist.")]
    public void A_file_without_a_key_is_an_error(string? content, string message)
    {
        var file = Path.Combine(folder, "wrong.txt");
        File.Delete(file);
        if (content is not null)
        {
            File.WriteAllText(file, content);
        }

        KeyShell.Failure(
            shell.Get(ToFile("wrong.txt")),
            "keys.json:2:3: The file 'wrong.txt' " + message,
            $"A relative path starts from the folder '{folder}'");
    }

    [Theory]
    [InlineData("./sub/none.txt", "The file './sub/none.txt' does not exist.")]
    [InlineData(".", "The file '.' is a folder.")]
    [InlineData("a\0b", "The file 'a`0b' cannot be read.")]
    public void A_path_of_no_file_is_an_error(string path, string message) =>
        KeyShell.Failure(shell.Get(ToFile(path)), "keys.json:2:3: " + message, "relative path");

    [Fact]
    public void A_file_that_may_not_be_read_is_an_error()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
        {
            Assert.Skip("Windows has no such mode, and root may read every file.");
            return;
        }

        var file = Path.Combine(folder, "closed.txt");
        File.WriteAllText(file, Secret);
        File.SetUnixFileMode(file, UnixFileMode.None);
        try
        {
            KeyShell.Failure(
                shell.Get(ToFile("closed.txt")),
                "keys.json:2:3: The file 'closed.txt' cannot be read.",
                "you may read");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x73, 0x6B, 0xE9 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x73, 0x00, 0x6B, 0x00 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    public void A_file_in_another_encoding_is_an_error(byte[] content)
    {
        File.WriteAllBytes(Path.Combine(folder, "encoded.txt"), content);

        KeyShell.Failure(
            shell.Get(ToFile("encoded.txt")),
            "keys.json:2:3: The file 'encoded.txt' is not text in UTF-8.",
            "as text in UTF-8");
    }

    [Theory]
    [InlineData(65536, "\r\n", false)]
    [InlineData(65537, "", true)]
    [InlineData(400_000, "", true)]
    public void A_file_can_have_as_many_characters_as_a_key(int length, string end, bool isTooLong)
    {
        File.WriteAllText(Path.Combine(folder, "long.txt"), "\uFEFF" + string.Concat(
            Enumerable.Repeat("\u20AC", length)) + end);

        var result = shell.Get(ToFile("long.txt"));

        if (isTooLong)
        {
            KeyShell.Failure(
                result,
                Messages.Format("keys.json:2:3: The file 'long.txt' is longer than {0} characters, ", 65536)
                + "the maximum length of a SecureString.",
                "relative path");
        }
        else
        {
            Assert.Equal(length, result.Only<SecureString>().Length);
        }
    }

    [Fact]
    public void A_file_is_read_once()
    {
        var file = Path.Combine(folder, "once.txt");
        File.WriteAllText(file, Secret);

        // The resolver runs between the two and takes the file away.
        var result = shell.Get(
            "-SecretResolver { [IO.File]::Delete($file); $key }",
            "",
            new { file, key = Byok.Tests.Secret.Of("other") },
            ToFile("once.txt"),
            KeyNodes.Reference("""{ "op": 1 }""", hasResolver: true),
            ToFile("once.txt"));

        Assert.Equal([Secret, "other", Secret], result.All<SecureString>().Select(
            static key => key.Reveal()));
        Assert.False(File.Exists(file));
    }

    private KeyReference ToFile(string path) => KeyNodes.Reference(
        "\n  " + $$"""{ "file": {{JsonSerializer.Serialize(path)}} }""", folder: folder);
}
