using System.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace OpenRouter.Byok.Tests;

/// <summary>Generated names: most of their characters mean something to PowerShell, JSON or a terminal.</summary>
internal static class ArbitraryText
{
    private const string Printables = "'\"`$(){}[];,|&@#<>*?%!^~=+-_./\\: "
        + "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u2013\u2014\u00a0\u3000aZ09eExdlkbKB\u00e9\u0416\u4e2d\ufe0f";

    private const string NonPrintables =
        "\0\a\b\t\n\v\f\r\u001b\u007f\u0085\u009b\u00ad\u061c\u200b\u200c\u200d\u200e\u202e"
        + "\u2028\u2029\u2066\ufeff\ud83d\ude00\udb40\udc41";

    /// <summary>Any text, what cannot be seen included.</summary>
    public static Arbitrary<string> Any { get; } = Of(Gen.OneOf(
        Gen.Elements(Printables.ToCharArray()), Gen.Elements(NonPrintables.ToCharArray()), Letter));

    /// <summary>Text that can be shown as it is, and is not empty.</summary>
    public static Arbitrary<string> Printable { get; } = Of(Gen.OneOf(Gen.Elements(Printables.ToCharArray()), Letter))
        .Filter(static text => text.Length > 0);

    private static Gen<char> Letter => Gen.Elements("abcxyzABC0123456789".ToCharArray());

    private static Arbitrary<string> Of(Gen<char> character) =>
        character.ListOf().Select(static characters => new string(characters.ToArray())).ToArbitrary();
}
