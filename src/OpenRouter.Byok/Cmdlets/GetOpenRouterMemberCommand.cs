using System.Management.Automation;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Completion;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Gets the members of the organization that the account belongs to.</summary>
/// <remarks>
/// <para>
/// The id of a member is what the allow lists of credentials hold. Where such an id is wanted, -AllowedUser and -User
/// take the e-mail address.
/// </para>
/// <para>
/// An account of a person has no members: nothing comes out, and a verbose line says so. Members come in the order in
/// which the API lists them.
/// </para>
/// </remarks>
/// <example>
/// <summary>List the administrators</summary>
/// <code>Get-OpenRouterMember | Where-Object Role -EQ org:admin</code>
/// <para>All pages of the list are read.</para>
/// </example>
/// <example>
/// <summary>Find somebody</summary>
/// <code>Get-OpenRouterMember mei*, *@example.com</code>
/// <para>E-mail address, name and id are looked at; wildcards are allowed.</para>
/// </example>
/// <example>
/// <summary>See who may use a credential</summary>
/// <code>(Get-OpenRouterByokKey Admins).AllowedUserIds | Get-OpenRouterMember</code>
/// <para>The list is read once, however many ids come in.</para>
/// </example>
/// <seealso cref="SetOpenRouterByokKeyCommand"/>
/// <seealso href="https://openrouter.ai/docs/api-reference/organization">The organization API</seealso>
[Cmdlet(VerbsCommon.Get, "OpenRouterMember")]
[OutputType(typeof(OpenRouterMember))]
public sealed class GetOpenRouterMemberCommand : SessionCommand
{
    /// <summary>The e-mail addresses, names or ids to look for; wildcards are allowed.</summary>
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
