using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenRouter.Sandbox;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>The configurations that people start from.</summary>
public sealed class ExampleConfigurationTests
{
    private static readonly string Folder = Path.Combine(StagedModule.Root, "examples", "configuration");

    public static TheoryData<string> Json => [.. Names("*.json")];

    public static TheoryData<string> Data => [.. Names("*.psd1")];

    [Theory]
    [MemberData(nameof(Json))]
    public void The_schema_accepts_each_example_and_is_where_it_says(string name)
    {
        var file = Path.Combine(Folder, name);
        var example = ConfigurationSchema.Read(File.ReadAllText(file));

        Assert.Empty(ConfigurationSchema.Errors(example));
        Assert.Equal(
            ConfigurationSchema.Path, Path.GetFullPath(example.GetProperty("$schema").GetString()!, Folder));
    }

    [Theory]
    [MemberData(nameof(Data))]
    public void The_schema_accepts_each_example_in_PowerShell(string name) =>
        Assert.Empty(ConfigurationSchema.Errors(ReadData(name)));

    [Theory]
    [MemberData(nameof(Data))]
    public void Each_example_in_PowerShell_has_the_content_of_one_in_JSON(string name)
    {
        var json = JsonObject.Create(ConfigurationSchema.Read(
            File.ReadAllText(Path.Combine(Folder, Path.ChangeExtension(name, ".json")))))!;
        Assert.True(json.Remove("$schema"));

        Assert.True(JsonNode.DeepEquals(json, JsonObject.Create(ReadData(name))), "The files differ.");
    }

    [Fact]
    public void The_example_is_about_the_sample_account()
    {
        var credentials = ConfigurationSchema.Read(File.ReadAllText(Path.Combine(Folder, "openrouter.json")))
            .GetProperty("credentials").EnumerateArray().ToList();

        Assert.InRange(credentials.Count, 6, 10);
        Assert.All(credentials, static entry => Assert.Contains(SampleCredentials.All, credential =>
            credential.Provider == entry.GetProperty("provider").GetString()
            && credential.Name == (Text(entry, "previousName") ?? Text(entry, "name"))
            && credential.WorkspaceId == SampleAccount.Workspaces.Single(
                workspace => workspace.Slug == (Text(entry, "workspace") ?? "default")).Id));
        Assert.All(Entries(credentials, "allowedApiKeys"), static name =>
            Assert.Contains(SampleAccount.ApiKeys, key => key.Name == name));
        Assert.All(Entries(credentials, "allowedUsers"), static email =>
            Assert.Contains(SampleAccount.Members, member => member.Email == email));
        Assert.All(Entries(credentials, "allowedModels"), static slug =>
            Assert.Contains(SampleCatalog.Models, model => model.Id == slug));
    }

    private static string[] Entries(System.Collections.Generic.List<JsonElement> credentials, string list)
    {
        string[] entries =
        [
            .. from credential in credentials
               where credential.TryGetProperty(list, out var value) && value.ValueKind == JsonValueKind.Array
               from entry in credential.GetProperty(list).EnumerateArray()
               select entry.GetString(),
        ];
        Assert.NotEmpty(entries);
        return entries;
    }

    private static string? Text(JsonElement entry, string property) =>
        entry.TryGetProperty(property, out var value) ? value.GetString() : null;

    private static string[] Names(string pattern)
    {
        string[] names = [.. Directory.EnumerateFiles(Folder, pattern).Select(static file => Path.GetFileName(file)!)];
        return names is [] ? throw new InvalidOperationException($"No {pattern} in {Folder}.") : names;
    }

    // As data, so nothing in it runs.
    private static JsonElement ReadData(string name)
    {
        var script = Parser.ParseFile(Path.Combine(Folder, name), out _, out var errors);
        Assert.Empty(errors);
        var table = script.Find(static node => node is HashtableAst, searchNestedScriptBlocks: false);
        return JsonSerializer.SerializeToElement(Assert.IsType<Hashtable>(((HashtableAst)table).SafeGetValue()));
    }
}
