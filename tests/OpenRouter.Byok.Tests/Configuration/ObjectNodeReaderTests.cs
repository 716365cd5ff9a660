using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Configuration;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Reading objects of the pipeline.</summary>
public sealed class ObjectNodeReaderTests : IDisposable
{
    private const string Hash = "4a5f0000000000000000000000000000000000000000000000000000000000ff";

    private readonly ConfigurationErrors errors = new();
    private readonly ConfigurationSource source = new("object 1") { Names = StringComparer.OrdinalIgnoreCase };
    private readonly ModuleRunspace shell = new();

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData(
        "[pscustomobject]@{ a = 1; b = -2.5; c = 3d; d = 1e30; e = 12345678901234567890 }",
        "{a:1,b:-2.5,c:3,d:1E+30,e:12345678901234567890}")]
    [InlineData(
        "[ordered]@{ a = 'x'; b = [char] 'y'; c = [guid]::Empty; d = [DayOfWeek]::Monday }",
        "{a:'x',b:'y',c:'00000000-0000-0000-0000-000000000000',d:'Monday'}")]
    [InlineData(
        "[ordered]@{ a = $true; b = [switch] $false; c = $null; d = [DBNull]::Value }",
        "{a:true,b:false,c:null,d:null}")]
    [InlineData(
        "[ordered]@{ a = 1, 'x'; b = @(); c = , @(1); d = [Collections.Generic.List[string]] @('y') }",
        "{a:[1,'x'],b:[],c:[[1]],d:['y']}")]
    [InlineData("[ordered]@{ a = @{ b = [pscustomobject]@{ c = @(@{ d = 1 }) } }; 5 = 6 }", "{a:{b:{c:[{d:1}]}},5:6}")]
    [InlineData(
        "class Entry { $provider = 'openai'; [bool] $disabled }; [Entry]::new()",
        "{provider:'openai',disabled:false}")]
    [InlineData("$a = [pscustomobject]@{ x = 1 }; [ordered]@{ b = $a; c = $a }", "{b:{x:1},c:{x:1}}")]
    public void Values_are_read_by_their_types(string script, string expected)
    {
        Assert.Equal(expected, NodeText.Of(Read(shell.Run(script).Output.Single())));
        Assert.Empty(NodeText.Of(errors));
    }

    [Theory]
    [InlineData(
        "@{ a = @(1, @{ b = { 'sk-secret' } }) }",
        "The value of a[1].b has the type System.Management.Automation.ScriptBlock.")]
    [InlineData(
        "$s = [securestring]::new(); @{ key = $s }",
        "The value of key has the type System.Security.SecureString.")]
    [InlineData("[pscustomobject]@{ a = [datetime]::UtcNow }", "The value of a has the type System.DateTime.")]
    [InlineData(
        "[pscustomobject]@{ a = [IO.DirectoryInfo]::new('/') }",
        "The value of a has the type System.IO.DirectoryInfo.")]
    [InlineData("[IO.DirectoryInfo]::new('/')", "The object has the type System.IO.DirectoryInfo.")]
    [InlineData(
        "@{ credentials = @(@{ allowedUsers = & { } }) }",
        "The value of credentials[0].allowedUsers is the result of a command that returned nothing")]
    [InlineData(
        "[pscustomobject]@{ a = @() | Where-Object { $true } }",
        "The value of a is the result of a command that returned nothing")]
    [InlineData("$a = @{ b = @(1) }; $a.b[0] = $a; $a", "The value of b[0] contains itself.")]
    [InlineData("$a = [pscustomobject]@{ b = $null }; $a.b = $a; $a", "The value of b contains itself.")]
    [InlineData(
        "$a = [pscustomobject]@{ b = 1 }; $a.psobject.Properties.Add([psscriptproperty]::new('c', { throw "
        + "'sk-secret' })); $a",
        "The value of c cannot be read from the object.")]
    public void Anything_else_is_an_error_with_its_path_and_type(string script, string message)
    {
        Read(shell.Run(script).Output.Single());

        var line = Assert.Single(NodeText.Of(errors));
        Assert.StartsWith("object 1: " + message, line, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_and_size_have_limits()
    {
        object deep = 1;
        for (var depth = 0; depth < 10_000; depth++)
        {
            deep = new Hashtable { ["a"] = deep };
        }

        object wide = "x";
        for (var depth = 0; depth < 50; depth++)
        {
            wide = new[] { wide, wide };
        }

        Read(new Hashtable { ["deep"] = deep });
        Assert.Matches(
            "^object 1: The value of deep(\\.a){63} is nested more deeply than 64 levels.$",
            NodeText.Of(errors).Single());

        Read(new Hashtable { ["wide"] = wide });
        Assert.Equal("object 1: The object has more than 1,000,000 values.", NodeText.Of(errors).Last());
    }

    [Theory]
    [InlineData("@{ provider = 'openai' }", true)]
    [InlineData("[pscustomobject]@{ provider = 'openai' }", true)]
    [InlineData("@{ Credentials = @() }", false)]
    [InlineData("[pscustomobject]@{ version = 1; credentials = $null }", false)]
    [InlineData("'openai'", false)]
    [InlineData("5", false)]
    [InlineData("[IO.DirectoryInfo]::new('/')", false)]
    public void What_has_no_list_of_credentials_is_one(string script, bool isRow) =>
        Assert.Equal(isRow, ObjectNodeReader.IsRow(shell.Run(script).Output.Single()));

    [Fact]
    public void A_list_or_null_is_no_row()
    {
        Assert.False(ObjectNodeReader.IsRow(null));
        Assert.False(ObjectNodeReader.IsRow(new object[] { new Hashtable() }));
    }

    [Fact]
    public void A_row_of_a_CSV_file_is_read_as_a_credential()
    {
        var row = new PSObject();
        foreach (var (name, value) in new (string, string?)[]
        {
            ("provider", "openai"), ("Workspace", "production"), ("workspace_id", "ignored"), ("Name", "A; B, C"),
            ("allowed_models", "openai/gpt-4o;openai/o3, openai/o3"), ("AllowedApiKeys", "Store front;Back office"),
            ("allowed_user_ids", "mei.tanaka@example.com"), ("is_required", "TRUE"), ("IsFallback", "false"),
            ("Disabled", ""), ("DeclaredZdr", "perhaps"), ("DeclaredRegion", " "), ("Label", "sk-...AbCd"),
            ("SortOrder", "3"), ("created_at", "1/1/2026"), ("AdditionalProperties", "x=1"), ("key", null),
        })
        {
            row.Properties.Add(new PSNoteProperty(name, value));
        }

        Assert.True(ObjectNodeReader.IsRow(row));
        Assert.Equal(
            "{provider:'openai',Workspace:'production',Name:'A; B, C',allowedmodels:['openai/gpt-4o','openai/o3'],"
                + "AllowedApiKeys:['Store front','Back office'],allowedUsers:['mei.tanaka@example.com'],"
                + "isrequired:true,IsFallback:false,DeclaredZdr:'perhaps'}",
            NodeText.Of(ObjectNodeReader.ReadRow(row, source, errors)));
        Assert.Empty(NodeText.Of(errors));
    }

    [Theory]
    [InlineData("$null")]
    [InlineData("' '")]
    [InlineData("[DBNull]::Value")]
    [InlineData("[Management.Automation.Internal.AutomationNull]::Value")]
    public void A_blank_cell_of_a_row_never_clears_a_setting(string value)
    {
        // A calculated property of Select-Object without a value has the last one.
        var row = shell.Run(
            "$row = [pscustomobject]@{ provider = 'openai' }; $row.PSObject.Properties.Add("
            + $"[Management.Automation.PSNoteProperty]::new('allowedModels', {value})); $row").Output.Single();

        Assert.Equal("{provider:'openai'}", NodeText.Of(ObjectNodeReader.ReadRow(row, source, errors)));
        Assert.Empty(NodeText.Of(errors));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_credential_of_the_account_is_read_as_a_configuration_has_it(bool isInList)
    {
        var key = new ByokKey(new ByokKeyChanges())
        {
            Id = Samples.Id,
            Provider = "openai",
            Label = "sk-...AbCd",
            WorkspaceId = "550e8400-e29b-41d4-a716-446655440000",
            AllowedApiKeyHashes = new AllowList([Hash]),
            DeclaredRegion = "europe",
            SortOrder = 3,
        };

        var node = isInList
            ? ListIn(Read(new Hashtable { ["credentials"] = new[] { key } })).Items.First()
            : ObjectNodeReader.ReadRow(PSObject.AsPSObject(key), source, errors);

        Assert.True(ObjectNodeReader.IsRow(key));
        Assert.Equal(
            $"{{Id:'{Samples.Id}',Provider:'openai',workspace:'550e8400-e29b-41d4-a716-446655440000',Disabled:false,"
                + "IsFallback:false,IsRequired:false,IsByokOnly:false,DeclaredRegion:'europe',"
                + $"allowedApiKeys:['{Hash}']}}",
            NodeText.Of(node));
        Assert.Empty(NodeText.Of(errors));
    }

    [Fact]
    public void A_property_under_two_names_is_an_error()
    {
        var row = new OrderedDictionary<string, object?> { ["is_required"] = true, ["IsRequired"] = false };

        Assert.Equal("{isrequired:true}", NodeText.Of(ObjectNodeReader.ReadRow(row, source, errors)));
        Assert.StartsWith(
            "object 1: The property IsRequired is specified twice in the same object", NodeText.Of(errors).Single(),
            StringComparison.Ordinal);
    }

    private static ArrayNode ListIn(ConfigurationNode node) => (ArrayNode)((ObjectNode)node).Properties[0].Value;

    private ConfigurationNode Read(object? value) => ObjectNodeReader.Read(value, source, errors);
}
