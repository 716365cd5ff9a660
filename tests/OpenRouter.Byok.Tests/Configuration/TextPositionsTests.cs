using System.Linq;
using System.Text;
using OpenRouter.Byok.Configuration;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Lines and columns, whatever a text is made of.</summary>
public sealed class TextPositionsTests
{
    private static readonly string[] Parts = ["a", "\t", "\n", "\r\n", "\r", "é", "€", "\U0001F511", "\"x\": 1,"];

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(4000)]
    public void They_are_what_counting_from_the_start_gives(int length)
    {
        var random = new System.Random(length);
        var text = string.Concat(Enumerable.Range(0, length).Select(_ => Parts[random.Next(Parts.Length)]));
        var inText = TextPositions.OfText(text);
        var inBytes = TextPositions.OfUtf8(Encoding.UTF8.GetBytes(text));

        var (line, column, bytes) = (1, 1, 0);
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsLowSurrogate(text[index]))
            {
                Assert.Equal((line, column), inText.Locate(index));
                Assert.Equal((line, column), inBytes.Locate(bytes));
                bytes += Encoding.UTF8.GetByteCount(
                    text, index, char.IsHighSurrogate(text[index]) ? 2 : 1);
            }

            var ends = text[index] == '\n'
                || (text[index] == '\r' && (index + 1 == text.Length || text[index + 1] != '\n'));
            (line, column) = ends ? (line + 1, 1) : (line, column + 1);
        }

        Assert.Equal((line, column), inText.Locate(text.Length));
        Assert.Equal((line, column), inBytes.Locate(bytes));
    }

    [Fact]
    public void Ten_thousand_places_in_one_long_line_do_not_take_long()
    {
        var positions = TextPositions.OfUtf8(Encoding.UTF8.GetBytes(new string('é', 2_000_000)));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        for (var index = 0; index < 10_000; index++)
        {
            Assert.Equal((1, (index * 200) + 1), positions.Locate(index * 400));
        }

        // Counted from the start each time, these would be 20,000,000,000 bytes.
        Assert.True(watch.Elapsed.TotalSeconds < 10, $"{watch.Elapsed}");
    }
}
