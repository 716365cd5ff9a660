using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Security;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Reads secrets with Get-Secret of Microsoft.PowerShell.SecretManagement.</summary>
/// <param name="cmdlet">The cmdlet that runs.</param>
internal sealed class VaultSecrets(PSCmdlet cmdlet)
{
    private const string Command = "Get-Secret";

    private readonly HashSet<string> warned = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="OpenRouterException">There is no such secret, or it is not one SecureString.</exception>
    public SecureString Read(SecretReference reference)
    {
        var command = FindCommand() ?? throw KeyUnavailable.Because(
            reference,
            Messages.AdviceSecretManagement,
            Messages.SecretManagementMissing,
            KeyReferenceText.Describe(reference));
        var arguments = new Dictionary<string, object>
        {
            ["Name"] = reference.Secret,
            ["ErrorAction"] = ActionPreference.Stop,
        };
        if (reference.Vault is { } vault)
        {
            arguments.Add("Vault", vault);
        }
        else if (warned.Add(reference.Secret))
        {
            cmdlet.WriteWarning(Messages.Format(Messages.WarnAnyVault, reference.Secret));
        }

        return new SecretScript(cmdlet, reference, Messages.AdviceSecretOfVault, Messages.AdviceSecretType).Run(
            "param($command, $arguments) & $command @arguments", command, arguments);
    }

    // This also imports the module of the command where modules are imported automatically.
    private CommandInfo? FindCommand() =>
        cmdlet.InvokeCommand.GetCommand(Command, CommandTypes.Cmdlet | CommandTypes.Function);
}
