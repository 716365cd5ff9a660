using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OpenRouter.Sandbox.Server;

/// <summary><c>/activity</c>: spending by day, model and endpoint over the last 30 completed UTC days.</summary>
internal sealed class ActivityEndpoint(SandboxStore store, SandboxOptions options)
{
    private const string DayFormat = "yyyy-MM-dd";

    public IEnumerable<Route> Routes => [new("GET", "/activity", Access.ManagementKey, List)];

    private ApiResponse List(ApiRequest request)
    {
        var query = new QueryReader(request.Http, "date", "workspace_id", "group_by", "api_key_hash", "user_id");
        var today = DateOnly.FromDateTime(options.Clock.GetUtcNow().UtcDateTime);
        var day = DaysAgo(query.Text("date"), today);
        var workspace = KnownWorkspace(query.Uuid("workspace_id"));
        var hash = KnownHash(query.Text("api_key_hash"));
        var user = KnownUser(query.Text("user_id"));
        var isSplit = IsSplitByWorkspace(query.Text("group_by"));

        var facts = SampleActivity.Facts.Where(fact => (day is null || fact.DaysAgo == day)
            && (workspace is null || fact.Key.WorkspaceId == workspace)
            && (hash is null || fact.Key.Hash == hash)
            && (user is null || fact.Key.CreatorUserId == user));
        IReadOnlyList<ActivityItem> items =
        [
            .. facts
                .GroupBy(fact => (fact.DaysAgo, fact.Model, fact.Provider,
                    Workspace: isSplit ? fact.Key.WorkspaceId : (Guid?)null))
                .Select(group => Sum(group.Key.Workspace, today, [.. group])),
        ];
        return ApiResponse.Of(new DataResponse<IReadOnlyList<ActivityItem>>(items), SandboxJson.Default.Activity);
    }

    private static ActivityItem Sum(Guid? workspace, DateOnly today, IReadOnlyList<ActivityFact> facts)
    {
        var first = facts[0];
        return new ActivityItem
        {
            Date = today.AddDays(-first.DaysAgo).ToString(DayFormat, CultureInfo.InvariantCulture),
            Model = first.Model.Id,
            ModelPermaslug = first.Model.CanonicalSlug,
            EndpointId = SeededIds.Of($"endpoint {first.Model.Id} {first.Provider.Slug}"),
            ProviderName = first.Provider.Name,
            Usage = Money.Trimmed(facts.Sum(fact => fact.Usage)),
            ByokUsageInference = Money.Trimmed(facts.Sum(fact => fact.ByokUsage)),
            Requests = facts.Sum(fact => fact.Requests),
            PromptTokens = facts.Sum(fact => fact.PromptTokens),
            CompletionTokens = facts.Sum(fact => fact.CompletionTokens),
            ReasoningTokens = facts.Sum(fact => fact.ReasoningTokens),
            WorkspaceId = workspace,
        };
    }

    private static int? DaysAgo(string? text, DateOnly today)
    {
        if (text is null)
        {
            return null;
        }

        if (!DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            throw ApiException.BadRequest("date must be a day such as 2025-08-24");
        }

        var days = today.DayNumber - date.DayNumber;
        return days is >= 1 and <= SampleActivity.Days
            ? days
            : throw ApiException.BadRequest($"date must be within the last {SampleActivity.Days} completed UTC days");
    }

    private Guid? KnownWorkspace(Guid? id) =>
        id is null || store.Workspaces.Any(workspace => workspace.Id == id) ? id : throw ApiException.NotFound();

    private string? KnownHash(string? hash)
    {
        if (hash is null)
        {
            return null;
        }

        if (!Patterns.ApiKeyHash().IsMatch(hash))
        {
            throw ApiException.BadRequest("api_key_hash must be 64 lowercase hexadecimal digits");
        }

        return store.ApiKeys.Any(key => key.Hash == hash) ? hash : throw ApiException.NotFound();
    }

    private string? KnownUser(string? id)
    {
        if (id is null)
        {
            return null;
        }

        if (options.IsPersonalAccount)
        {
            throw ApiException.BadRequest("user_id is only applicable for organization accounts");
        }

        return store.Members.Any(member => member.Id == id) ? id : throw ApiException.NotFound();
    }

    private static bool IsSplitByWorkspace(string? groupBy) => groupBy switch
    {
        null => false,
        "workspace" => true,
        _ => throw ApiException.BadRequest("group_by must be workspace"),
    };
}
