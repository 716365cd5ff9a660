using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Cmdlets.Pipeline;
using OpenRouter.Byok.Completion;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Session;
using OpenRouter.Byok.Testing;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Changes the account so that it matches a configuration.</summary>
/// <remarks>
/// <para>
/// The cmdlet makes the plan that Compare-OpenRouterByokConfiguration shows, and applies it: first, names and keys are
/// looked up; then credentials are created, in the order of the configuration; then others are updated, disabled, and
/// removed. If a key cannot be obtained, nothing is sent. If a change fails, nothing is disabled or removed, and the
/// error lists what was and was not done. Run the command again to continue. When the account matches the
/// configuration, nothing is sent.
/// </para>
/// <para>
/// Keys never stand in a configuration. It refers to them: environment variables, secrets of SecretManagement, files,
/// or whatever -SecretResolver can read. The key of an existing credential is sent only if -KeyUpdate says so.
/// </para>
/// <para>
/// Credentials that are not in the configuration stay, unless you specify -Prune. Without -Force, the cmdlet refuses to
/// disable or remove the last enabled credential of a provider in a workspace, or more than half of the credentials in
/// scope if these are four or more.
/// </para>
/// </remarks>
/// <example>
/// <summary>See what would be done, and do it</summary>
/// <code>
/// Sync-OpenRouterByokConfiguration ./openrouter.json -WhatIf
/// Sync-OpenRouterByokConfiguration ./openrouter.json
/// </code>
/// <para>Each change is output with what came of it.</para>
/// </example>
/// <example>
/// <summary>Apply only what was reviewed</summary>
/// <code>
/// $plan = Compare-OpenRouterByokConfiguration ./openrouter.json
/// $id = $plan[0].PlanId
/// Sync-OpenRouterByokConfiguration ./openrouter.json -ExpectedPlan $id
/// </code>
/// <para>If the file or the account changed since the review, the plan is another one, and nothing is changed.</para>
/// </example>
/// <example>
/// <summary>Disable what is not in the file</summary>
/// <code>Sync-OpenRouterByokConfiguration ./openrouter.json -Prune Disable -Force</code>
/// <para>
/// Only providers and workspaces that the file names are affected. Without -Force, no provider loses its last enabled
/// credential in a workspace.
/// </para>
/// </example>
/// <example>
/// <summary>Use secrets of another vault</summary>
/// <code>
/// $resolver = { param($reference)
///     ConvertTo-SecureString (op read $reference.op) -AsPlainText -Force }
/// Sync-OpenRouterByokConfiguration ./openrouter.json `
///     -SecretResolver $resolver
/// </code>
/// <para>In the file, the key is { "op": "op://team/openai/credential" }.</para>
/// </example>
/// <seealso cref="CompareOpenRouterByokConfigurationCommand"/>
/// <seealso cref="ExportOpenRouterByokConfigurationCommand"/>
/// <seealso href="https://github.com/openrouter-byok/OpenRouter.Byok/blob/main/docs/configuration.md">
/// Credentials as code
/// </seealso>
[Cmdlet(
    VerbsData.Sync, "OpenRouterByokConfiguration", SupportsShouldProcess = true, DefaultParameterSetName = PathSet,
    HelpUri = HelpPages.Address + "Sync-OpenRouterByokConfiguration.md")]
[OutputType(typeof(ByokConfigurationChange))]
public sealed class SyncOpenRouterByokConfigurationCommand : ConfigurationCommand
{
    private static readonly Regex IdPattern = new("^[0-9a-fA-F]{32}\\z", RegexOptions.CultureInvariant);

    private SecureString? ownApiKey;

    /// <summary>
    /// The id of the plan that was reviewed, as Compare-OpenRouterByokConfiguration shows it. If the plan is another
    /// one by now, nothing is changed.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [TextArgument]
    public string? ExpectedPlan { get; set; }

    /// <summary>
    /// Also disables or removes the last enabled credential of a provider in a workspace, or more than half of the
    /// credentials in scope.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// The name or slug of a workspace that is kept for tests. Every key is tested there before it is sent. A key that
    /// the provider does not accept is not sent.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ReferenceArgument(typeof(OpenRouterWorkspace), nameof(OpenRouterWorkspace.Id))]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string? ProvingWorkspace { get; set; }

    /// <summary>
    /// An API key for inference of the workspace for tests, as a SecureString. The default is the value of the
    /// environment variable OPENROUTER_API_KEY; if it is not set, you are prompted. It is used only with
    /// -ProvingWorkspace.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [SecretArgument]
    public SecureString? ApiKey { get; set; }

    /// <summary>
    /// The model that receives the test requests. The default is the cheapest model of the provider. It is used only
    /// with -ProvingWorkspace.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ReferenceArgument(typeof(OpenRouterModel), nameof(OpenRouterModel.Id))]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        if (isDisposing)
        {
            ownApiKey?.Dispose();
        }
    }

    private protected override void Begin()
    {
        base.Begin();
        Validate.NullOrNotBlank(nameof(ProvingWorkspace), ProvingWorkspace);
        Validate.NullOrNotBlank(nameof(Model), Model);
        if (ExpectedPlan is not null && !IdPattern.IsMatch(ExpectedPlan))
        {
            throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.ExpectedPlanFormat);
        }

        if (ProvingWorkspace is null && (ApiKey is not null || Model is not null))
        {
            throw Validate.Requiring(ApiKey is null ? nameof(Model) : nameof(ApiKey), nameof(ProvingWorkspace));
        }

        if (ProvingWorkspace is not null)
        {
            ApiKey ??= ownApiKey = SessionEnvironment.ApiKey()?.Text ?? SecretPrompt.Read(Host, Messages.PromptApiKey);
            Validate.ApiKey(ApiKey);
        }
    }

    private protected override void End()
    {
        var isPiped = Objects.Any(IsChange);
        var plan = isPiped ? PipedPlan() : Plan();
        CheckExpected(plan);
        var changes = isPiped ? PipedChanges() : plan.Changes.ToList();
        // Nothing is taken away while something else cannot be done.
        var isBlocked = changes.Exists(change => change.Action == ByokConfigurationAction.Blocked);
        var impossible = changes.FindAll(change =>
            change.Action == ByokConfigurationAction.Blocked || (isBlocked && change.IsPruning));
        var possible = changes.Except(impossible).ToList();
        if (!Force && PruneGuard.Refusal(plan, possible) is { } refusal)
        {
            throw refusal;
        }

        var agreed = possible.Where(change => change.IsWork && IsAgreed(change)).ToList();
        if (IsWhatIf)
        {
            foreach (var change in impossible)
            {
                ShouldProcess(Describe(change), Messages.Format(Messages.PlanActionNothing, ObstacleTo(change)));
            }

            return;
        }

        var run = new SyncRun(new ConfigurationApplier(Client, CurrentSession.Account));
        foreach (var change in impossible)
        {
            WriteObject(run.Skip(change, ObstacleTo(change)));
        }

        var keys = GetKeys(agreed);
        var proven = ProvingWorkspace is null ? agreed : Prove(agreed, keys, run);
        Apply(proven, keys, run);
        if (run.Incompleteness() is { } incompleteness)
        {
            throw incompleteness;
        }

        WriteHostMessage(agreed.Count == 0 && !changes.Any(change => change.IsWork)
            ? Messages.Format(Messages.NothingToSync, plan.Count(ByokConfigurationAction.None))
            : Messages.Format(Messages.SyncDone, run.Completed, changes.Count(change => change.IsWork)));
        foreach (var note in plan.Notes)
        {
            WriteHostMessage(note);
        }
    }

    private List<ByokConfigurationChange> PipedChanges() =>
        [.. Objects.Select(input => (ByokConfigurationChange)input.BaseObject).Distinct()];

    // What changed since then is refused, so that nothing is done that was not in the plan.
    private ConfigurationPlan PipedPlan()
    {
        foreach (var option in new[] { nameof(Workspace), nameof(KeyUpdate), nameof(Prune) }.Where(IsBound))
        {
            throw new OpenRouterException(
                ErrorReason.InvalidArgument, Messages.PlanWithConfigurationOption, option);
        }

        if (!Objects.All(IsChange))
        {
            throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.PlanAndConfiguration);
        }

        if (Objects.Any(input => input.BaseObject is not ByokConfigurationChange { Plan: not null }))
        {
            throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.PlanNotOfSession);
        }

        var changes = PipedChanges();
        if (changes.Select(change => change.Plan).Distinct().ToList() is not [{ } plan])
        {
            throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.SeveralPlans);
        }

        UseSession();
        if (changes.Any(change => change.IsWork))
        {
            var now = AwaitWithProgress((output, cancellationToken) =>
                NewLoader(output).ReadKeysAsync(plan.WorkspaceIds, provider: null, cancellationToken));
            var stale = PlanFreshness.StaleParts(changes, plan, now);
            if (stale.Count > 0)
            {
                throw new OpenRouterException(ErrorReason.StalePlan, Messages.StalePlan, string.Join(" ", stale));
            }
        }

        return plan;
    }

    private void CheckExpected(ConfigurationPlan plan)
    {
        if (ExpectedPlan is not null && !string.Equals(plan.Id, ExpectedPlan, StringComparison.OrdinalIgnoreCase))
        {
            throw new OpenRouterException(
                ErrorReason.StalePlan, Messages.StalePlanId, plan.Id, ExpectedPlan, PlanText.Summary(plan));
        }
    }

    private bool IsAgreed(ByokConfigurationChange change)
    {
        var action = PlanText.ActionOf(change);
        return ShouldProcess(
            Describe(change),
            ProvingWorkspace is null || !change.WritesKey
                ? action
                : Messages.Format(Messages.PlanActionProve, ProvingWorkspace, action));
    }

    private static string Describe(ByokConfigurationChange change) =>
        change.KeyId is null ? PlanText.Target(change) : $"{PlanText.Target(change)} ({change.KeyId})";

    private static string? ObstacleTo(ByokConfigurationChange change) =>
        change.Action == ByokConfigurationAction.Blocked ? change.Reason : Messages.SyncAnotherBlocked;

    // All of them before the first request that changes something.
    private Dictionary<ByokConfigurationChange, SecureString> GetKeys(IEnumerable<ByokConfigurationChange> agreed)
    {
        var keys = new Dictionary<ByokConfigurationChange, SecureString>();
        var failures = new List<OpenRouterException>();
        foreach (var change in agreed.Where(change => change.WritesKey))
        {
            try
            {
                var key = Keys.Get(change.Entry!.Key!);
                WarnOfKeyFormat(change.Provider, key);
                keys[change] = key;
            }
            catch (OpenRouterException failure)
            {
                failures.Add(failure);
            }
        }

        return failures.Count switch
        {
            0 => keys,
            1 => throw failures[0],
            _ => throw new OpenRouterException(
                failures[0].Reason, string.Join("\n", failures.Select(failure => failure.Message))),
        };
    }

    private List<ByokConfigurationChange> Prove(
        IEnumerable<ByokConfigurationChange> agreed,
        Dictionary<ByokConfigurationChange, SecureString> keys,
        SyncRun run)
    {
        var prover = new KeyProver(Client, CurrentSession.Account, new NewKeyTestPlanner(
            Client,
            CurrentSession.Account,
            Names,
            ProvingWorkspace!,
            new TestApiKeys(Client.Tests, CurrentSession.Account, [ApiKey!]),
            Model,
            Began));
        var proven = new List<ByokConfigurationChange>();
        foreach (var change in agreed)
        {
            var refusal = keys.TryGetValue(change, out var key)
                ? Await((output, stop) => prover.RefusalAsync(change.Provider, key, output, stop))
                : null;
            if (refusal is null)
            {
                proven.Add(change);
            }
            else
            {
                WriteObject(run.Block(change, Messages.Format(Messages.NotProven, refusal)));
            }
        }

        return proven;
    }

    private void Apply(
        List<ByokConfigurationChange> changes,
        Dictionary<ByokConfigurationChange, SecureString> keys,
        SyncRun run)
    {
        Expect(changes.Count);
        Apply(ByokConfigurationAction.Create);
        Apply(ByokConfigurationAction.Update);
        Apply(ByokConfigurationAction.Disable);
        Apply(ByokConfigurationAction.Remove);

        void Apply(ByokConfigurationAction action)
        {
            foreach (var change in changes.Where(change => change.Action == action)
                .OrderBy(change => change.CreateOrder))
            {
                // After a failure, nothing is taken away.
                if (change.IsPruning && run.Undone.Count > 0)
                {
                    WriteObject(run.Skip(change, Messages.SyncNotAttempted));
                    continue;
                }

                keys.TryGetValue(change, out var key);
                var work = run.Prepare(change, key);
                Run(change.KeyId, (output, stop) => WriteAsync(work, output, stop));
            }

            Finish();
        }
    }

    private static async Task WriteAsync(
        Func<IClientObserver, CancellationToken, Task<ByokConfigurationChange>> work,
        PipelineOperation output,
        CancellationToken cancellationToken) =>
        output.Write(await work(output, cancellationToken).ConfigureAwait(false));
}
