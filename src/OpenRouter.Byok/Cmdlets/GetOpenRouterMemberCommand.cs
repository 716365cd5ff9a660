using System.Management.Automation;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Completion;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Gets the members of the organization that the account belongs to.</summary>
/// <remarks>
/// <para>
/// The allow lists of credentials contain the ids of members. Instead of an id, -AllowedUser and -User accept an email
/// address.
/// </para>
/// <para>
/// A personal account has no members: there is no output, and a verbose message says so. Members are listed in the
/// order of the API.
/// </para>
/// </remarks>
/// <example>
/// <summary>List the administrators</summary>
/// <code>Get-OpenRouterMember | Where-Object Role -EQ org:admin</code>
/// <para>The cmdlet reads all pages of the list.</para>
/// </example>
/// <example>
/// <summary>Find a member</summary>
/// <code>Get-OpenRouterMember mei*, *@example.com</code>
/// <para>The values are compared with email addresses, names, and ids. Wildcards are permitted.</para>
/// </example>
/// <example>
/// <summary>See who can use a credential</summary>
/// <code>(Get-OpenRouterByokKey Admins).AllowedUserIds | Get-OpenRouterMember</code>
/// <para>The list is read only once, regardless of the number of ids.</para>
/// </example>
/// <seealso cref="SetOpenRouterByokKeyCommand"/>
/// <seealso href="https://openrouter.ai/docs/api-reference/organization">The organization API</seealso>
[Cmdlet(
    VerbsCommon.Get, "OpenRouterMember",
    HelpUri = HelpPages.Address + "Get-OpenRouterMember.md")]
[OutputType(typeof(OpenRouterMember))]
public sealed class GetOpenRouterMemberCommand : SessionCommand
{
    /// <summary>The email addresses, names, or ids of the members to get. Wildcards are permitted.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Email", "Id")]
    [SupportsWildcards]
    [LookupArgument(nameof(OpenRouterMember.Email))]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[]? Name { get; set; }

    private protected override void ProcessInput() => List(
        Name,
        (output, stop) => CurrentSession.Account.Members.GetAsync(Began, output, stop),
        member => [member.Email, member.Name, member.Id]);
}
