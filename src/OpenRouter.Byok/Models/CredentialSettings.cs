using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok;

/// <summary>
/// The settings of a credential that New and Set write. Parameters, piped objects, -Clear, -WhatIf and the JSON of
/// requests are read and written by this table.
/// </summary>
internal static class CredentialSettings
{
    public static readonly TextSetting Name = new("name", nameof(ByokKey.Name), key => key.Name)
    {
        SetParameter = "NewName",
        IsFreeText = true,
        NullText = Messages.NoNameValue,
    };

    public static readonly ListSetting AllowedModels = new(
        "allowed_models", nameof(ByokKey.AllowedModels), "AllowedModel", key => key.AllowedModels);

    public static readonly ListSetting AllowedApiKeyHashes = new(
        "allowed_api_key_hashes", nameof(ByokKey.AllowedApiKeyHashes), "AllowedApiKeyHash",
        key => key.AllowedApiKeyHashes)
    {
        Names = new NamedEntries("AllowedApiKey", typeof(OpenRouterApiKey), nameof(OpenRouterApiKey.Hash)),
        // So an API key of the account that is piped to New gets a credential of its own.
        PipedNames = [nameof(ByokKey.AllowedApiKeyHashes), "AllowedApiKeyHash", nameof(OpenRouterApiKey.Hash)],
    };

    public static readonly ListSetting AllowedUserIds = new(
        "allowed_user_ids", nameof(ByokKey.AllowedUserIds), "AllowedUserId", key => key.AllowedUserIds)
    {
        Names = new NamedEntries("AllowedUser", typeof(OpenRouterMember), nameof(OpenRouterMember.Id)),
        Comparer = StringComparer.Ordinal,
    };

    public static readonly CredentialSetting<bool> Disabled = new(
        "disabled", nameof(ByokKey.Disabled), "Disabled", key => key.Disabled);

    public static readonly CredentialSetting<bool> IsFallback = new(
        "is_fallback", nameof(ByokKey.IsFallback), "Fallback", key => key.IsFallback);

    public static readonly CredentialSetting<bool> IsRequired = new(
        "is_required", nameof(ByokKey.IsRequired), "Required", key => key.IsRequired);

    public static readonly CredentialSetting<bool> IsByokOnly = new(
        "is_byok_only", nameof(ByokKey.IsByokOnly), "ByokOnly", key => key.IsByokOnly);

    public static readonly CredentialSetting<bool?> DeclaredZdr = new(
        "declared_zdr", nameof(ByokKey.DeclaredZdr), "DeclaredZdr", key => key.DeclaredZdr)
    {
        NullText = Messages.InheritedValue,
    };

    public static readonly TextSetting DeclaredRegion = new(
        "declared_region", nameof(ByokKey.DeclaredRegion), key => key.DeclaredRegion)
    {
        NullText = Messages.UndeclaredValue,
    };

    /// <summary>All of them, in the order in which they are sent and shown.</summary>
    public static readonly IReadOnlyList<CredentialSetting> All =
    [
        Name, AllowedModels, AllowedApiKeyHashes, AllowedUserIds, Disabled, IsFallback, IsRequired, IsByokOnly,
        DeclaredZdr, DeclaredRegion,
    ];

    public static readonly IReadOnlyList<ListSetting> Lists = [.. All.OfType<ListSetting>()];
}
