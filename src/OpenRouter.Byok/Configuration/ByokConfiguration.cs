using System.Collections.Generic;

namespace OpenRouter.Byok.Configuration;

/// <summary>What files, or objects of the pipeline, say about the credentials of an account, taken together.</summary>
/// <param name="Credentials">The credentials, in the wanted order of trial.</param>
/// <param name="Scope">Where no other credentials are wanted, besides where the credentials themselves are.</param>
internal sealed record ByokConfiguration(
    IReadOnlyList<CredentialEntry> Credentials, IReadOnlyList<ScopeEntry> Scope);
