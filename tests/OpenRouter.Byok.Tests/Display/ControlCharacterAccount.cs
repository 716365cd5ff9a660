using System;
using System.Text.Json;

namespace OpenRouter.Byok.Tests.Display;

/// <summary>An account in which every name ends with control and formatting characters.</summary>
internal static class ControlCharacterAccount
{
    /// <summary>What every name ends with.</summary>
    public const string Ending =
        "\u001b[2J\a\r\nForged: yes\0\u009b31m\u202elanigiro\u2066\u2028\u200b\ufeff\U000E0041";

    public const string Workspace = "550e8400-e29b-41d4-a716-446655440000";

    private const string OtherWorkspace = "550e8400-e29b-41d4-a716-446655440001";

    /// <summary>A name such as people give.</summary>
    public static string Named(string name) => name + Ending;

    public static Response To(RawRequest request)
    {
        var path = request.Target["/api/v1/".Length..].Split('?')[0];
        return (request.Method, path.Split('/')) switch
        {
            ("DELETE", _) => Response.Json("""{"deleted":true}"""),
            ("POST", ["byok"]) => One(Credentials[0], 201),
            ("POST", _) => Json(new { id = Named("gen"), choices = new[] { new { } }, usage = new { is_byok = true } }),
            (_, ["byok"]) => Page(Credentials),
            (_, ["byok", _]) => One(Credentials[0]),
            (_, ["key"]) => One(new
            {
                label = Named("sk-or-v1"),
                is_management_key = request.Header("Authorization") == "Bearer " + ScriptedServer.Key,
            }),
            (_, ["keys"]) => Page(ApiKeys),
            (_, ["keys", _]) => One(ApiKeys[0]),
            (_, ["workspaces"]) => Page(Workspaces),
            (_, ["workspaces", _]) => One(Workspaces[0]),
            (_, ["organization", "members"]) => Page(Members),
            (_, ["providers"]) => Page(Providers),
            (_, ["models"]) => Page(Models),
            (_, ["activity"]) => Page(IsForTheOthers(request.Target) ? [] : Activity),
            _ => Response.Error(404, Named("Nothing")),
        };
    }

    private static object[] Credentials =>
    [
        Credential(Samples.Id, "openai", Named("Evil"), Workspace, isRequired: true),
        Credential(Samples.OtherId, "openai", Named("Evil twin"), Workspace, isDisabled: true, isRequired: true),
        Credential("33333333-2222-3333-4444-555555555555", "openai", Named("Evil twin"), OtherWorkspace),
        Credential("44444444-2222-3333-4444-555555555555", Named("evil-ai"), null, null),
        Credential("55555555-2222-3333-4444-555555555555", "azure", Named("Evil alone"), Workspace, isPlain: true),
    ];

    private static object Credential(
        string id,
        string provider,
        string? name,
        string? workspace,
        bool isDisabled = false,
        bool isRequired = false,
        bool isPlain = false) => new
        {
            id,
            provider,
            name,
            label = Named("sk-...") + "AbCd",
            workspace_id = workspace,
            disabled = isDisabled,
            is_required = isRequired,
            declared_region = isPlain ? null : isDisabled ? "europe" : Named("mars"),
            allowed_models = isPlain || isRequired ? null : new[] { Named("evil/model") },
            allowed_user_ids = isPlain || isRequired ? null : new[] { Named("user_evil") },
            created_at = "2024-01-01T00:00:00Z",
            color = Named("evil"),
            shades = new { dark = Named("evil"), light = new[] { Named("evil") } },
        };

    private static object[] ApiKeys =>
    [
        ApiKey(Samples.Hash), ApiKey(new string('a', 64)), ApiKey(new string('b', 64)),
    ];

    private static object ApiKey(string hash) => new
    {
        hash,
        name = Named("Evil app"),
        label = Named("sk-or-v1"),
        workspace_id = Workspace,
        limit_reset = Named("daily"),
        creator_user_id = Named("user_evil"),
    };

    private static object[] Workspaces => [AWorkspace(Workspace, "one"), AWorkspace(OtherWorkspace, "two")];

    private static object AWorkspace(string id, string slug) => new
    {
        id,
        name = Named("Evil corner"),
        slug = Named(slug),
        description = Named("Evil things"),
        default_text_model = Named("evil/model"),
        default_image_model = Named("evil/model"),
        default_provider_sort = Named("price"),
        default_guardrail_id = Named("guard"),
        created_by = Named("user_evil"),
    };

    private static object[] Members =>
    [
        Member("user_one"), Member("user_two"),
    ];

    private static object Member(string id) => new
    {
        id = Named(id),
        email = Named("evil@example.com"),
        first_name = Named("Evil"),
        last_name = Named("Knievel"),
        role = Named("org:evil"),
    };

    private static object[] Providers =>
    [
        Provider("openai"), Provider("azure"), Provider(Named("evil-ai")),
    ];

    private static object Provider(string slug) => new
    {
        slug,
        name = Named("Evil AI"),
        headquarters = Named("XX"),
        datacenters = new[] { Named("XX") },
        privacy_policy_url = Named("https://evil.example/privacy"),
        terms_of_service_url = Named("https://evil.example/terms"),
        status_page_url = Named("https://evil.example/status"),
    };

    private static object[] Models =>
    [
        Model("openai/gpt-4o"), Model(Named("evil/new")),
    ];

    private static object Model(string id) => new
    {
        id,
        canonical_slug = Named("evil/model-2"),
        name = Named("Evil model"),
        description = Named("Evil"),
        architecture = new { modality = Named("text->text"), input_modalities = new[] { "text", Named("evil") } },
        pricing = new { prompt = "0.000001", completion = "0.000002" },
        supported_parameters = new[] { Named("temperature") },
        knowledge_cutoff = Named("2024"),
        expiration_date = Named("2030"),
    };

    private static object[] Activity =>
    [
        new
        {
            date = DateTime.UtcNow.Date.AddDays(-1).ToString("yyyy-MM-dd", null),
            model = Named("evil/model"),
            provider_name = Named("Evil AI"),
            workspace_id = Named("evil-workspace"),
            requests = 1,
            byok_usage_inference = 1,
        },
    ];

    // All of it came with the first API key and from the first member.
    private static bool IsForTheOthers(string target) =>
        (target.Contains("api_key_hash", StringComparison.Ordinal)
            && !target.Contains(Samples.Hash, StringComparison.Ordinal))
        || target.Contains("user_two", StringComparison.Ordinal);

    private static Response One(object data, int status = 200) => Json(new { data }, status);

    private static Response Page(object[] data) => Json(new { data, total_count = data.Length });

    private static Response Json(object body, int status = 200) =>
        Response.Json(JsonSerializer.Serialize(body), status);
}
