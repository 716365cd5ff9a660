using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>Completes the e-mail addresses of members. A typed name finds the address too.</summary>
internal sealed class MemberCompleter : Completer
{
    protected override IEnumerable<CompletionCandidate> GetCandidates(CompletionLookup lookup) =>
        from member in lookup.Read(account => account.Members)
        select new CompletionCandidate(member.Email, MemberIdCompleter.ToolTipOf(member))
        {
            FoundBy = [member.Name, member.LastName],
        };
}

/// <summary>Completes the ids of members. A typed name or e-mail address finds the id too.</summary>
internal sealed class MemberIdCompleter : Completer
{
    public static string ToolTipOf(OpenRouterMember member) => Messages.Format(
        Messages.TipMember, member.Name.Length > 0 ? member.Name : member.Email, member.Role, member.Id);

    protected override IEnumerable<CompletionCandidate> GetCandidates(CompletionLookup lookup) =>
        from member in lookup.Read(account => account.Members)
        select new CompletionCandidate(member.Id, ToolTipOf(member))
        {
            FoundBy = [member.Email, member.Name, member.LastName],
            ListText = member.Name.Length > 0 ? member.Name : member.Email,
        };
}
