using System.Collections.Generic;
using System.IO;
using System.Linq;
using OpenRouter.Sandbox;
using Xunit;

namespace OpenRouter.Byok.Tests.Conventions;

/// <summary>What .editorconfig asks for and no compiler checks.</summary>
public sealed class SourceTests
{
    private const int Width = 120;

    private static readonly string[] Kinds = [".cs", ".mjs", ".ps1"];

    private static readonly string[] Made = ["bin", "obj", "out", "node_modules", "TestResults"];

    [Fact]
    public void No_line_is_wider_than_120_columns()
    {
        var files = Sources(new DirectoryInfo(StagedModule.Root)).ToList();
        Assert.Contains(files, static file => file.Name == nameof(SourceTests) + ".cs");

        var wide =
            from file in files
            from line in File.ReadLines(file.FullName).Select(static (text, index) => (Text: text, Number: index + 1))
            where line.Text.Length > Width
            select $"{Path.GetRelativePath(StagedModule.Root, file.FullName)}:{line.Number}";

        Assert.Empty(wide);
    }

    private static IEnumerable<FileInfo> Sources(DirectoryInfo folder) =>
    [
        .. folder.EnumerateFiles().Where(static file => Kinds.Contains(file.Extension)),
        .. folder.EnumerateDirectories()
            .Where(static inner => !inner.Name.StartsWith('.') && !Made.Contains(inner.Name))
            .SelectMany(Sources),
    ];
}
