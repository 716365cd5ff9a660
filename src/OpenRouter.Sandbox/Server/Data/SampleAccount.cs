using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;

namespace OpenRouter.Sandbox.Server;

/// <summary>A small company: three workspaces, four people, seven API keys.</summary>
internal static class SampleAccount
{
    // Other at each start of the program, as the management key is: whoever knows this source does not know them.
    private static readonly string Salt = RandomNumberGenerator.GetHexString(64);

    public static readonly string InferenceKey = Secret("inference key");

    public static readonly string OrganizationId = $"org_{SeededIds.Hash("organization")[..27]}";

    public static readonly Guid DefaultWorkspaceId = SeededIds.Of("workspace default");
    public static readonly Guid ProductionWorkspaceId = SeededIds.Of("workspace production");
    public static readonly Guid ScratchWorkspaceId = SeededIds.Of("workspace scratch");

    public static readonly Member Ada = Person("Ada", "Okafor", "org:admin");
    public static readonly Member Jonas = Person("Jonas", "Lindqvist", "org:admin");
    public static readonly Member Mei = Person("Mei", "Tanaka", "org:member");
    public static readonly Member Rafael = Person("Rafael", "Costa", "org:member");

    /// <summary>Somebody who left, so none of the members.</summary>
    public static readonly Member FormerMember = Person("Noor", "Haddad", "org:member");

    public static readonly IReadOnlyList<Member> Members = [Ada, Jonas, Mei, Rafael];

    public static readonly IReadOnlyList<Workspace> Workspaces =
    [
        new()
        {
            Id = DefaultWorkspaceId,
            Name = "Default",
            Slug = "default",
            DefaultGuardrailId = SeededIds.Of("guardrail default"),
            CreatedAt = Day(2025, 9, 1),
            CreatedBy = Ada.Id,
        },
        new()
        {
            Id = ProductionWorkspaceId,
            Name = "Production",
            Slug = "production",
            Description = "What customers see",
            DefaultGuardrailId = SeededIds.Of("guardrail production"),
            DefaultTextModel = "anthropic/claude-sonnet-4.5",
            DefaultProviderSort = "latency",
            IncludeByokInBudgets = true,
            CreatedAt = Day(2025, 10, 6),
            UpdatedAt = Day(2026, 5, 19),
            CreatedBy = Jonas.Id,
        },
        new()
        {
            Id = ScratchWorkspaceId,
            Name = "Scratch",
            Slug = "scratch",
            Description = "For testing new keys",
            DefaultGuardrailId = SeededIds.Of("guardrail scratch"),
            CreatedAt = Day(2026, 6, 22),
            CreatedBy = Ada.Id,
        },
    ];

    public static readonly ApiKey Assistant = Key("Assistant", DefaultWorkspaceId, Ada, Day(2025, 9, 2)) with
    {
        // The inference key is one of the account's keys, so its hash is the one that lists and credentials name.
        Hash = SeededIds.Hash(InferenceKey),
        Label = KeyLabel(InferenceKey),
        Usage = 184.2,
        UsageMonthly = 22.7,
        UsageWeekly = 6.1,
        UsageDaily = 0.9,
        ByokUsage = 96.4,
        ByokUsageMonthly = 14.3,
        ByokUsageWeekly = 3.2,
        ByokUsageDaily = 0.4,
    };

    public static readonly ApiKey Evaluation = Key("Nightly eval", DefaultWorkspaceId, Mei, Day(2025, 11, 17)) with
    {
        Limit = 200,
        LimitRemaining = 131.5,
        LimitReset = "monthly",
        Usage = 68.5,
        UsageMonthly = 68.5,
        ByokUsage = 240.8,
        ByokUsageMonthly = 51.9,
    };

    public static readonly ApiKey Prototype = Key("Prototype 2025", DefaultWorkspaceId, Rafael, Day(2025, 9, 23)) with
    {
        Disabled = true,
        UpdatedAt = Day(2026, 1, 8),
        Usage = 3.4,
    };

    public static readonly ApiKey Storefront = Key("Storefront", ProductionWorkspaceId, Jonas, Day(2025, 10, 6)) with
    {
        Usage = 1204.6,
        UsageMonthly = 188.2,
        UsageWeekly = 40.5,
        UsageDaily = 5.8,
        ByokUsage = 3310.7,
        ByokUsageMonthly = 402.4,
        ByokUsageWeekly = 95.1,
        ByokUsageDaily = 13.6,
    };

    public static readonly ApiKey Support = Key("Support desk", ProductionWorkspaceId, Jonas, Day(2026, 2, 11)) with
    {
        Usage = 77.3,
        UsageMonthly = 12.6,
        ByokUsage = 512.9,
        ByokUsageMonthly = 88.4,
    };

    public static readonly ApiKey Batch = Key("EU batch", ProductionWorkspaceId, Ada, Day(2026, 6, 3)) with
    {
        ExpiresAt = Day(2027, 6, 3),
        AllowedDataRegions = [DataRegions.Europe],
        Limit = 500,
        LimitRemaining = 500,
        LimitReset = "monthly",
        IncludeByokInLimit = true,
        ByokUsage = 148.1,
        ByokUsageMonthly = 39.7,
    };

    /// <summary>The key of the workspace for tests of new credentials; it is in no activity.</summary>
    public static readonly ApiKey CredentialTests =
        Key("Credential tests", ScratchWorkspaceId, Ada, Day(2026, 6, 22));

    /// <summary>It was deleted, as its creator left; what it used is still in the activity.</summary>
    public static readonly ApiKey Deleted = Key("Ticket bot", ProductionWorkspaceId, FormerMember, Day(2026, 2, 11));

    public static readonly IReadOnlyList<ApiKey> ApiKeys =
        [Assistant, Evaluation, Prototype, Storefront, Support, Batch, CredentialTests];

    /// <summary>The keys themselves, by the name of the API key: what an application would hold.</summary>
    public static readonly IReadOnlyDictionary<string, string> InferenceKeys = ApiKeys.ToDictionary(
        key => key.Name, key => key == Assistant ? InferenceKey : SecretOf(key.Name));

    /// <summary>Such as <c>sk-or-v1-0e6...1c96</c>.</summary>
    public static string KeyLabel(string key) =>
        key.Length < 32 ? KeyMaterial.Label(key) : $"{key[..12]}...{key[^4..]}";

    private static DateTime Day(int year, int month, int day) => new(year, month, day, 9, 30, 0, DateTimeKind.Utc);

    private static Member Person(string first, string last, string role) =>
        new($"user_{SeededIds.Hash(first)[..27]}", first, last, $"{first}.{last}@example.com".ToLowerInvariant(), role);

    private static string SecretOf(string name) => Secret("api key " + name);

    private static string Secret(string seed) => "sk-or-v1-" + SeededIds.Hash(Salt + seed);

    private static ApiKey Key(string name, Guid workspace, Member creator, DateTime createdAt)
    {
        var secret = SecretOf(name);
        return new ApiKey
        {
            Hash = SeededIds.Hash(secret),
            Label = KeyLabel(secret),
            Name = name,
            WorkspaceId = workspace,
            CreatorUserId = creator.Id,
            CreatedAt = createdAt,
        };
    }
}
