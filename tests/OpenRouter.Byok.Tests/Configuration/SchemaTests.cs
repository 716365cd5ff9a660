using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Json.Schema;
using OpenRouter.Byok.Account;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>The schema that editors check configurations by.</summary>
public sealed class SchemaTests
{
    private const string Address =
        "https://raw.githubusercontent.com/openrouter-byok/OpenRouter.Byok/main/schema/openrouter-byok.schema.json";

    private static readonly JsonElement Schema = ConfigurationSchema.Read(ConfigurationSchema.Text);

    public static TheoryData<string> Wrong => WrongConfigurations.Names;

    public static TheoryData<string> Right => RightConfigurations.Names;

    [Fact]
    public void It_is_a_schema_of_draft_2020_12()
    {
        Assert.Equal(MetaSchemas.Draft202012Id.ToString(), Schema.GetProperty("$schema").GetString());
        Assert.Equal(Address, Schema.GetProperty("$id").GetString());
        Assert.Empty(ConfigurationSchema.Errors(MetaSchemas.Draft202012, Schema));
        Assert.NotEmpty(ConfigurationSchema.Errors(
            MetaSchemas.Draft202012, ConfigurationSchema.Read("""{ "properties": { "a": { "type": "numb" } } }""")));
    }

    [Fact]
    public void Editors_show_a_title_and_a_sentence_for_every_property()
    {
        var properties = ConfigurationSchema.Properties(Schema).ToList();
        Assert.Contains(properties, static one => one.Path == "/version");
        Assert.Contains(properties, static one => one.Path == "/$defs/azureEntry/api_key");

        var bare = from property in properties
                   let described = Resolve(property.Schema)
                   where !HasText(described, "title") || !HasSentences(described)
                   select property.Path;

        Assert.Empty(bare);
    }

    [Fact]
    public void It_knows_the_settings_that_the_module_knows()
    {
        string[] own = ["provider", "workspace", "id", "name", "previousName", "key"];
        var settings = CredentialSettings.All.Where(static setting => setting != CredentialSettings.Name)
            .Select(static setting => setting.Property switch
            {
                nameof(ByokKey.AllowedApiKeyHashes) => "allowedApiKeys",
                nameof(ByokKey.AllowedUserIds) => "allowedUsers",
                var property => JsonNamingPolicy.CamelCase.ConvertName(property),
            })
            .ToList();

        Assert.Equal(settings, PropertiesOf("defaults"));
        Assert.Equal(own.Concat(settings), PropertiesOf("credential"));
    }

    [Fact]
    public void It_offers_the_providers_that_the_module_knows()
    {
        var offered = Schema.GetProperty("$defs").GetProperty("provider").GetProperty("examples").EnumerateArray();

        Assert.Equal(KnownProviders.Slugs, offered.Select(static slug => slug.GetString()!));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void It_refuses_each_wrong_configuration_where_it_is_wrong(string name)
    {
        var wrong = WrongConfigurations.Named(name);
        var place = JsonPath.At(wrong.Json, wrong.Offset);
        Assert.NotNull(place);

        var errors = ConfigurationSchema.Errors(ConfigurationSchema.Read(wrong.Json));

        if (wrong.SchemaSees)
        {
            // Where two entries are equal, the schema refuses the whole list.
            Assert.Contains(errors, error => error == place || error == JsonPath.Parent(place));
        }
        else
        {
            Assert.Empty(errors);
        }
    }

    [Theory]
    [MemberData(nameof(Right))]
    public void It_accepts_each_right_configuration(string name) =>
        Assert.Empty(ConfigurationSchema.Errors(ConfigurationSchema.Read(RightConfigurations.All[name])));

    [Fact]
    public void The_table_of_wrong_configurations_says_where_they_are_wrong()
    {
        var wrong = new WrongConfiguration("two lines", "{\n  \"ü\": §1\n}", "ü");

        Assert.Equal("{\n  \"ü\": 1\n}", wrong.Json);
        Assert.Equal((2, 8), (wrong.Line, wrong.Column));
        Assert.Equal("/ü", JsonPath.At(wrong.Json, wrong.Offset));
        Assert.All(WrongConfigurations.All, static one => Assert.Single(one.Marked, static letter => letter == '§'));
    }

    private static IEnumerable<string> PropertiesOf(string definition) => Schema.GetProperty("$defs")
        .GetProperty(definition).GetProperty("properties").EnumerateObject().Select(static property => property.Name);

    private static JsonElement Resolve(JsonElement schema) =>
        !HasText(schema, "title") && schema.TryGetProperty("$ref", out var reference)
            ? Schema.GetProperty("$defs").GetProperty(Path.GetFileName(reference.GetString()!))
            : schema;

    private static bool HasText(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var text) && text.GetString() is { Length: > 0 };

    // Plain text: some editors show Markdown as it is written.
    private static bool HasSentences(JsonElement schema) =>
        HasText(schema, "description")
        && schema.GetProperty("description").GetString()!.EndsWith('.')
        && schema.GetProperty("description").GetString()!.IndexOfAny(['`', '*', '[', '\n']) < 0;
}
