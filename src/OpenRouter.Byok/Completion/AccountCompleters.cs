using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>Completes the names of workspaces.</summary>
internal sealed class WorkspaceCompleter : Completer
{
    protected override IEnumerable<CompletionResult> Complete(WordToComplete word, IDictionary boundParameters) =>
        CompletionResults.Of(word, AccountLookup.Workspaces(boundParameters).Select(
            workspace => (Spelling(workspace, word), AccountLookup.ToolTip(workspace))));

    // The slug is offered to whoever types what only the slug begins with, and where the name cannot be typed.
    private static string Spelling(OpenRouterWorkspace workspace, WordToComplete word) =>
        workspace.Name.Length > 0 && DisplayText.IsPlain(workspace.Name) && word.Begins(workspace.Name)
            ? workspace.Name
            : workspace.Slug;
}

/// <summary>Completes the ids of workspaces. A typed name or slug finds the id too.</summary>
internal sealed class WorkspaceIdCompleter : Completer
{
    protected override IEnumerable<CompletionResult> Complete(WordToComplete word, IDictionary boundParameters) =>
        CompletionResults.OfIds(word, AccountLookup.Workspaces(boundParameters).Select(
            workspace => (workspace.Id, new[] { workspace.Name, workspace.Slug }, AccountLookup.ToolTip(workspace))));
}

/// <summary>Completes the names of API keys.</summary>
internal sealed class ApiKeyCompleter : Completer
{
    protected override IEnumerable<CompletionResult> Complete(WordToComplete word, IDictionary boundParameters) =>
        CompletionResults.Of(
            word,
            from key in AccountLookup.ApiKeys(boundParameters)
            where key.Name.Length > 0
            group AccountLookup.ToolTip(key, boundParameters) by key.Name into named
            select (named.Key, string.Join("\n", named)));
}

/// <summary>Completes the hashes of API keys. A typed name finds the hash too.</summary>
internal sealed class ApiKeyHashCompleter : Completer
{
    protected override IEnumerable<CompletionResult> Complete(WordToComplete word, IDictionary boundParameters) =>
        CompletionResults.OfIds(word, AccountLookup.ApiKeys(boundParameters).Select(
            key => (key.Hash, new[] { key.Name }, AccountLookup.ToolTip(key, boundParameters))));
}

/// <summary>Completes the e-mail addresses of members.</summary>
internal sealed class MemberCompleter : Completer
{
    protected override IEnumerable<CompletionResult> Complete(WordToComplete word, IDictionary boundParameters) =>
        CompletionResults.OfIds(word, AccountLookup.Members(boundParameters).Select(
            member => (member.Email, new[] { member.Name, member.LastName ?? "" }, AccountLookup.ToolTip(member))));
}

/// <summary>Completes the ids of members. A typed name or e-mail address finds the id too.</summary>
internal sealed class MemberIdCompleter : Completer
{
    protected override IEnumerable<CompletionResult> Complete(WordToComplete word, IDictionary boundParameters) =>
        CompletionResults.OfIds(word, AccountLookup.Members(boundParameters).Select(
            member =>
                (member.Id, new[] { member.Email, member.Name, member.LastName ?? "" }, AccountLookup.ToolTip(member))));
}

/// <summary>Completes the ids of models. What follows the slash finds the id too.</summary>
internal sealed class ModelCompleter : Completer
{
    protected override IEnumerable<CompletionResult> Complete(WordToComplete word, IDictionary boundParameters) =>
        CompletionResults.OfIds(word, AccountLookup.Models(boundParameters).Select(
            model => (model.Id, new[] { model.Id.Substring(model.Id.IndexOf('/') + 1) }, AccountLookup.ToolTip(model))));
}

/// <summary>What the account has, as completion sees it.</summary>
internal static class AccountLookup
{
    private const decimal Million = 1_000_000;

    public static IReadOnlyList<OpenRouterWorkspace> Workspaces(IDictionary boundParameters) =>
        CompletionLookup.At(
            boundParameters,
            (directory, notBefore, observer, stop) => directory.WorkspacesAsync(notBefore, observer, stop),
            seen => seen.Workspaces.Last);

    public static IReadOnlyList<OpenRouterApiKey> ApiKeys(IDictionary boundParameters) =>
        CompletionLookup.At(
            boundParameters,
            (directory, notBefore, observer, stop) => directory.ApiKeysAsync(notBefore, observer, stop),
            seen => seen.ApiKeys);

    public static IReadOnlyList<OpenRouterMember> Members(IDictionary boundParameters) =>
        CompletionLookup.At(
            boundParameters,
            (directory, notBefore, observer, stop) => directory.MembersAsync(notBefore, observer, stop),
            seen => seen.Members.Last);

    public static IReadOnlyList<OpenRouterModel> Models(IDictionary boundParameters) =>
        CompletionLookup.At(
            boundParameters,
            (directory, notBefore, observer, stop) => directory.ModelsAsync(notBefore, observer, stop),
            seen => seen.Models.Last);

    public static IReadOnlyList<OpenRouterProvider> Providers(IDictionary boundParameters) =>
        CompletionLookup.At(
            boundParameters,
            (directory, notBefore, observer, stop) => directory.ProvidersAsync(notBefore, observer, stop),
            seen => seen.Providers.Last);

    public static string ToolTip(OpenRouterWorkspace workspace) =>
        Messages.Format(Messages.TipWorkspace, workspace.Name, workspace.Slug, workspace.Id);

    public static string ToolTip(OpenRouterApiKey key, IDictionary boundParameters) => Messages.Format(
        Messages.TipApiKey,
        key.Name,
        key.Label,
        key.Disabled ? Messages.StateDisabled : Messages.StateEnabled,
        CompletionLookup.SessionOf(boundParameters)?.Seen.FindWorkspace(key.WorkspaceId)?.Name ?? key.WorkspaceId,
        key.Hash);

    public static string ToolTip(OpenRouterMember member) =>
        Messages.Format(Messages.TipMember, member.Name.Length > 0 ? member.Name : member.Email, member.Role, member.Id);

    public static string ToolTip(OpenRouterModel model) =>
        model is { PromptPrice: { } prompt, CompletionPrice: { } completion }
            ? Messages.Format(Messages.TipModel, model.Name, model.ContextLength, Rounded(prompt), Rounded(completion))
            : Messages.Format(Messages.TipModelUnpriced, model.Name, model.ContextLength);

    private static string Rounded(decimal price) =>
        (price * Million).ToString("0.####", System.Globalization.CultureInfo.CurrentCulture);
}
