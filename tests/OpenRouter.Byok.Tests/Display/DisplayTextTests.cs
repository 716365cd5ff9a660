using System.Globalization;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpenRouter.Byok.Errors;
using Xunit;

namespace OpenRouter.Byok.Tests.Display;

/// <summary>What is shown of text that others wrote.</summary>
public sealed class DisplayTextTests
{
    private static readonly UnicodeCategory[] Hidden =
    [
        UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.Surrogate,
        UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator,
    ];

    [Theory]
    [InlineData("\0\a\b\t\n\v\f\r\u001b", "`0`a`b`t`n`v`f`r`e")]
    [InlineData("\u001b[2J", "`e[2J")]
    [InlineData("\u0001\u001f\u007f\u0080\u009b\u009f", "`u{1}`u{1F}`u{7F}`u{80}`u{9B}`u{9F}")]
    [InlineData("a\u2028b\u2029c", "a`u{2028}b`u{2029}c")]
    [InlineData("\u061c\u200e\u200f", "`u{61C}`u{200E}`u{200F}")]
    [InlineData("\u202a\u202b\u202c\u202d\u202e", "`u{202A}`u{202B}`u{202C}`u{202D}`u{202E}")]
    [InlineData("\u2066\u2067\u2068\u2069", "`u{2066}`u{2067}`u{2068}`u{2069}")]
    [InlineData("soft\u00adhyphen", "soft`u{AD}hyphen")]
    [InlineData("\ufeffzero\u200bwidth\u2060", "`u{FEFF}zero`u{200B}width`u{2060}")]
    [InlineData("\U000E0001\U000E0041\U000E007F\U000E0000", "`u{E0001}`u{E0041}`u{E007F}`u{E0000}")]
    [InlineData("Te\u200dam\u200c", "Te`u{200D}am`u{200C}")]
    [InlineData("👩\u200d\u200d💻", "👩`u{200D}`u{200D}💻")]
    [InlineData("é\u200d\n", "é`u{200D}`n")]
    public void What_would_steer_the_terminal_or_hide_is_shown_as_PowerShell_would_write_it(
        string text, string shown) => Assert.Equal(shown, DisplayText.Escape(text));

    // Half a character has no place in the source of a test's data.
    [Fact]
    public void Half_a_character_is_shown_by_its_code()
    {
        Assert.Equal("a`u{D83D}", DisplayText.Escape("a\ud83d"));
        Assert.Equal("`u{DE00}`u{D83D}b", DisplayText.Escape("\ude00\ud83db"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Team's \"account\" $x `key` {0} \\ ~")]
    [InlineData("Überprüfung, 生産, продакшн, إنتاج, 😀")]
    [InlineData("👩\u200d💻 👩🏽\u200d🚒 🏳\ufe0f\u200d🌈 ❤\ufe0f\u200d🔥")]
    [InlineData("می\u200cخواهم")]
    [InlineData("no\u00a0break, thin\u2009space")]
    public void Everything_else_stays_the_very_same_text(string text)
    {
        Assert.Same(text, DisplayText.Escape(text));
        Assert.True(DisplayText.IsPlain(text));
    }

    [Fact]
    public void What_is_not_there_stays_so() => Assert.Null(DisplayText.Escape(null));

    [Fact]
    public void Escaped_once_is_escaped_and_nothing_that_hides_is_left() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(ArbitraryText.Any, static text =>
        {
            var shown = DisplayText.Escape(text);
            return ReferenceEquals(shown, DisplayText.Escape(shown))
                && (ReferenceEquals(shown, text) == DisplayText.IsPlain(text))
                && shown.EnumerateRunes().All(IsSeen);
        }));

    [Fact]
    public void Between_double_quotes_PowerShell_reads_what_is_shown_as_what_was_meant()
    {
        using var shell = new ModuleRunspace();

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(ArbitraryText.Any, text =>
            {
                var plain = string.Concat(text.Where(
                    static c => !"`$\"\u201c\u201d\u201e".Contains(c) && !char.IsSurrogate(c)));
                return (string)shell.Run($"\"{DisplayText.Escape(plain)}\"").Output.Single().BaseObject == plain;
            }));
    }

    [Fact]
    public void A_message_escapes_what_is_filled_in_and_formats_numbers_as_it_says()
    {
        Assert.Equal("a`nb is 1,234 (c`e)", Messages.Format("{0} is {1:N0} ({2})", "a\nb", 1234, new Named("c\u001b")));
        Assert.Equal("two\nlines", Messages.Format("two\nlines"));
    }

    private static bool IsSeen(Rune rune) =>
        rune.Value is 0x200C or 0x200D || !Hidden.Contains(Rune.GetUnicodeCategory(rune));

    private sealed record Named(string Name)
    {
        public override string ToString() => Name;
    }
}
