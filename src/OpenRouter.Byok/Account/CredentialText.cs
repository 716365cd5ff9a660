using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Account;

/// <summary>Settings of a credential in a few words.</summary>
internal static class CredentialText
{
    /// <summary>What a credential is used as: of several settings, the one that overrides the others.</summary>
    public static CredentialUse UseOf(ByokKey key) => key switch
    {
        { Disabled: true } => CredentialUse.Disabled,
        { IsByokOnly: true } => CredentialUse.ByokOnly,
        { IsRequired: true } => CredentialUse.Required,
        { IsFallback: true } => CredentialUse.Fallback,
        _ => CredentialUse.Prioritized,
    };

    public static string Name(CredentialUse use) => use switch
    {
        CredentialUse.Disabled => Messages.StateDisabled,
        CredentialUse.ByokOnly => Messages.UseByokOnly,
        CredentialUse.Required => Messages.UseRequired,
        CredentialUse.Fallback => Messages.UseFallback,
        _ => Messages.UsePrioritized,
    };

    /// <summary>How many entries the allow lists of a credential have, such as 2 models, 1 key.</summary>
    public static string Restrictions(ByokKey key) => string.Join(", ", new[]
    {
        Count(key.AllowedModels, Messages.OneModel, Messages.Models),
        Count(key.AllowedApiKeyHashes, Messages.OneApiKey, Messages.ApiKeys),
        Count(key.AllowedUserIds, Messages.OneUser, Messages.Users),
    }.OfType<string>());

    private static string? Count(AllowList? entries, string one, string many) => entries switch
    {
        null => null,
        { Count: 1 } => one,
        _ => Messages.Format(many, entries.Count),
    };
}

/// <summary>What a credential is used as.</summary>
internal enum CredentialUse
{
    Prioritized,
    Fallback,
    Required,
    ByokOnly,
    Disabled,
}
