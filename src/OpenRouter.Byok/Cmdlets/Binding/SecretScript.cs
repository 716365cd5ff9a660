using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Security;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Runs a script that returns the secret of a reference.</summary>
/// <param name="cmdlet">The cmdlet that runs.</param>
/// <param name="reference">The reference.</param>
/// <param name="failureAdvice">What to do when the script fails, or returns an empty secret.</param>
/// <param name="typeAdvice">What to do when it returns anything else.</param>
internal sealed class SecretScript(
    PSCmdlet cmdlet, KeyReference reference, string failureAdvice, string typeAdvice)
{
    /// <summary>The secret, as an object of its own that is not empty.</summary>
    /// <exception cref="OpenRouterException">
    /// The script failed, or did not return one SecureString. The error repeats nothing that it returned.
    /// </exception>
    /// <param name="script">The text of the script.</param>
    /// <param name="arguments">Its arguments, by position.</param>
    public SecureString Run(string script, params object[] arguments)
    {
        var returned = Invoke(script, arguments);
        if (returned is not [{ BaseObject: SecureString secret }])
        {
            throw KeyUnavailable.Because(
                reference,
                typeAdvice,
                Messages.SourceReturned,
                KeyReferenceText.Describe(reference),
                Describe(returned));
        }

        if (secret.Length == 0)
        {
            throw KeyUnavailable.Because(
                reference, failureAdvice, Messages.SourceEmpty, KeyReferenceText.Describe(reference));
        }

        // The script may use its own object again.
        var copy = secret.Copy();
        copy.MakeReadOnly();
        return copy;
    }

    // What is around the script keeps an array that it returns from being taken for several objects.
    private Collection<PSObject?> Invoke(string script, object[] arguments)
    {
        try
        {
            return cmdlet.InvokeCommand.InvokeScript(
                useLocalScope: true, ScriptBlock.Create($", @(& {{ {script} }} @args)"), input: null, arguments);
        }
        catch (RuntimeException failure) when (failure is not PipelineStoppedException)
        {
            throw KeyUnavailable.Because(
                reference,
                failureAdvice,
                Messages.SourceFailed,
                KeyReferenceText.Describe(reference),
                MessageOf(failure.ErrorRecord));
        }
    }

    private static string MessageOf(ErrorRecord error) => error.ErrorDetails?.Message ?? error.Exception.Message;

    private static string Describe(Collection<PSObject?> returned) => returned switch
    {
        [] or [null] => Messages.ReturnedNothing,
        [var one] => IdArgumentAttribute.Describe(one).Trim('(', ')'),
        _ => Messages.Format(Messages.ReturnedSeveral, returned.Count),
    };
}
