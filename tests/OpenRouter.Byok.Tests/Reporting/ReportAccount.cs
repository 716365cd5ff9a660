using System;
using System.Collections.Generic;
using OpenRouter.Sandbox.Server;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>Credentials for reports, in which most rules of the audit find something.</summary>
internal static class ReportAccount
{
    /// <summary>So that every list is looked up, and every kind of use and restriction is there.</summary>
    public static IReadOnlyList<Credential> Messy =>
    [
        Of(1) with { AllowedModels = [] },
        Of(2) with { IsByokOnly = true, Disabled = true },
        Of(3) with { AllowedApiKeyHashes = [SampleAccount.Evaluation.Hash, new string('0', 64)] },
        Of(4) with { AllowedUserIds = [SampleAccount.Mei.Id, "user_gone"] },
        Of(5) with { AllowedModels = ["openai/gpt-5", "openai/gpt-2"] },
        Of(6) with { Provider = "anthropic", DeclaredRegion = "europe", DeclaredZdr = false },
        Of(7) with { Label = "sk-...SaMe", IsRequired = true },
        Of(8) with { Label = "sk-...SaMe", IsFallback = true, WorkspaceId = null, DeclaredZdr = true },
        Of(9) with { CreatedAt = DateTime.UtcNow.AddDays(-100), Name = null },
        Of(10) with { CreatedAt = DateTime.UtcNow.AddDays(-100), Disabled = true },
        Of(11) with
        {
            Provider = "mistral",
            WorkspaceId = SampleAccount.ProductionWorkspaceId,
            IsRequired = true,
            AllowedModels = ["mistral/one", "mistral/two", "mistral/three", "mistral/four"],
        },
        Of(12) with { Provider = "amazon-bedrock", CreatedAt = DateTime.UtcNow.AddDays(-30) },
        Of(13) with { Provider = "groq", IsByokOnly = true, WorkspaceId = SampleAccount.ProductionWorkspaceId },
    ];

    public static Credential Of(int mark) => new()
    {
        Id = SeededIds.Of($"report {mark}"),
        Provider = "openai",
        Name = $"Key {mark}",
        Label = $"sk-...m{mark:000}",
        SortOrder = mark,
        WorkspaceId = SampleAccount.DefaultWorkspaceId,
        CreatedAt = DateTime.UtcNow.AddDays(-1),
    };
}
