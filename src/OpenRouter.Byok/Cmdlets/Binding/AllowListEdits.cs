using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Entries that are added to an allow list and taken off it; the others stay.</summary>
/// <param name="Setting">What the list is called in parameters, such as AllowedModel.</param>
/// <param name="Add">The entries to add.</param>
/// <param name="Remove">The entries to take off.</param>
internal sealed record AllowListEdit(string Setting, IReadOnlyList<string> Add, IReadOnlyList<string> Remove)
{
    public bool IsEmpty => Add.Count == 0 && Remove.Count == 0;

    /// <summary>How entries compare: ids of members exactly, models and hashes whatever their case.</summary>
    public StringComparer Comparer { get; init; } = StringComparer.OrdinalIgnoreCase;

    /// <summary>The list as it is to be, or absent when it is so already.</summary>
    /// <param name="key">Whose list it is, for the message.</param>
    /// <param name="current">The list as it is; null when there is none.</param>
    /// <exception cref="OpenRouterException">
    /// It would open the credential to all, or close it to all others, or is longer than the API allows.
    /// </exception>
    public Optional<IReadOnlyList<string>?> Apply(ByokKey key, IReadOnlyList<string>? current)
    {
        if (IsEmpty) return default;
        if (current is null)
        {
            throw Invalid(
                Add.Count > 0 ? Messages.AddWithoutList : Messages.RemoveWithoutList, key, Messages.AdviceNoList);
        }

        List<string> wanted =
        [
            .. current.Where(entry => !Remove.Contains(entry, Comparer)),
            .. Add.Where(entry => !current.Contains(entry, Comparer)),
        ];
        if (wanted.Count == 0) throw Invalid(Messages.RemoveLastEntry, key, Messages.AdviceRemoveLastEntry);
        Validate.Entries("Add" + Setting, [.. wanted]);
        return wanted.SequenceEqual(current)
            ? default
            : new Optional<IReadOnlyList<string>?>(wanted, IsPresent: true);
    }

    private OpenRouterException Invalid(string format, ByokKey key, string advice) =>
        new(ErrorReason.InvalidArgument, format, Setting, key) { Advice = Messages.Format(advice, Setting) };
}

/// <summary>The changes of the three lists of a credential.</summary>
internal sealed record AllowListEdits(AllowListEdit Models, AllowListEdit ApiKeyHashes, AllowListEdit UserIds)
{
    public bool IsEmpty => Models.IsEmpty && ApiKeyHashes.IsEmpty && UserIds.IsEmpty;

    /// <summary>The lists as they are to be; what is so already is absent.</summary>
    /// <exception cref="OpenRouterException">See <see cref="AllowListEdit.Apply"/>.</exception>
    public ByokKeyChanges Apply(ByokKey current) => new()
    {
        AllowedModels = Models.Apply(current, current.AllowedModels),
        AllowedApiKeyHashes = ApiKeyHashes.Apply(current, current.AllowedApiKeyHashes),
        AllowedUserIds = UserIds.Apply(current, current.AllowedUserIds),
    };
}
