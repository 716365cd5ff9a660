using System;
using System.Linq;
using System.Management.Automation;
using System.Security;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Tests.KeyFormats;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>A runspace in which a cmdlet gets keys, shared by the tests of a class one after the other.</summary>
public sealed class KeyShell : IDisposable
{
    private static readonly CmdletInfo Command = new("Get-ConfiguredKey", typeof(GetConfiguredKeyCommand));

    private readonly ModuleRunspace shell = new();

    /// <summary>Gets the keys of references.</summary>
    /// <param name="more">Further parameters, as they are typed.</param>
    /// <param name="before">A script that runs before, such as a function that stands in for a command.</param>
    /// <param name="variables">An object whose properties become variables of the script.</param>
    /// <param name="references">The references.</param>
    internal RunResult Get(string more, string before, object? variables, params KeyReference[] references)
    {
        shell.Runspace.ResetRunspaceState();
        shell.Runspace.SessionStateProxy.SetVariable("command", Command);
        shell.Runspace.SessionStateProxy.SetVariable("references", references);
        // Functions belong to the block, so that the next test does not find them.
        return shell.Run($"& {{\n{before}\n& $command -Reference $references {more}\n}}", variables);
    }

    internal RunResult Get(params KeyReference[] references) => Get("", "", null, references);

    /// <summary>The texts of the keys; and no error.</summary>
    internal string[] Keys(params KeyReference[] references) =>
        [.. Get(references).All<SecureString>().Select(static key => key.Reveal())];

    public void Dispose() => shell.Dispose();

    /// <summary>Looks at the one error, which comes with nothing of the secret.</summary>
    internal static ErrorRecord Failure(RunResult result, string message, string advice, string? secret = null)
    {
        var error = result.OnlyError();
        Assert.StartsWith("OpenRouterByok.SecretUnavailable", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(message, error.Exception.Message);
        Assert.Contains(advice, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        if (secret is not null)
        {
            Assert.DoesNotContain(secret, result.Everything, StringComparison.Ordinal);
        }

        return error;
    }
}
