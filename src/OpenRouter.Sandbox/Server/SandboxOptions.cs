using System;

namespace OpenRouter.Sandbox.Server;

/// <summary>What a sandbox starts with.</summary>
internal sealed record SandboxOptions
{
    /// <summary>The loopback port; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>Null serves the sample credentials; a number serves exactly that many generated ones.</summary>
    public int? KeyCount { get; init; }

    /// <summary>
    /// Null lists credentials by provider, then in the order of trial; a number lists them in an order that helps
    /// nobody, always the same for the same number.
    /// </summary>
    public int? ShuffleSeed { get; init; }

    /// <summary>Waited before each answer.</summary>
    public TimeSpan Latency { get; init; }

    public FaultPlan? Faults { get; init; }

    /// <summary>The time of <c>created_at</c>, of the Date header and of the activity; never what is waited.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>A personal account has no organization, so its members are a 404.</summary>
    public bool IsPersonalAccount { get; init; }

    /// <summary>Null makes a random one at each start.</summary>
    public string? ManagementKey { get; init; }
}
