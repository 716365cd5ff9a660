namespace OpenRouter.Byok;

/// <summary>Whether a credential takes part in routing.</summary>
public enum ByokKeyState
{
    /// <summary>It is enabled.</summary>
    Enabled,

    /// <summary>It is disabled.</summary>
    Disabled,
}
