using System;
using System.Linq;
using System.Text;
using OpenRouter.Byok.Configuration;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Reading JSON as people write it.</summary>
public sealed class JsonNodeReaderTests
{
    private readonly ConfigurationErrors errors = new();

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("[1, -2.50e3, true, false, null, \"x\"]", "[1,-2.50e3,true,false,null,'x']")]
    [InlineData("// a\n{ /* b */ \"a\": [1, 2,], // c\n \"b\": { \"c\": \"d\", }, } // e", "{a:[1,2],b:{c:'d'}}")]
    [InlineData("\uFEFF{\"\u0061\\n\": \"\\ud83d\\udd11 é\"}", "{a\n:'\U0001F511 é'}")]
    [InlineData("{\"a\": 1, \"A\": 2}", "{a:1,A:2}")]
    public void Comments_and_trailing_commas_are_allowed(string json, string expected)
    {
        Assert.Equal(expected, NodeText.Of(Read(json)));
        Assert.Empty(NodeText.Of(errors));
    }

    [Theory]
    [InlineData("{\r\n\t\"é\": 1, \"x\": [\r\n\t\ttrue] }", "2:2", "2:10", "3:3")]
    [InlineData("{\n\t\"é\": 1, \"x\": [\n\t\ttrue] }", "2:2", "2:10", "3:3")]
    [InlineData("\uFEFF{ \"\U0001F511\": 1, \"x\": [ true] }", "1:3", "1:12", "1:19")]
    [InlineData("/* €\n€ */ { /* \U0001F511 */ \"é\": 1,\t\"x\":[true]}", "2:17", "2:25", "2:30")]
    public void Positions_count_lines_and_characters(string json, string first, string second, string item)
    {
        var properties = ((ObjectNode)Read(json)!).Properties;

        var items = ((ArrayNode)properties[1].Value).Items;
        Assert.Equal(
            ["a.json:" + first, "a.json:" + second, "a.json:" + item],
            new[] { properties[0].Position, properties[1].Position, items.First().Position }
                .Select(static position => position.ToString()));
    }

    [Theory]
    [InlineData("{ \"key\": \"sk-secret }", "a.json:1:22")]
    [InlineData("{\r\n  \"key\": sk-secret\r\n}", "a.json:2:10")]
    [InlineData("{ \"é\": 1,\n \"b\" 2 }", "a.json:2:6")]
    [InlineData("{ \"a\": 1 }\n\n sk-secret", "a.json:3:2")]
    [InlineData("{ /* \n\n */ sk-secret }", "a.json:3:5")]
    [InlineData("{ \"a\": 1", "a.json:1:9")]
    [InlineData("// nothing", "a.json:1:11")]
    [InlineData("{ \"a\": 'sk-secret' }", "a.json:1:8")]
    [InlineData("{ \"a\": 012 }", "a.json:1:9")]
    [InlineData("sk-secret: yaml", "a.json:1:1")]
    public void What_is_not_JSON_is_an_error_with_its_place_and_without_its_text(string json, string place)
    {
        Assert.Null(Read(json));

        var line = Assert.Single(NodeText.Of(errors));
        Assert.StartsWith(place + ": This is not valid JSON.", line, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cut_of_a_file_is_JSON_or_an_error_within_it()
    {
        const string Json = "{ // é\n \"a\": [1.5, \"\\u00e9\\n\", null], /* \n */ \"b\": { \"c\": true } }";
        for (var length = 1; length < Json.Length; length++)
        {
            var found = new ConfigurationErrors();
            Assert.Null(JsonNodeReader.Read(FileOf(Json[..length], found), found));
            Assert.Matches("^a.json:[123]:[0-9]+: This is not valid JSON", NodeText.Of(found).Single());
        }

        Assert.NotNull(Read(Json));
    }

    [Theory]
    [InlineData("[", "]", 64, true)]
    [InlineData("[", "]", 65, false)]
    [InlineData("[", "]", 100_000, false)]
    [InlineData("{\"a\":", "}", 65, false)]
    [InlineData("[", "", 100_000, false)]
    public void Deep_nesting_is_one_error(string open, string close, int depth, bool isRead)
    {
        var node = Read(Repeat(open, depth) + (open == "[" ? "" : "1") + Repeat(close, depth));

        Assert.Equal(isRead, node is not null);
        if (!isRead)
        {
            Assert.Equal(
                $"a.json:1:{(64 * open.Length) + 1}: Objects and arrays are nested more deeply than 64 levels.",
                NodeText.Of(errors).Single());
        }
    }

    [Fact]
    public void A_name_that_occurs_twice_is_an_error_that_names_both_places()
    {
        var node = Read("{ \"a\": 1,\n \"b\": 2, \"\u0061\": { \"c\": 3 },\n \"a\": 4 }");

        Assert.Equal("{a:1,b:2}", NodeText.Of(node));
        Assert.Equal(
            [
                "a.json:2:10: The property a is specified twice in the same object, first in a.json:1:3. "
                    + "Remove one of them.",
                "a.json:3:2: The property a is specified twice in the same object, first in a.json:1:3. "
                    + "Remove one of them.",
            ],
            NodeText.Of(errors));
    }

    [Fact]
    public void Half_a_character_is_an_error_with_its_place()
    {
        var node = Read("{ \"a\\ud83d\": 1,\n \"b\": [\"x\\udd11\"], \"c\": 2 }");

        Assert.Equal("{b:['\uFFFD'],c:2}", NodeText.Of(node));
        Assert.Equal(["a.json:1:3", "a.json:2:8"], NodeText.Of(errors).Select(
            static line => line[..line.IndexOf(": ", StringComparison.Ordinal)]));
        Assert.All(
            NodeText.Of(errors), static line => Assert.Contains("half a character", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Items_of_a_configuration_are_read_when_they_are_enumerated()
    {
        const string Json = """
            // é
            { "a": [], "b": [ /* 1 */ 1, { "c": [[true], "x"], "c": 2 }, // €
              [{ "d": [ 3, ] }], ], "e": [null] }
            """;

        var root = (ObjectNode)Read(Json)!;

        Assert.Equal(0, errors.Count);
        Assert.Equal("{a:[],b:[1,{c:[[true],'x']},[{d:[3]}]],e:[null]}", NodeText.Of(root));
        Assert.Equal(
            ["a.json:2:27", "a.json:2:30", "a.json:3:3"],
            ((ArrayNode)root.Properties[1].Value).Items.Select(static item => item.Position.ToString()));
        Assert.StartsWith("a.json:2:52: ", NodeText.Of(errors)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_that_are_alike_are_not_confused()
    {
        // Their characters have the same weighted sum, which is what a table of recent texts goes by.
        const string Items = """["Aa", "BB", "Aa", "A\u0061", "\u0042B", "AaAa", "BBBB", "AaBB", "é", "", "Aa"]""";
        var longText = new string('x', 300);

        Assert.Equal(
            "['Aa','BB','Aa','Aa','BB','AaAa','BBBB','AaBB','é','','Aa']", NodeText.Of(Read(Items)));
        Assert.Equal($"{{BB:'{longText}',Aa:'{longText}'}}", NodeText.Of(Read(
            $$"""{ "BB": "{{longText}}", "Aa": "{{longText}}" }""")));
        Assert.Equal(0, errors.Count);
    }

    [Fact]
    public void Faults_in_items_have_their_places()
    {
        var deepest = new string('[', 62) + new string(']', 62);
        var root = (ObjectNode)Read($$"""{ "a": [ {{deepest}}, { "\ud83d": 1, "b": "\udd11" } ] }""")!;

        Assert.Equal(0, errors.Count);
        Assert.Equal(2, ((ArrayNode)root.Properties[0].Value).Items.Count());
        Assert.Equal(
            ["a.json:1:138: ", "a.json:1:156: "],
            NodeText.Of(errors).Select(static line => line.Split(": ")[0] + ": "));
        Assert.Null(Read($$"""{ "a": [ [{{deepest}}] ] }"""));
        Assert.Null(Read("""{ "a": [ 1 ] } true"""));
        Assert.Null(Read("""{ "a": [ 1 }"""));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("")]
    public void Ten_thousand_credentials_are_read_at_once(string lineBreak)
    {
        const string One = """
            {"provider":"openai","workspace":"production","name":"Key é","key":{"env":"NAME"},
            "allowedModels":["openai/gpt-4o","openai/gpt-4o-mini","openai/o3"],"allowedApiKeys":null,
            "allowedUsers":["mei.tanaka@example.com","ada@example.com"],"disabled":false,"isFallback":false,
            "isRequired":true,"isByokOnly":false,"declaredZdr":null,"declaredRegion":"europe","disabled":true}
            """;
        var one = One.ReplaceLineEndings(lineBreak);
        var json = FileOf($"[{string.Join("," + lineBreak, Enumerable.Repeat(one, 10_000))}]", errors);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var items = ((ArrayNode)JsonNodeReader.Read(json, errors)!).Items;

        // Each credential has an error, and each error a place that is looked up.
        Assert.Equal(10_000, items.Count());
        Assert.Equal(10_000, errors.Count);
        Assert.Equal(51, NodeText.Of(errors).Length);
        Assert.True(watch.Elapsed.TotalSeconds < 20, $"{watch.Elapsed}");
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 15 * json.Content.Length, $"{allocated:N0} bytes");
    }

    [Fact]
    public void An_object_with_many_properties_does_not_take_long()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var properties = Enumerable.Range(0, 200_000).Append(199_999).Select(static number => $"\"{number}\":0");
        var node = Read($"{{{string.Join(",", properties)}}}");

        Assert.Equal(200_000, ((ObjectNode)node!).Properties.Count);
        Assert.Equal(1, errors.Count);
        Assert.True(watch.Elapsed.TotalSeconds < 20, $"{watch.Elapsed}");
    }

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    private static ConfigurationFile FileOf(string json, ConfigurationErrors errors) =>
        ConfigurationFolder.FileOf(Encoding.UTF8.GetBytes(json), "a.json", errors);

    private ConfigurationNode? Read(string json) => JsonNodeReader.Read(FileOf(json, errors), errors);
}
