using System;
using System.Collections.Generic;
using System.Text.Json;

namespace OpenRouter.Sandbox.Server;

/// <summary>Reads the bodies of create and update: whatever the contract does not name is refused by name.</summary>
/// <remarks>
/// Both fold the fields that are there onto a credential, a new one or the stored one. So an absent field leaves things
/// as they are, null clears, a value replaces.
/// </remarks>
internal static class CredentialBody
{
    private const int MaximumNameLength = 255;
    private const int MaximumEntries = 100;

    /// <summary>Folds the optional fields onto a credential; create passes the fields it has read itself.</summary>
    public static Credential Apply(
        Credential credential,
        JsonElement body,
        IReadOnlySet<string> ownHashes,
        params ReadOnlySpan<string> alreadyRead)
    {
        string? keyRegion = null;
        foreach (var field in body.EnumerateObject())
        {
            if (alreadyRead.Contains(field.Name))
            {
                continue;
            }

            var value = new JsonField(field.Name, field.Value);
            switch (field.Name)
            {
                case "key":
                    var key = value.Text(least: 1);
                    keyRegion = KeyMaterial.Region(key);
                    credential = credential with
                    {
                        Label = KeyMaterial.Label(key),
                        Upstream = KeyUpstream.Of(credential.Provider, key),
                    };
                    break;
                case "name":
                    credential = credential with { Name = value.TextOrNull(MaximumNameLength) };
                    break;
                case "disabled":
                    credential = credential with { Disabled = value.Flag() };
                    break;
                case "is_fallback":
                    credential = credential with { IsFallback = value.Flag() };
                    break;
                case "is_required":
                    credential = credential with { IsRequired = value.Flag() };
                    break;
                case "is_byok_only":
                    credential = credential with { IsByokOnly = value.Flag() };
                    break;
                case "declared_zdr":
                    credential = credential with { DeclaredZdr = value.FlagOrNull() };
                    break;
                case "declared_region":
                    credential = credential with { DeclaredRegion = value.TextOrNull() };
                    break;
                case "allowed_models":
                    credential = credential with { AllowedModels = value.TextsOrNull(MaximumEntries) };
                    break;
                case "allowed_user_ids":
                    credential = credential with { AllowedUserIds = value.TextsOrNull(MaximumEntries) };
                    break;
                case "allowed_api_key_hashes":
                    credential = credential with { AllowedApiKeyHashes = Hashes(value, ownHashes) };
                    break;
                default:
                    throw ApiException.BadRequest($"Unrecognized field: {field.Name}");
            }
        }

        if (keyRegion is not null && DerivesRegion(credential.Provider))
        {
            credential = credential with { DeclaredRegion = keyRegion };
        }

        return Checked(credential);
    }

    private static Credential Checked(Credential credential)
    {
        if (credential is { IsByokOnly: true, IsFallback: true })
        {
            throw ApiException.BadRequest("is_byok_only cannot be combined with is_fallback");
        }

        if (credential is { DeclaredRegion: "europe" or "us", Provider: not "azure" }
            && !DerivesRegion(credential.Provider))
        {
            throw ApiException.BadRequest(
                $"declared_region {credential.DeclaredRegion} is not supported for provider {credential.Provider}");
        }

        return credential;
    }

    private static bool DerivesRegion(string provider) => provider is "openai" or "fireworks";

    private static IReadOnlyList<string>? Hashes(JsonField field, IReadOnlySet<string> ownHashes)
    {
        var hashes = field.TextsOrNull(MaximumEntries);
        if (hashes is null)
        {
            return null;
        }

        if (hashes.Count == 0)
        {
            throw ApiException.BadRequest($"{field.Name} must contain at least one hash");
        }

        for (var index = 0; index < hashes.Count; index++)
        {
            if (!Patterns.ApiKeyHash().IsMatch(hashes[index]))
            {
                throw ApiException.BadRequest($"{field.Name}[{index}] must be 64 lowercase hexadecimal digits");
            }

            if (!ownHashes.Contains(hashes[index]))
            {
                throw ApiException.BadRequest($"{field.Name}[{index}] is not an API key of this account");
            }
        }

        return hashes;
    }
}
