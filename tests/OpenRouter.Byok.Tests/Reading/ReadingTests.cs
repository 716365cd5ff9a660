using System;
using System.Linq;
using Xunit;

namespace OpenRouter.Byok.Tests.Reading;

/// <summary>What becomes of the JSON of a credential.</summary>
public sealed class ReadingTests : IClassFixture<ScriptedShell>
{
    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public ReadingTests(ScriptedShell scripted) => (server, shell) = (scripted.Reset().Server, scripted.Shell);

    [Fact]
    public void The_published_example_is_read_field_by_field()
    {
        var key = Read(Samples.Published);

        Assert.Equal("11111111-2222-3333-4444-555555555555", key.Id);
        Assert.Equal("openai", key.Provider);
        Assert.Equal("Production OpenAI Key", key.Name);
        Assert.Equal("sk-...AbCd", key.Label);
        Assert.Equal("550e8400-e29b-41d4-a716-446655440000", key.WorkspaceId);
        Assert.False(key.Disabled);
        Assert.False(key.IsFallback);
        Assert.False(key.IsRequired);
        Assert.False(key.IsByokOnly);
        Assert.Null(key.DeclaredZdr);
        Assert.Null(key.DeclaredRegion);
        Assert.Null(key.AllowedModels);
        Assert.Null(key.AllowedApiKeyHashes);
        Assert.Null(key.AllowedUserIds);
        Assert.Equal(0, key.SortOrder);
        Assert.Equal(new DateTimeOffset(2025, 8, 24, 10, 30, 0, TimeSpan.Zero), key.CreatedAt);
        Assert.Empty(key.AdditionalProperties);
    }

    [Fact]
    public void Every_field_is_read_when_it_has_a_value()
    {
        var key = Read(Samples.One(
            $"""
            "id":"{Samples.Id}","provider":"anthropic/2","name":"Ünïcode \u263a","label":"l","workspace_id":null,
            "disabled":true,"is_fallback":true,"is_required":true,"is_byok_only":true,"declared_zdr":false,
            "declared_region":"mars","allowed_models":["a/b","c/d"],"allowed_api_key_hashes":["{Samples.Hash}"],
            "allowed_user_ids":["user_1"],"sort_order":-7,"created_at":"2026-11-03T23:59:59.123+02:00"
            """));

        Assert.Equal("anthropic/2", key.Provider);
        Assert.Equal("Ünïcode ☺", key.Name);
        Assert.Equal("l", key.Label);
        Assert.Null(key.WorkspaceId);
        Assert.True(key.Disabled);
        Assert.True(key.IsFallback);
        Assert.True(key.IsRequired);
        Assert.True(key.IsByokOnly);
        Assert.False(key.DeclaredZdr);
        Assert.Equal("mars", key.DeclaredRegion);
        Assert.Equal(["a/b", "c/d"], key.AllowedModels);
        Assert.Equal([Samples.Hash], key.AllowedApiKeyHashes);
        Assert.Equal(["user_1"], key.AllowedUserIds);
        Assert.Equal(-7, key.SortOrder);
        Assert.Equal(new DateTimeOffset(2026, 11, 3, 23, 59, 59, 123, TimeSpan.FromHours(2)), key.CreatedAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData(
        """
        ,"name":null,"label":null,"workspace_id":null,"disabled":null,"is_fallback":null,"is_required":null,
        "is_byok_only":null,"declared_zdr":null,"declared_region":null,"allowed_models":null,
        "allowed_api_key_hashes":null,"allowed_user_ids":null,"sort_order":null,"created_at":null
        """)]
    public void Fields_that_are_missing_or_null_have_their_defaults(string fields)
    {
        var key = Read(Samples.One($"""
            "id":"{Samples.Id}","provider":"openai"{fields}
            """));

        Assert.Null(key.Name);
        Assert.Equal("", key.Label);
        Assert.Null(key.WorkspaceId);
        Assert.False(key.Disabled || key.IsFallback || key.IsRequired || key.IsByokOnly);
        Assert.Null(key.DeclaredZdr);
        Assert.Null(key.DeclaredRegion);
        Assert.True(key is { AllowedModels: null, AllowedApiKeyHashes: null, AllowedUserIds: null });
        Assert.Equal(0, key.SortOrder);
        Assert.Null(key.CreatedAt);
    }

    [Fact]
    public void Unknown_fields_stay_within_reach()
    {
        server.Then(Response.Json(Samples.One(
            """
            "id":"11111111-2222-3333-4444-555555555555","provider":"openai","color":"blue","is_new":true,
            "weight":9007199254740993,"share":0.1,"huge":1e300,"nothing":null,"list":[1,"two",[3]],
            "nested":{"deep":{"er":"still"}}
            """)));

        var result = shell.Run(
            """
            $extra = (Get-OpenRouterByokKey -Id $id).AdditionalProperties
            $extra.color; $extra['is_new']; $extra.weight; $extra.share; $extra.huge; $null -eq $extra.nothing
            $extra.ContainsKey('nothing'); $extra.list[1]; $extra.list[2][0]; $extra.nested.deep.er; $extra.Count
            """,
            new { id = Samples.Id });

        Assert.Empty(result.Errors);
        Assert.Equal(
            ["blue", true, 9007199254740993L, 0.1m, 1e300, true, true, "two", 3L, "still", 8],
            result.Output.Select(static value => value.BaseObject));
    }

    [Fact]
    public void An_escaped_text_equals_the_plain_one()
    {
        server.Then(Response.Json(Samples.Page(
            2, """ "id":"a","prov\u0069der":"open\u0061i" """, """ "id":"b","provider":"openai" """)));

        var keys = shell.Run("Get-OpenRouterByokKey").All<ByokKey>();

        Assert.Equal(["openai", "openai"], keys.Select(static key => key.Provider));
    }

    [Theory]
    [InlineData("\"id\":5")]
    [InlineData("\"id\":null")]
    [InlineData("\"id\":\"\"")]
    [InlineData("\"provider\":null")]
    [InlineData("\"provider\":[\"openai\"]")]
    [InlineData("\"name\":7")]
    [InlineData("\"name\":{\"en\":\"x\"}")]
    [InlineData("\"label\":true")]
    [InlineData("\"workspace_id\":1")]
    [InlineData("\"disabled\":\"false\"")]
    [InlineData("\"disabled\":0")]
    [InlineData("\"is_fallback\":\"no\"")]
    [InlineData("\"is_required\":[]")]
    [InlineData("\"is_byok_only\":1")]
    [InlineData("\"declared_zdr\":\"true\"")]
    [InlineData("\"declared_region\":false")]
    [InlineData("\"allowed_models\":\"a/b\"")]
    [InlineData("\"allowed_models\":[1]")]
    [InlineData("\"allowed_models\":[null]")]
    [InlineData("\"allowed_api_key_hashes\":{}")]
    [InlineData("\"allowed_user_ids\":true")]
    [InlineData("\"sort_order\":\"1\"")]
    [InlineData("\"sort_order\":1.5")]
    [InlineData("\"sort_order\":99999999999")]
    [InlineData("\"created_at\":\"yesterday\"")]
    [InlineData("\"created_at\":1724495400")]
    public void A_value_of_the_wrong_type_is_an_unreadable_answer(string field)
    {
        // What comes last counts, so the credential is whole but for the one field.
        IsUnreadable(Samples.One($"""
            "id":"{Samples.Id}","provider":"openai",{field}
            """));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"data\"")]
    [InlineData("{}")]
    [InlineData("{\"data\":null}")]
    [InlineData("{\"data\":[]}")]
    [InlineData("{\"data\":{}}")]
    [InlineData("{\"data\":{\"id\":\"11111111-2222-3333-4444-555555555555\"}}")]
    [InlineData("{\"data\":{\"id\":\"11111111-2222-3333-4444-555555555555\",\"provider\":\"openai\"")]
    [InlineData("{\"data\":{\"id\":\"11111111-2222-3333-4444-555555555555\",\"provider\":\"openai\"}} and more")]
    [InlineData("<html><body>Hello</body></html>")]
    public void A_body_that_is_no_credential_is_an_unreadable_answer(string body) => IsUnreadable(body);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"data\":null}")]
    [InlineData("{\"data\":{}}")]
    [InlineData("{\"data\":[null]}")]
    [InlineData("{\"data\":[[]]}")]
    [InlineData("{\"data\":[],\"total_count\":\"many\"}")]
    public void A_body_that_is_no_page_is_an_unreadable_answer(string body)
    {
        server.Then(Response.Json(body));

        var error = shell.Run("Get-OpenRouterByokKey").OnlyError();

        Assert.StartsWith("OpenRouterByok.InvalidResponse,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void The_answer_about_another_credential_is_not_taken_for_the_one_asked_for()
    {
        server.Then(Response.Json(Samples.Published));

        var error = shell.Run("Get-OpenRouterByokKey -Id $id", new { id = Samples.OtherId }).OnlyError();

        Assert.Contains("a different credential", error.ToString(), StringComparison.Ordinal);
    }

    private ByokKey Read(string body)
    {
        server.Then(Response.Json(body));
        return shell.Run("Get-OpenRouterByokKey -Id $id", new { id = Samples.Id }).Only<ByokKey>();
    }

    private void IsUnreadable(string body)
    {
        server.Then(Response.Json(body));

        var error = shell.Run("Get-OpenRouterByokKey -Id $id", new { id = Samples.Id }).OnlyError();

        Assert.StartsWith("OpenRouterByok.InvalidResponse,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(Samples.Id, error.TargetObject);
        // The answer may be anybody's page: its size and type are told, not its text.
        Assert.DoesNotContain("Hello", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("(application/json)", error.ToString(), StringComparison.Ordinal);
    }
}
