namespace OpenRouter.Byok;

/// <summary>When the keys of existing credentials are replaced by those of a configuration.</summary>
public enum ByokKeyUpdate
{
    /// <summary>Never. A key is sent only when its credential is created.</summary>
    Never,

    /// <summary>When the label of the credential shows that its key is another one.</summary>
    Changed,

    /// <summary>Always.</summary>
    Always,
}
