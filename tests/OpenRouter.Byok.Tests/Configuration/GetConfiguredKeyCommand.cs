using System;
using System.Linq;
using System.Management.Automation;
using System.Security;
using OpenRouter.Byok.Cmdlets;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Gets keys as a cmdlet does that applies a configuration, and outputs copies of them.</summary>
[Cmdlet(VerbsCommon.Get, "ConfiguredKey")]
public sealed class GetConfiguredKeyCommand : PSCmdlet
{
    /// <summary>The references.</summary>
    [Parameter(Mandatory = true)]
    public Array Reference { get; set; } = Array.Empty<object>();

    /// <summary>People's own source.</summary>
    [Parameter]
    public ScriptBlock? SecretResolver { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        SecureString? last = null;
        using (var sources = new KeySources(this, SecretResolver))
        {
            foreach (var reference in Reference.Cast<KeyReference>())
            {
                try
                {
                    last = sources.Get(reference);
                    WriteObject(last.Copy());
                }
                catch (OpenRouterException failure)
                {
                    WriteError(ErrorRecordFactory.Create(failure, targetObject: null));
                }
            }
        }

        if (last is not null && !IsDisposed(last))
        {
            throw new InvalidOperationException("The key outlives what it came from.");
        }
    }

    private static bool IsDisposed(SecureString secret)
    {
        try
        {
            return secret.Length < 0;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }
}
