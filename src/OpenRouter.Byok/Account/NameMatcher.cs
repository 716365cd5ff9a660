using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Account;

/// <summary>How people call the things of one kind, and what to say when a name does not lead to one.</summary>
internal sealed record NameMatcher<T>
{
    private const int MaximumChoices = 10;

    /// <summary>What no two share: it goes before every name.</summary>
    public required Func<T, string?[]> Ids { get; init; }

    public required Func<T, string?[]> Names { get; init; }

    /// <summary>A thing in a list of choices, as it may be typed.</summary>
    public required Func<T, string> Choice { get; init; }

    public bool QuotesChoices { get; init; }

    /// <summary>The same where names do not tell one from the other.</summary>
    public required Func<T, AccountCache, string> FullChoice { get; init; }

    /// <summary>There is none called {0} in the account.</summary>
    public required string UnknownFormat { get; init; }

    /// <summary>There are several, {1}, called {0}.</summary>
    public required string AmbiguousFormat { get; init; }

    public required string Advice { get; init; }

    /// <summary>What to say when there is nothing to choose from.</summary>
    public required string EmptyMessage { get; init; }

    /// <summary>What is called that: by id, else by name letter for letter, else whatever the case.</summary>
    public IReadOnlyList<T> Matches(IReadOnlyList<T> all, string text)
    {
        var byId = Equal(Ids, StringComparison.Ordinal);
        if (byId.Count > 0)
        {
            return byId;
        }

        var byName = Equal(Names, StringComparison.Ordinal);
        return byName.Count > 0
            ? byName
            : Equal(item => [.. Ids(item), .. Names(item)], StringComparison.OrdinalIgnoreCase);

        IReadOnlyList<T> Equal(Func<T, string?[]> texts, StringComparison comparison) =>
            [.. all.Where(item => texts(item).Any(candidate => string.Equals(candidate, text, comparison)))];
    }

    public OpenRouterException Unknown(string text, IReadOnlyList<T> all)
    {
        if (NameResolver.IsKeyItself(text))
        {
            return new OpenRouterException(ErrorReason.InvalidArgument, Messages.KeyInsteadOfName);
        }

        // The likeliest first: what holds the text (-1 becomes the last place), then what begins like it.
        var choices = all
            .OrderBy(item => (uint)Choice(item).IndexOf(text, StringComparison.OrdinalIgnoreCase))
            .ThenByDescending(item => CommonBeginning(Choice(item), text))
            .ThenBy(Choice, StringComparer.OrdinalIgnoreCase)
            .Select(item => QuotesChoices ? $"'{Choice(item)}'" : Choice(item))
            .Distinct()
            .ToList();
        var offered = choices.Count == 0 ? EmptyMessage : Messages.Format(
            Messages.Choices, Messages.List(choices, MaximumChoices));
        return new OpenRouterException(ErrorReason.UnknownName, Messages.Format(UnknownFormat, text) + " " + offered)
        {
            Advice = Advice,
        };
    }

    public OpenRouterException Ambiguous(string text, IReadOnlyList<T> several, AccountCache account) => new(
        ErrorReason.AmbiguousName,
        Messages.Format(
            AmbiguousFormat,
            text,
            several.Count,
            Messages.List([.. several.Select(item => FullChoice(item, account))], MaximumChoices)))
    {
        Advice = Advice,
    };

    private static int CommonBeginning(string one, string other) =>
        one.Zip(other, (a, b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b)).TakeWhile(same => same).Count();
}

/// <summary>What the things of an account are called by.</summary>
internal static class NameMatcher
{
    public static readonly NameMatcher<OpenRouterWorkspace> Workspaces = new()
    {
        Ids = workspace => [workspace.Id, workspace.Slug],
        Names = workspace => [workspace.Name],
        Choice = workspace => workspace.Name,
        QuotesChoices = true,
        FullChoice = (workspace, _) => $"{workspace.Slug} ({workspace.Id})",
        UnknownFormat = Messages.UnknownWorkspace,
        AmbiguousFormat = Messages.AmbiguousWorkspace,
        Advice = Messages.AdviceWorkspaceName,
        EmptyMessage = Messages.NoneAvailable,
    };

    public static readonly NameMatcher<ByokKey> ByokKeys = new()
    {
        Ids = key => [key.Id],
        Names = key => [key.Name],
        Choice = key => string.IsNullOrEmpty(key.Name) ? key.Id : key.Name!,
        QuotesChoices = true,
        FullChoice = (key, account) => Messages.Format(
            Messages.KeyChoice, key.Id, key.Provider, key.Label,
            key.WorkspaceId is { } workspaceId ? account.DescribeWorkspace(workspaceId) : Messages.Global),
        UnknownFormat = Messages.UnknownKey,
        AmbiguousFormat = Messages.AmbiguousKey,
        Advice = Messages.AdviceKeyName,
        EmptyMessage = Messages.NoneAvailable,
    };

    public static readonly NameMatcher<OpenRouterApiKey> ApiKeys = new()
    {
        Ids = key => [key.Hash],
        Names = key => [key.Name],
        Choice = key => key.Name,
        QuotesChoices = true,
        FullChoice = (key, account) => Messages.Format(
            Messages.ApiKeyChoice, key.Hash, key.Label, account.DescribeWorkspace(key.WorkspaceId ?? "?")),
        UnknownFormat = Messages.UnknownApiKey,
        AmbiguousFormat = Messages.AmbiguousApiKey,
        Advice = Messages.AdviceApiKeyName,
        EmptyMessage = Messages.NoneAvailable,
    };

    public static readonly NameMatcher<OpenRouterMember> Members = new()
    {
        Ids = member => [member.Id, member.Email],
        Names = member => [member.Name],
        Choice = member => member.Email,
        FullChoice = (member, _) => $"{member.Email} ({member.Id})",
        UnknownFormat = Messages.UnknownMember,
        AmbiguousFormat = Messages.AmbiguousMember,
        Advice = Messages.AdviceMemberName,
        EmptyMessage = Messages.NoMembers,
    };

    public static readonly NameMatcher<OpenRouterProvider> Providers = new()
    {
        Ids = provider => [provider.Slug],
        Names = provider => [provider.Name],
        Choice = provider => provider.Slug,
        FullChoice = (provider, _) => provider.Slug,
        UnknownFormat = Messages.UnknownProvider,
        AmbiguousFormat = Messages.UnknownProvider,
        Advice = Messages.AdviceProviderName,
        EmptyMessage = Messages.NoneAvailable,
    };
}
