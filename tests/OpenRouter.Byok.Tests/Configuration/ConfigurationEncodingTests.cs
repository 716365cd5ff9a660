using System;
using System.Linq;
using System.Text;
using OpenRouter.Byok.Configuration;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Files that are not UTF-8 are named as such.</summary>
public sealed class ConfigurationEncodingTests : IDisposable
{
    private readonly ConfigurationFolder folder = new();
    private readonly ConfigurationErrors errors = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("utf-32BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    public void Text_of_wide_characters_is_named_as_such(string encoding, bool hasMark)
    {
        var wide = Encoding.GetEncoding(encoding);
        byte[] content = [.. hasMark ? wide.GetPreamble() : [], .. wide.GetBytes("{ }")];

        Assert.Null(ConfigurationFile.Read(folder.Write("a.json", content), "a.json", errors));
        Assert.Equal(
            ["a.json: The file is not UTF-8; it looks like UTF-16 or UTF-32. Save it in UTF-8."], NodeText.Of(errors));
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_an_error_with_their_line()
    {
        byte[] content = [.. "\uFEFF{ \"é\": 1,\r\n  \"b\": \""u8, 0xE9, .. "\"\r\n}"u8];

        Assert.Null(ConfigurationFile.Read(folder.Write("a.json", content), "a.json", errors));
        Assert.StartsWith(
            "a.json:2:1: The file is not UTF-8: this line", NodeText.Of(errors).Single(), StringComparison.Ordinal);
    }
}
