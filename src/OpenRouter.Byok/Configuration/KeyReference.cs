using System.Collections.Generic;

namespace OpenRouter.Byok.Configuration;

/// <summary>Where a key, or a part of one, comes from. It never holds the key.</summary>
internal abstract record KeyReference(SourcePosition Position);

/// <summary>The value of an environment variable.</summary>
internal sealed record EnvironmentReference(SourcePosition Position, string Variable) : KeyReference(Position);

/// <summary>A secret of SecretManagement; without a vault, the first match of all vaults.</summary>
internal sealed record SecretReference(SourcePosition Position, string Secret, string? Vault) : KeyReference(Position);

/// <summary>The content of a file. A relative path starts from the folder of the configuration.</summary>
internal sealed record FileReference(SourcePosition Position, string Path) : KeyReference(Position);

/// <summary>An object that the script block of -SecretResolver turns into a secret.</summary>
internal sealed record ResolverReference(SourcePosition Position, ObjectNode Object) : KeyReference(Position);

/// <summary>A key in the provider's own form, in JSON, with references in the places of its secrets.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="Form">The object or array as it is written.</param>
/// <param name="Parts">The references in it, by the nodes that they stand for.</param>
internal sealed record KeyTemplate(
    SourcePosition Position, ConfigurationNode Form, IReadOnlyDictionary<ConfigurationNode, KeyReference> Parts)
    : KeyReference(Position);
