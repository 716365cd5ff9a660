using System.Linq;
using System.Management.Automation;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Shows what would have to change so that the account matches a configuration.</summary>
/// <remarks>
/// <para>
/// The output is a plan: an object for each credential that differs. Nothing is changed, and no keys are needed, except
/// with -KeyUpdate Changed, which compares keys with labels. Pipe the output to Sync-OpenRouterByokConfiguration to
/// make the changes, all of them or only some.
/// </para>
/// <para>
/// A setting that the configuration does not contain is left alone, and null clears it. A credential is recognized by
/// its id or, without an id, by its workspace, provider, and name. A credential that is not in the configuration is
/// listed as extra if the configuration names its provider and workspace. Global credentials are not compared.
/// </para>
/// <para>
/// Each plan has an id, a hash of everything that it would do. To apply a plan that was reviewed elsewhere, specify the
/// id for the -ExpectedPlan parameter of Sync-OpenRouterByokConfiguration.
/// </para>
/// </remarks>
/// <example>
/// <summary>See what differs</summary>
/// <code>Compare-OpenRouterByokConfiguration ./openrouter.json</code>
/// <para>+ is a credential to create, ~ one to change, ? one that is not in the file, and ! one that is blocked.</para>
/// </example>
/// <example>
/// <summary>Apply a part of a plan</summary>
/// <code>
/// $plan = Compare-OpenRouterByokConfiguration ./openrouter.json -Prune Remove
/// $plan | Where-Object Action -ne Remove | Sync-OpenRouterByokConfiguration
/// </code>
/// <para>If the account changed after the plan was made, nothing is changed.</para>
/// </example>
/// <example>
/// <summary>Detect drift in a scheduled run</summary>
/// <code>Compare-OpenRouterByokConfiguration ./openrouter.json -FailOnDifference</code>
/// <para>A terminating error follows the differences.</para>
/// </example>
/// <example>
/// <summary>Compare two workspaces</summary>
/// <code>Compare-OpenRouterByokConfiguration ./staging.json -Workspace Production</code>
/// <para>Every entry of the file is compared with the workspace Production.</para>
/// </example>
/// <seealso cref="SyncOpenRouterByokConfigurationCommand"/>
/// <seealso cref="ExportOpenRouterByokConfigurationCommand"/>
/// <seealso href="https://github.com/openrouter-byok/OpenRouter.Byok/blob/main/docs/configuration.md">
/// Credentials as code
/// </seealso>
[Cmdlet(
    VerbsData.Compare, "OpenRouterByokConfiguration", DefaultParameterSetName = PathSet,
    HelpUri = HelpPages.Address + "Compare-OpenRouterByokConfiguration.md")]
[OutputType(typeof(ByokConfigurationChange))]
public sealed class CompareOpenRouterByokConfigurationCommand : ConfigurationCommand
{
    /// <summary>Also outputs the credentials that match the configuration, with the action None.</summary>
    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    /// <summary>
    /// Ends the command with a terminating error, OpenRouterByok.ConfigurationDiffers, if there is any difference. All
    /// differences are output first.
    /// </summary>
    [Parameter]
    public SwitchParameter FailOnDifference { get; set; }

    private protected override void End()
    {
        if (Objects.Any(IsChange))
        {
            throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.PlanInCompare);
        }

        var plan = Plan();
        WriteObject(IncludeEqual ? plan.All : plan.Changes, enumerateCollection: true);
        if (!plan.Changes.Any())
        {
            WriteHostMessage(Messages.Format(Messages.NothingDiffers, plan.All.Count));
            foreach (var note in plan.Notes)
            {
                WriteHostMessage(note);
            }
        }
        else if (FailOnDifference)
        {
            throw new OpenRouterException(
                ErrorReason.ConfigurationDiffers,
                Messages.ConfigurationDiffers,
                plan.Count(ByokConfigurationAction.Create),
                plan.Count(ByokConfigurationAction.Update),
                plan.Count(ByokConfigurationAction.Disable),
                plan.Count(ByokConfigurationAction.Remove),
                plan.Count(ByokConfigurationAction.Extra),
                plan.Count(ByokConfigurationAction.Blocked));
        }
    }
}
