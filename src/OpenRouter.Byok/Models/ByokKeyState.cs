namespace OpenRouter.Byok;

/// <summary>Whether a credential takes part in routing.</summary>
public enum ByokKeyState
{
    /// <summary>It is used.</summary>
    Enabled,

    /// <summary>It is switched off.</summary>
    Disabled,
}
