using System;
using System.Collections.Generic;
using System.Management.Automation;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Base;

/// <summary>
/// A cmdlet that looks at credentials as a whole: at those of the pipeline, or else at those of the account.
/// </summary>
public abstract class CredentialInputCommand : SessionCommand
{
    private readonly List<ByokKey> keys = [];

    private readonly Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);

    private protected CredentialInputCommand()
    {
    }

    /// <summary>
    /// The credentials to evaluate, instead of the credentials of the account. They are used as they are and not read
    /// from OpenRouter.
    /// </summary>
    /// <remarks>
    /// Any object is accepted that has a Provider property and, optionally, properties with the names of the
    /// credential's properties, of the parameters of New-OpenRouterByokKey, or of the fields of the API: for example,
    /// rows of a CSV file, objects converted from JSON, or hashtables. This lets you evaluate a change before you make
    /// it. A credential with the id of an earlier one replaces it. A credential without a sort order comes last within
    /// its provider, as a new credential does.
    /// </remarks>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject[]? InputObject { get; set; }

    /// <summary>Whether the credentials are given. A pipeline that brings none gives none.</summary>
    private protected bool AreGiven => MyInvocation.ExpectingInput || IsBound(nameof(InputObject));

    /// <summary>The credentials that were given, each once.</summary>
    private protected IReadOnlyList<ByokKey> GivenKeys => keys;

    private protected override bool NeedsSession => !AreGiven;

    // What is no credential does not keep the others.
    private ByokKey? Read(PSObject input)
    {
        try
        {
            return new PipedCredential(input).ToByokKey();
        }
        catch (OpenRouterException failure)
        {
            WriteError(ErrorRecordFactory.Create(failure, targetObject: null));
            return null;
        }
    }

    private protected sealed override void ProcessInput()
    {
        foreach (var input in InputObject ?? [])
        {
            if (Read(input) is not { } key)
            {
                continue;
            }

            if (key.Id.Length > 0 && places.TryGetValue(key.Id, out var place))
            {
                keys[place] = key;
                continue;
            }

            places[key.Id] = keys.Count;
            keys.Add(key);
        }
    }
}
