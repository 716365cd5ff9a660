namespace OpenRouter.Byok;

/// <summary>What came of a planned change.</summary>
public enum ByokConfigurationStatus
{
    /// <summary>The change is only planned.</summary>
    Planned,

    /// <summary>The change was made.</summary>
    Completed,

    /// <summary>The change failed; Reason says why.</summary>
    Failed,

    /// <summary>The change was not attempted, because another one failed or because it cannot be made.</summary>
    NotAttempted,
}
