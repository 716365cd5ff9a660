namespace OpenRouter.Byok;

/// <summary>What is to be done with a credential so that the account matches a configuration.</summary>
public enum ByokConfigurationAction
{
    /// <summary>The credential matches the configuration.</summary>
    None,

    /// <summary>The credential does not exist yet.</summary>
    Create,

    /// <summary>The credential differs from the configuration.</summary>
    Update,

    /// <summary>The credential is not in the configuration, and stays.</summary>
    Extra,

    /// <summary>The credential is not in the configuration, and -Prune Disable was specified.</summary>
    Disable,

    /// <summary>The credential is not in the configuration, and -Prune Remove was specified.</summary>
    Remove,

    /// <summary>What the configuration wants cannot be done.</summary>
    Blocked,
}
