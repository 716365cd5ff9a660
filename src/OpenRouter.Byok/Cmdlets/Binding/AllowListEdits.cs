using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Entries that are added to an allow list and taken off it; the others stay.</summary>
/// <param name="Setting">The list.</param>
/// <param name="Add">The entries to add.</param>
/// <param name="Remove">The entries to take off.</param>
internal sealed record AllowListEdit(ListSetting Setting, IReadOnlyList<string> Add, IReadOnlyList<string> Remove)
{
    public bool IsEmpty => Add.Count == 0 && Remove.Count == 0;

    /// <summary>The list as it is to be, or null when it is so already.</summary>
    /// <param name="key">The credential as it is.</param>
    /// <exception cref="OpenRouterException">
    /// It would open the credential to all, or close it to all others, or is longer than the API allows.
    /// </exception>
    public IReadOnlyList<string>? Apply(ByokKey key)
    {
        if (Setting.ValueOf(key) is not IReadOnlyList<string> current)
        {
            throw Invalid(
                Add.Count > 0 ? Messages.AddWithoutList : Messages.RemoveWithoutList, key, Messages.AdviceNoList);
        }

        List<string> wanted =
        [
            .. current.Where(entry => !Remove.Contains(entry, Setting.Comparer)),
            .. Add.Where(entry => !current.Contains(entry, Setting.Comparer)),
        ];
        if (wanted.Count == 0)
        {
            throw Invalid(Messages.RemoveLastEntry, key, Messages.AdviceRemoveLastEntry);
        }

        Validate.Entries(Setting.AddParameter, [.. wanted]);
        return wanted.SequenceEqual(current) ? null : wanted;
    }

    private OpenRouterException Invalid(string format, ByokKey key, string advice) =>
        new(ErrorReason.InvalidArgument, format, Setting.ClearName, key)
        {
            Advice = Messages.Format(advice, Setting.ClearName),
        };
}

/// <summary>The edits of the lists of a credential.</summary>
/// <param name="Edits">One a list at most; none of them is empty.</param>
internal sealed record AllowListEdits(IReadOnlyList<AllowListEdit> Edits)
{
    public static readonly AllowListEdits None = new([]);

    public bool IsEmpty => Edits.Count == 0;

    /// <summary>The edits that were typed to Set.</summary>
    /// <param name="settings">The settings as they were typed.</param>
    /// <param name="given">What is replaced, which cannot be edited as well.</param>
    /// <exception cref="OpenRouterException">A list is both replaced and edited, or an entry is wrong.</exception>
    public static AllowListEdits Read(TypedSettings settings, ByokKeyChanges given)
    {
        var edits = new List<AllowListEdit>();
        foreach (var list in CredentialSettings.Lists)
        {
            var edit = new AllowListEdit(
                list, settings.Entries(list.AddParameter), settings.Entries(list.RemoveParameter));
            if (edit.IsEmpty)
            {
                continue;
            }

            var parameter = edit.Add.Count > 0 ? list.AddParameter : list.RemoveParameter;
            if (given.Has(list))
            {
                throw Validate.Excluding(list.ClearName, parameter);
            }

            edits.Add(edit);
        }

        return new AllowListEdits(edits);
    }

    public bool Has(CredentialSetting setting) => Edits.Any(edit => edit.Setting == setting);

    /// <summary>The lists as they are to be; what is so already is absent.</summary>
    /// <exception cref="OpenRouterException">See <see cref="AllowListEdit.Apply"/>.</exception>
    public ByokKeyChanges Apply(ByokKey current)
    {
        var changes = new ByokKeyChanges();
        foreach (var edit in Edits)
        {
            if (edit.Apply(current) is { } wanted)
            {
                changes = changes.With(edit.Setting, wanted);
            }
        }

        return changes;
    }
}
