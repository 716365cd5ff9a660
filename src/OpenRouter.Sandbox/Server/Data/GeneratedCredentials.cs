using System;
using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Sandbox.Server;

/// <summary>Any number of credentials in the default workspace: varied, and the same for the same number.</summary>
internal static class GeneratedCredentials
{
    private static readonly DateTime FirstCreated = new(2025, 12, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(30);

    private static readonly string[] Providers =
    [
        "openai", "anthropic", "azure", "amazon-bedrock", "google-vertex", "anthropic/2", "acme-ai", "mistral", "groq",
    ];

    private static readonly string[] Purposes =
        ["Production", "Staging", "Batch", "Nightly eval", "Support", "Research"];

    public static IReadOnlyList<Credential> Create(int count)
    {
        var sortOrders = Providers.ToDictionary(provider => provider, _ => 0);
        return [.. Enumerable.Range(0, count).Select(index => Create(index, sortOrders))];
    }

    private static Credential Create(int index, Dictionary<string, int> sortOrders)
    {
        // Digits of one hash decide everything: which combinations occur does not follow a short period.
        var dice = SeededIds.Of($"generated {index}").ToByteArray();
        var provider = Providers[dice[0] % Providers.Length];
        var isFallback = dice[1] % 6 == 0;
        return new Credential
        {
            Id = SeededIds.Of($"generated credential {index}"),
            Provider = provider,
            Name = dice[2] % 10 == 0 ? null : $"{Purposes[dice[3] % Purposes.Length]} {index + 1:D5}",
            Label = $"sk-...{Convert.ToHexStringLower(dice, 4, 2)}",
            WorkspaceId = SampleAccount.DefaultWorkspaceId,
            Disabled = dice[9] % 8 == 0,
            IsFallback = isFallback,
            IsRequired = dice[10] % 9 == 0,
            IsByokOnly = !isFallback && dice[11] % 12 == 0,
            DeclaredZdr = (dice[12] % 4) switch { 0 => true, 1 => false, _ => null },
            DeclaredRegion = provider == "azure" && dice[13] % 2 == 0 ? "europe" : null,
            AllowedModels = dice[14] % 5 == 0 ? ["openai/gpt-5-mini", "anthropic/claude-haiku-4.5"] : null,
            AllowedApiKeyHashes = dice[15] % 7 == 0 ? [SampleAccount.Evaluation.Hash] : null,
            AllowedUserIds = dice[5] % 11 == 0 ? [SampleAccount.Mei.Id] : null,
            SortOrder = sortOrders[provider]++,
            CreatedAt = FirstCreated + index * Pace,
        };
    }
}
