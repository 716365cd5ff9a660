using System.IO;
using System.Text;
using System.Text.Json;
using OpenRouter.Byok.Configuration;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>References as JSON.</summary>
public sealed class KeyReferenceTextTests
{
    [Theory]
    [InlineData("""{ "env": "A" }""", """{"env":"A"}""", """{"env":"A"}""")]
    [InlineData("""{ "vault": "V", "secret": "A" }""", """{"secret":"A","vault":"V"}""", null)]
    [InlineData("""{ "secret": "A" }""", """{"secret":"A"}""", null)]
    [InlineData("""{ "file": "a/b" }""", """{"file":"a/b"}""", null)]
    [InlineData("""{ "op": 1, "Op2": { "b": [true, null], "a": "x" } }""",
        """{"Op2":{"a":"x","b":[true,null]},"op":1}""", """{"op":1,"Op2":{"b":[true,null],"a":"x"}}""")]
    [InlineData("""{ "b": 1.50, "a": [{ "vault": "V", "secret": "A" }, { "z": 1e3, "y": false }, "q"] }""",
        """{"a":[{"secret":"A","vault":"V"},{"y":false,"z":1e3},"q"],"b":1.50}""",
        """{"b":1.50,"a":[{"secret":"A","vault":"V"},{"z":1e3,"y":false},"q"]}""", false)]
    public void It_is_written_in_one_order_or_as_it_was(
        string json, string canonical, string? asWritten, bool hasResolver = true)
    {
        var reference = KeyNodes.Reference(json, "acme", hasResolver);

        Assert.Equal(canonical, KeyReferenceText.Canonical(reference));
        Assert.Equal(asWritten ?? canonical, Write(reference));
    }

    [Theory]
    [InlineData("""{ "env": "a\"b\\c\u0007é\uD83D\uDD11" }""")]
    [InlineData("""{ "a\"b\\c": { "env": "x" }, "c": "a\"b\\c\u0007é\uD83D\uDD11" }""")]
    public void What_is_written_is_read_again(string json)
    {
        var reference = KeyNodes.Reference(json, "acme");

        var again = KeyNodes.Reference(Write(reference), "acme");

        Assert.Equal(KeyReferenceText.Canonical(reference), KeyReferenceText.Canonical(again));
    }

    [Fact]
    public void References_to_different_things_differ() => Assert.NotEqual(
        KeyReferenceText.Canonical(KeyNodes.Reference("""{ "env": "a" }""")),
        KeyReferenceText.Canonical(KeyNodes.Reference("""{ "env": "A" }""")));

    private static string Write(KeyReference reference)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            KeyReferenceText.Write(reference, writer, isCanonical: false);
        }

        return Encoding.UTF8.GetString(json.ToArray());
    }
}
