using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Security;
using OpenRouter.Byok.Api.Secrets;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>
/// Gets the keys that a configuration refers to, each once. It is used on the thread of the pipeline, and the keys are
/// disposed with it.
/// </summary>
/// <param name="cmdlet">The cmdlet that runs.</param>
/// <param name="resolver">The script block of -SecretResolver; null when there is none.</param>
internal sealed class KeySources(PSCmdlet cmdlet, ScriptBlock? resolver) : IDisposable
{
    private readonly Dictionary<string, SecureString> secrets = new(StringComparer.Ordinal);
    private readonly VaultSecrets vaults = new(cmdlet);

    private string CurrentFolder => cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    /// <summary>The key, which is valid until this is disposed.</summary>
    /// <exception cref="OpenRouterException">It is not available, or is no key.</exception>
    public SecureString Get(KeyReference reference)
    {
        var key = Resolve(reference);
        try
        {
            return Validate.ProviderKey(key);
        }
        catch (OpenRouterException unusable)
        {
            throw KeyUnavailable.Because(reference, unusable);
        }
    }

    public void Dispose()
    {
        foreach (var secret in secrets.Values)
        {
            secret.Dispose();
        }

        secrets.Clear();
    }

    private SecureString Resolve(KeyReference reference)
    {
        var name = NameOf(reference);
        if (!secrets.TryGetValue(name, out var secret))
        {
            secret = Read(reference);
            secrets.Add(name, secret);
        }

        return secret;
    }

    // The same relative path is another file for a configuration in another folder.
    private static string NameOf(KeyReference reference)
    {
        var text = KeyReferenceText.Canonical(reference);
        return reference is FileReference or KeyTemplate ? $"{reference.Position.Source.Folder}\n{text}" : text;
    }

    private SecureString Read(KeyReference reference) => reference switch
    {
        EnvironmentReference environment => ReadVariable(environment),
        SecretReference secret => vaults.Read(secret),
        FileReference file => new KeyFile(file, CurrentFolder).Read(),
        KeyTemplate template => new KeyTemplateText(template, Resolve).ToKey(),
        ResolverReference other when resolver is not null => new ResolverScript(cmdlet, resolver).Read(other),
        _ => throw KeyUnavailable.Because(reference, advice: null, Messages.UnknownReference, Allowed),
    };

    private static string Allowed => string.Join(", ", NamedReference.Kinds);

    private static SecureString ReadVariable(EnvironmentReference reference)
    {
        var advice = Messages.Format(Messages.AdviceKeyVariable, reference.Variable);
        switch (Environment.GetEnvironmentVariable(reference.Variable))
        {
            case null:
                throw KeyUnavailable.Because(reference, advice, Messages.VariableNotSet, reference.Variable);
            case "":
                throw KeyUnavailable.Because(
                    reference, advice, Messages.SourceEmpty, KeyReferenceText.Describe(reference));
            case var value:
                return SecretText.ToSecureString(value);
        }
    }
}
