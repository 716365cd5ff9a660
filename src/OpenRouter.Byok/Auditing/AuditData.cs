using System;
using System.Collections.Generic;
using OpenRouter.Byok.Api.Json;

namespace OpenRouter.Byok.Auditing;

/// <summary>What a rule needs to know besides the credentials.</summary>
[Flags]
internal enum AuditDataKinds
{
    None = 0,
    ApiKeys = 1,
    Members = 2,
    Models = 4,
    HostedModels = 8,
    Providers = 16,
    Activity = 32,
}

/// <summary>What was looked up besides the credentials. What is null is not known.</summary>
internal sealed record AuditData
{
    /// <summary>The API keys of all workspaces, disabled ones included.</summary>
    public IReadOnlyList<OpenRouterApiKey>? ApiKeys { get; init; }

    /// <summary>The ids of all members.</summary>
    public ISet<string>? Members { get; init; }

    /// <summary>The slugs of all models.</summary>
    public ISet<string>? Models { get; init; }

    /// <summary>The slugs of the models of a provider, for those providers for which that is known.</summary>
    public IReadOnlyDictionary<string, ISet<string>>? HostedModels { get; init; }

    /// <summary>All providers.</summary>
    public IReadOnlyList<OpenRouterProvider>? Providers { get; init; }

    /// <summary>The activity of the last 30 completed days, each row of one workspace.</summary>
    public IReadOnlyList<ActivityItem>? Activity { get; init; }

    /// <summary>The workspaces whose names are known.</summary>
    public IReadOnlyList<OpenRouterWorkspace> Workspaces { get; init; } = [];

    public bool Has(AuditDataKinds kind) => kind switch
    {
        AuditDataKinds.ApiKeys => ApiKeys is not null,
        AuditDataKinds.Members => Members is not null,
        AuditDataKinds.Models => Models is not null,
        AuditDataKinds.HostedModels => HostedModels is not null,
        AuditDataKinds.Providers => Providers is not null,
        AuditDataKinds.Activity => Activity is not null,
        _ => true,
    };
}
