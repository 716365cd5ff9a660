using System;
using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Sandbox.Server;

/// <summary><c>/byok</c>: the provider credentials.</summary>
internal sealed class ByokEndpoints(SandboxStore store, TimeProvider clock)
{
    private const int DefaultLimit = 50;
    private const int MaximumLimit = 100;

    public IEnumerable<Route> Routes =>
    [
        new("GET", "/byok", Access.ManagementKey, List),
        new("POST", "/byok", Access.ManagementKey, Create),
        new("GET", "/byok/{}", Access.ManagementKey, Get),
        new("PATCH", "/byok/{}", Access.ManagementKey, Update),
        new("DELETE", "/byok/{}", Access.ManagementKey, Delete),
    ];

    // The published text says that a list is scoped to a workspace, and that a global credential is usable in every
    // workspace. Our reading: a workspace's list holds its own credentials and the global ones.
    private ApiResponse List(ApiRequest request)
    {
        var query = new QueryReader(request.Http, "offset", "limit", "workspace_id", "provider");
        var offset = query.Offset();
        var limit = query.Limit(MaximumLimit) ?? DefaultLimit;
        var provider = query.Text("provider") is { } slug ? CheckedSlug(slug) : null;
        var listing = store.List(store.WorkspaceOrDefault(query.Uuid("workspace_id")), provider);
        Credential[] page = [.. listing.Skip(offset).Take(limit)];
        return ApiResponse.Of(new Page<Credential>(page, listing.Count), SandboxJson.Default.PageCredential);
    }

    private ApiResponse Create(ApiRequest request)
    {
        using var document = JsonField.ReadObject(request);
        var body = document.RootElement;
        var workspace = JsonField.Optional(body, "workspace_id") is { } field
            ? QueryReader.ParseUuid(field.Text(), field.Name)
            : (Guid?)null;
        var blank = new Credential
        {
            Id = Guid.Empty,
            Provider = CheckedSlug(JsonField.Required(body, "provider").Text()),
            Label = KeyMaterial.Label(JsonField.Required(body, "key").Text(least: 1)),
            WorkspaceId = store.WorkspaceOrDefault(workspace),
            CreatedAt = Now(),
        };
        var draft = CredentialBody.Apply(blank, body, OwnHashes(), "provider", "workspace_id");
        return Respond(store.Create(draft), status: 201);
    }

    private ApiResponse Get(ApiRequest request) => Respond(store.Find(PathId(request)));

    private ApiResponse Update(ApiRequest request)
    {
        var id = PathId(request);
        using var document = JsonField.ReadObject(request);
        var body = document.RootElement;
        return Respond(store.Update(id, stored => CredentialBody.Apply(stored, body, OwnHashes())));
    }

    private ApiResponse Delete(ApiRequest request) => store.Remove(PathId(request))
        ? ApiResponse.Of(new Deletion(Deleted: true), SandboxJson.Default.Deletion)
        : throw ApiException.NotFound();

    private static ApiResponse Respond(Credential? credential, int status = 200) => credential is null
        ? throw ApiException.NotFound()
        : ApiResponse.Of(new DataResponse<Credential>(credential), SandboxJson.Default.DataResponseCredential, status);

    // Get and delete document no 400, so an id that is no UUID is one that does not exist.
    private static Guid PathId(ApiRequest request) =>
        Guid.TryParseExact(request.Argument, "D", out var id) ? id : throw ApiException.NotFound();

    private static string CheckedSlug(string slug) => Patterns.ProviderSlug().IsMatch(slug)
        ? slug
        : throw ApiException.BadRequest("provider must be a lowercase provider slug");

    private HashSet<string> OwnHashes() => [.. store.ApiKeys.Select(key => key.Hash)];

    private DateTime Now()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}
