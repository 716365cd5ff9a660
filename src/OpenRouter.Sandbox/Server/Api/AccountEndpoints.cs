using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization.Metadata;

namespace OpenRouter.Sandbox.Server;

/// <summary>Who calls, and what the account holds besides credentials.</summary>
internal sealed class AccountEndpoints(SandboxStore store, bool isPersonalAccount, string managementKey)
{
    private const int DefaultLimit = 50;
    private const int MaximumPageSize = 100;

    public IEnumerable<Route> Routes =>
    [
        new("GET", "/key", Access.AnyKey, WhoAmI),
        new("GET", "/keys", Access.ManagementKey, ListKeys),
        new("GET", "/keys/{}", Access.ManagementKey, GetKey),
        new("GET", "/workspaces", Access.ManagementKey, ListWorkspaces),
        new("GET", "/workspaces/{}", Access.ManagementKey, GetWorkspace),
        new("GET", "/organization/members", Access.ManagementKey, ListMembers),
    ];

    private ApiResponse WhoAmI(ApiRequest request)
    {
        _ = new QueryReader(request.Http);
        var organization = isPersonalAccount ? null : SampleAccount.OrganizationId;
        var current = request.Caller is { } used
            ? new CurrentKey
            {
                Label = used.Label,
                Limit = used.Limit,
                LimitRemaining = used.LimitRemaining,
                LimitReset = used.LimitReset,
                IncludeByokInLimit = used.IncludeByokInLimit,
                CreatorUserId = used.CreatorUserId,
                ExpiresAt = used.ExpiresAt,
                Usage = used.Usage,
                UsageDaily = used.UsageDaily,
                UsageWeekly = used.UsageWeekly,
                UsageMonthly = used.UsageMonthly,
                ByokUsage = used.ByokUsage,
                ByokUsageDaily = used.ByokUsageDaily,
                ByokUsageWeekly = used.ByokUsageWeekly,
                ByokUsageMonthly = used.ByokUsageMonthly,
                WorkspaceId = used.WorkspaceId,
                OrganizationId = organization,
                AllowedDataRegions = used.AllowedDataRegions,
            }
            : new CurrentKey
            {
                Label = SampleAccount.KeyLabel(managementKey),
                IsManagementKey = true,
                CreatorUserId = SampleAccount.Ada.Id,
                OrganizationId = organization,
            };
        return ApiResponse.Of(new DataResponse<CurrentKey>(current), SandboxJson.Default.DataResponseCurrentKey);
    }

    private ApiResponse ListKeys(ApiRequest request)
    {
        var query = new QueryReader(request.Http, "offset", "workspace_id", "include_disabled");
        var offset = query.Offset();
        var withDisabled = query.Flag("include_disabled") ?? false;
        var workspace = store.WorkspaceOrDefault(query.Uuid("workspace_id"));
        IReadOnlyList<ApiKey> page =
        [
            .. store.ApiKeys
                .Where(key => key.WorkspaceId == workspace && (withDisabled || !key.Disabled))
                .Skip(offset)
                .Take(MaximumPageSize),
        ];
        return ApiResponse.Of(new DataResponse<IReadOnlyList<ApiKey>>(page), SandboxJson.Default.ApiKeys);
    }

    private ApiResponse GetKey(ApiRequest request)
    {
        var found = store.ApiKeys.FirstOrDefault(key => key.Hash == request.Argument) ?? throw ApiException.NotFound();
        return ApiResponse.Of(new DataResponse<ApiKey>(found), SandboxJson.Default.DataResponseApiKey);
    }

    private ApiResponse ListWorkspaces(ApiRequest request) =>
        ListPage(request, store.Workspaces, SandboxJson.Default.PageWorkspace);

    private ApiResponse GetWorkspace(ApiRequest request)
    {
        var wanted = request.Argument;
        var found = store.Workspaces.FirstOrDefault(workspace => workspace.Id.ToString() == wanted
            || workspace.Slug == wanted) ?? throw ApiException.NotFound();
        return ApiResponse.Of(new DataResponse<Workspace>(found), SandboxJson.Default.DataResponseWorkspace);
    }

    private ApiResponse ListMembers(ApiRequest request) => isPersonalAccount
        ? throw ApiException.NotFound()
        : ListPage(request, store.Members, SandboxJson.Default.PageMember);

    private static ApiResponse ListPage<T>(ApiRequest request, IReadOnlyList<T> all, JsonTypeInfo<Page<T>> type)
    {
        var query = new QueryReader(request.Http, "offset", "limit");
        var limit = query.Limit(MaximumPageSize) ?? DefaultLimit;
        return ApiResponse.Of(new Page<T>([.. all.Skip(query.Offset()).Take(limit)], all.Count), type);
    }
}
