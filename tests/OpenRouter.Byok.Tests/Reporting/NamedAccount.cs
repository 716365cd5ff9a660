using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>
/// An account in which every text that somebody else chose ends with the same: names, labels, slugs, regions, the
/// entries of allow lists, and the activity. Two such accounts differ in nothing else.
/// </summary>
/// <param name="ending">What the texts end with.</param>
internal sealed class NamedAccount(string ending)
{
    private const string Workspace = "550e8400-e29b-41d4-a716-446655440000";

    private const string OtherWorkspace = "550e8400-e29b-41d4-a716-446655440001";

    /// <summary>A path that answers with an error, whose message ends so as well.</summary>
    public string? FailingPath { get; init; }

    public IEnumerable<string> Names => Credentials.Select(static key => key.Name).OfType<string>();

    public string Named(string name) => name + ending;

    public Response To(RawRequest request)
    {
        var path = request.Target["/api/v1".Length..].Split('?')[0];
        if (path == FailingPath)
        {
            return Response.Error(500, Named("Broken"));
        }

        return path switch
        {
            "/byok" => Page(Credentials.Select(static key => key.Fields)),
            "/key" => Json(new
            {
                data = new
                {
                    label = Named("sk-or-v1") + "AbCd",
                    is_management_key = true,
                    organization_id = Named("org"),
                },
            }),
            "/keys" => Page(ApiKeys),
            "/workspaces" => Page(Workspaces),
            "/organization/members" => Page(Members),
            "/providers" => Page(Providers),
            "/models" => Page([Model("openai/gpt-5"), Model(Named("evil/new"))]),
            "/activity" => Page(Activity),
            _ => Response.Error(404, Named("Nothing")),
        };
    }

    private (string? Name, object Fields)[] Credentials =>
    [
        Credential(1, "openai", Named("First"), Workspace, isRequired: true),
        Credential(2, "openai", Named("Second"), Workspace, isDisabled: true, isRequired: true),
        Credential(3, "openai", Named("Third"), OtherWorkspace, isByokOnly: true),
        Credential(4, Named("evil-ai"), null, null, isRestricted: true),
        Credential(5, "azure", Named("Fifth"), Workspace, isRestricted: true),
        Credential(6, "openai", Named("Sixth"), null, isRestricted: true, isRequired: true),
    ];

    private (string? Name, object Fields) Credential(
        int number,
        string provider,
        string? name,
        string? workspace,
        bool isDisabled = false,
        bool isRequired = false,
        bool isByokOnly = false,
        bool isRestricted = false) => (name, new
        {
            id = $"{number}{number}111111-2222-3333-4444-555555555555",
            provider,
            name,
            label = Named($"sk-{number}...") + "AbCd",
            workspace_id = workspace,
            disabled = isDisabled,
            is_required = isRequired,
            is_byok_only = isByokOnly,
            is_fallback = number == 6,
            declared_region = isRestricted ? Named("mars") : null,
            declared_zdr = isRestricted,
            allowed_models = isRestricted ? new[] { "openai/gpt-5", Named("evil/model") } : null,
            allowed_api_key_hashes = isRestricted ? new[] { Samples.Hash, Named("hash") } : null,
            allowed_user_ids = isRestricted ? new[] { Named("user_one"), Named("user_gone") } : null,
            sort_order = number,
            created_at = "2024-01-01T00:00:00Z",
        });

    private object[] ApiKeys =>
    [
        new { hash = Samples.Hash, name = Named("App"), label = Named("sk-or-v1"), workspace_id = Workspace },
    ];

    private object[] Workspaces => [AWorkspace(Workspace, "one"), AWorkspace(OtherWorkspace, "two")];

    private object AWorkspace(string id, string name) => new { id, name = Named(name), slug = name };

    private object[] Members =>
    [
        new { id = Named("user_one"), email = Named("one@example.com"), role = Named("org:evil") },
    ];

    private object[] Providers =>
    [
        new { slug = "openai", name = Named("OpenAI"), datacenters = new[] { Named("XX") } },
        new { slug = "azure", name = Named("Azure"), datacenters = new[] { Named("XX") } },
        new { slug = Named("evil-ai"), name = Named("Evil AI"), datacenters = new[] { Named("XX") } },
    ];

    private static object Model(string id) => new { id, canonical_slug = id, name = id };

    private object[] Activity =>
    [
        Usage(Named("openai/gpt-5"), Named("OpenAI"), 2), Usage(Named("evil/model"), Named("Evil AI"), 1),
    ];

    private static object Usage(string model, string provider, int amount) => new
    {
        date = DateTime.UtcNow.Date.AddDays(-1).ToString("yyyy-MM-dd", null),
        model,
        provider_name = provider,
        workspace_id = Workspace,
        requests = amount,
        usage = 10 * amount,
        byok_usage_inference = amount,
    };

    private static Response Page(IEnumerable<object> data) =>
        Json(new { data = data.ToList(), total_count = data.Count() });

    private static Response Json(object body) => Response.Json(JsonSerializer.Serialize(body));
}
