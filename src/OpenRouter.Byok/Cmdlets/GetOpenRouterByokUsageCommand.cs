using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Json;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Cmdlets.Pipeline;
using OpenRouter.Byok.Completion;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Usage;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Gets what was spent on own keys and in credits, by day, model, provider or workspace.</summary>
/// <remarks>
/// <para>
/// OpenRouter keeps the figures of the last 30 completed days. Days are those of UTC; today is not among them. Own
/// spend is what the providers bill for requests on your credentials, by OpenRouter's prices; your contract may say
/// other ones. Credits are what OpenRouter took: for requests on its shared capacity, and as its fee for requests on
/// your credentials. All money is in USD. Sums are exact to the last digit that the API gives.
/// </para>
/// <para>
/// The API tells for each day, model and endpoint how many requests there were and what was spent on own keys and in
/// credits. It does not tell how many of the requests ran on own keys. OwnShare estimates that, row by row: without own
/// spend none, with credits no higher than the fee of 5 percent all, and else in proportion of the own spend to the
/// rest. A request that cost nothing on an own key is not seen.
/// </para>
/// <para>
/// By day, each day of the period has a line, with zeros when nothing was used. All else comes with the highest own
/// spend first. For one line with the sums, group by Total; the head of the table has them too. Without any use
/// nothing comes out.
/// </para>
/// </remarks>
/// <example>
/// <summary>See the last 30 days</summary>
/// <code>Get-OpenRouterByokUsage</code>
/// <para>A line for each day; the bar shows the own spend.</para>
/// </example>
/// <example>
/// <summary>Find out which models cost most last week</summary>
/// <code>Get-OpenRouterByokUsage -Days 7 -GroupBy Model | Select-Object -First 5</code>
/// <para>The highest own spend comes first.</para>
/// </example>
/// <example>
/// <summary>Bill one workspace</summary>
/// <code>
/// Get-OpenRouterByokUsage -Workspace Production -GroupBy Provider |
///     Export-Csv bill.csv -NoTypeInformation
/// </code>
/// <para>-ApiKey narrows it to what came with one API key.</para>
/// </example>
/// <example>
/// <summary>Find models that still spend credits</summary>
/// <code>
/// Get-OpenRouterByokUsage -GroupBy Model |
///     Where-Object { $_.CreditsSpent -gt 0.05 * $_.OwnSpend }
/// </code>
/// <para>Credits beyond the fee were spent on shared capacity.</para>
/// </example>
/// <seealso cref="GetOpenRouterByokKeyCommand"/>
/// <seealso cref="ResolveOpenRouterByokRouteCommand"/>
/// <seealso href="https://openrouter.ai/docs/api-reference/analytics/get-user-activity">The activity API</seealso>
[Cmdlet(VerbsCommon.Get, "OpenRouterByokUsage", DefaultParameterSetName = DaysSet)]
[OutputType(typeof(ByokUsage))]
public sealed class GetOpenRouterByokUsageCommand : SessionCommand
{
    private const string DaysSet = "Days";
    private const string DateSet = "Date";

    /// <summary>How many days, 1 to 30, up to and including yesterday by UTC.</summary>
    [Parameter(ParameterSetName = DaysSet)]
    [ValidateRange(1, UsagePeriod.MaximumDays)]
    [PSDefaultValue(Value = UsagePeriod.MaximumDays)]
    public int Days { get; set; } = UsagePeriod.MaximumDays;

    /// <summary>One day, such as 2026-11-22: the UTC day of that date, whatever your time zone.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DateSet)]
    public DateTime Date { get; set; }

    /// <summary>Providers to look for, by slug or by name; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ReferenceArgument(typeof(OpenRouterProvider), nameof(OpenRouterProvider.Slug), IsSlug = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[]? Provider { get; set; }

    /// <summary>Models to look for, such as openai/gpt-5; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[]? Model { get; set; }

    /// <summary>
    /// The name or slug of the workspace to look in. Without it, and without a workspace of the session, it is all.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ReferenceArgument(typeof(OpenRouterWorkspace), nameof(OpenRouterWorkspace.Id))]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string? Workspace { get; set; }

    /// <summary>The id of the workspace to look in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [WorkspaceIdArgument]
    [ArgumentCompleter(typeof(WorkspaceIdCompleter))]
    public string? WorkspaceId { get; set; }

    /// <summary>
    /// Only what came with this OpenRouter API key, given by name or as an object of Get-OpenRouterApiKey.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ReferenceArgument(typeof(OpenRouterApiKey), nameof(OpenRouterApiKey.Hash))]
    [ArgumentCompleter(typeof(ApiKeyCompleter))]
    public string? ApiKey { get; set; }

    /// <summary>Only what came with the OpenRouter API key of this hash: 64 lowercase hexadecimal digits.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ApiKeyHashCompleter))]
    public string? ApiKeyHash { get; set; }

    /// <summary>What the figures are summed up by: Day, Model, Provider, Workspace, or Total for one line.</summary>
    [Parameter(Position = 0)]
    [PSDefaultValue(Value = ByokUsageGrouping.Day)]
    public ByokUsageGrouping GroupBy { get; set; } = ByokUsageGrouping.Day;

    private protected override void Begin()
    {
        foreach (var provider in Provider ?? []) Validate.NotBlank(nameof(Provider), provider);
        foreach (var model in Model ?? []) Validate.NotBlank(nameof(Model), model);
        Validate.NullOrNotBlank(nameof(Workspace), Workspace);
        if (WorkspaceId is not null) Validate.WorkspaceId(WorkspaceId);
        Validate.NullOrNotBlank(nameof(ApiKey), ApiKey);
        Validate.HashOrNull(nameof(ApiKeyHash), ApiKeyHash);
        if (Workspace is not null && WorkspaceId is not null)
        {
            throw Validate.TwoForms(nameof(Workspace), nameof(WorkspaceId));
        }

        if (ApiKey is not null && ApiKeyHash is not null) throw Validate.TwoForms(nameof(ApiKey), nameof(ApiKeyHash));
    }

    private protected override void ProcessInput()
    {
        var period = ParameterSetName == DateSet
            ? UsagePeriod.Day(Date, CurrentSession.UtcNow)
            : UsagePeriod.LastDays(Days, CurrentSession.UtcNow);
        Run(target: null, (output, cancellationToken) => GetAsync(period, output, cancellationToken));
    }

    private async Task GetAsync(UsagePeriod period, PipelineOperation output, CancellationToken cancellationToken)
    {
        var models = TextPatterns.Of(Model);
        var providers = TextPatterns.Of(Provider);
        var rows = await ReadAsync(period, output, cancellationToken).ConfigureAwait(false);
        var isOfProvider = await ProviderFilterAsync(providers, output, cancellationToken).ConfigureAwait(false);
        var undated = rows.Count(row => UsageReport.DayOf(row) is null);
        if (undated > 0) output.Warn(Messages.Format(Messages.UndatedActivity, undated));
        var wanted = rows.Where(row => UsageReport.DayOf(row) is { } day
            && period.Holds(day)
            && isOfProvider(row.ProviderName ?? "")
            && models?.Match(row.Model) is not false);

        var lines = UsageReport.Of([.. wanted], GroupBy, period);
        if (lines.Count == 0) output.Verbose(Messages.Format(Messages.NoActivity, period.From, period.To));
        await output.WriteAsync([.. lines.Select(Typed)], cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<ActivityItem>> ReadAsync(
        UsagePeriod period, PipelineOperation output, CancellationToken cancellationToken)
    {
        var workspace = Workspace is null
            ? WorkspaceId ?? CurrentSession.WorkspaceId
            : await Names.WorkspaceIdAsync(Workspace, output, cancellationToken).ConfigureAwait(false);
        var hash = ApiKey is null
            ? ApiKeyHash
            : await Names.ApiKeyHashAsync(ApiKey, output, cancellationToken).ConfigureAwait(false);
        var day = period.From == period.To ? period.From : (DateTime?)null;
        var query = new ActivityQuery(day, workspace, hash, GroupBy == ByokUsageGrouping.Workspace);
        return await Client.ListActivityAsync(query, output, cancellationToken).ConfigureAwait(false);
    }

    // Activity goes by the names of providers, people by their slugs.
    private async Task<Func<string, bool>> ProviderFilterAsync(
        TextPatterns? patterns, PipelineOperation output, CancellationToken cancellationToken)
    {
        if (patterns is null) return _ => true;
        var known = await CurrentSession.Account
            .Providers.GetAsync(Began, output, cancellationToken).ConfigureAwait(false);
        var slugs = known.ToLookup(one => one.Name, one => one.Slug);
        return name => patterns.Match([name, .. slugs[name]]);
    }

    // A type name of its own gives each grouping its own table.
    private static object Typed(ByokUsage line)
    {
        var typed = new PSObject(line);
        typed.TypeNames.Insert(0, $"{typeof(ByokUsage).FullName}#{line.GroupBy}");
        return typed;
    }
}
