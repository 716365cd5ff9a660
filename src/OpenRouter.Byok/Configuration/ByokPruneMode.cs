namespace OpenRouter.Byok;

/// <summary>What is done with credentials that are not in a configuration.</summary>
public enum ByokPruneMode
{
    /// <summary>They are disabled.</summary>
    Disable,

    /// <summary>They are removed, which wipes their keys for good.</summary>
    Remove,
}
