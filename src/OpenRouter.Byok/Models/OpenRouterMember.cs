using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok;

/// <summary>A member of the organization that an OpenRouter account belongs to.</summary>
/// <remarks>
/// The properties are the API's, in PascalCase: https://openrouter.ai/docs/api-reference/organization.
/// </remarks>
public sealed class OpenRouterMember
{
    /// <summary>The id, such as user_2dHFtVWx2n56w6HkM0000000000.</summary>
    public string Id { get; internal init; } = "";

    /// <summary>The email address.</summary>
    public string Email { get; internal init; } = "";

    /// <summary>The first name; null when it was not given.</summary>
    public string? FirstName { get; internal init; }

    /// <summary>The last name; null when it was not given.</summary>
    public string? LastName { get; internal init; }

    /// <summary>First and last name; empty when neither was given.</summary>
    public string Name => $"{FirstName} {LastName}".Trim();

    /// <summary>The role of the member: org:admin, org:member, or a role that OpenRouter adds later.</summary>
    public string Role { get; internal init; } = "";

    /// <summary>The email address.</summary>
    public override string ToString() => DisplayText.Escape(Email);
}
