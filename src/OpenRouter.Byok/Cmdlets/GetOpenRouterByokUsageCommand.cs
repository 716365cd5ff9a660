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

/// <summary>
/// Gets the spending on your own keys and in credits, by day, model, provider, workspace, API key, or member.
/// </summary>
/// <remarks>
/// <para>
/// OpenRouter keeps the usage data of the last 30 completed days in UTC; the current day is not included. Own spend is
/// what the providers bill for requests on your credentials, calculated with OpenRouter's prices; your contract may
/// specify other prices. Credits are what OpenRouter charged for requests on its shared capacity, and as its fee for
/// requests on your credentials. All amounts are in USD. Sums are exact to the last digit that the API returns.
/// </para>
/// <para>
/// For each day, model, and endpoint, the API reports the number of requests and the spending on your own keys and in
/// credits. It does not report how many of the requests ran on your own keys. OwnShare estimates this number for each
/// row: none if there is no own spend, all if the credits do not exceed the fee of 5 percent, and otherwise in
/// proportion to the own spend and the remaining credits. Requests on your own keys that cost nothing are not counted.
/// </para>
/// <para>
/// When grouped by day, the output has one line for each day of the period, with zeros for days without usage. Other
/// groups are sorted by own spend in descending order. To get a single line with the sums, group by Total; the header
/// of the table also shows them. If there was no usage, there is no output.
/// </para>
/// <para>
/// The API does not group by API key or member. When grouped by ApiKey or User, the cmdlet sends one request for each
/// API key of the account or member of the organization, disabled API keys included, and one more for all of them
/// together. Usage that no current API key or member accounts for, such as that of deleted API keys and former members,
/// is a line of its own, so that the lines always add up to the total. A personal account has no members, and grouping
/// it by User is an error.
/// </para>
/// </remarks>
/// <example>
/// <summary>See the last 30 days</summary>
/// <code>Get-OpenRouterByokUsage</code>
/// <para>The table has one line for each day. The bar shows the own spend.</para>
/// </example>
/// <example>
/// <summary>Find the models that cost the most last week</summary>
/// <code>Get-OpenRouterByokUsage -Days 7 -GroupBy Model | Select-Object -First 5</code>
/// <para>The highest own spend comes first.</para>
/// </example>
/// <example>
/// <summary>See which API keys spent the most in a workspace</summary>
/// <code>Get-OpenRouterByokUsage -GroupBy ApiKey -Workspace Production -Days 7</code>
/// <para>
/// With -GroupBy User instead, the output has one line for each member of the organization who sent requests.
/// </para>
/// </example>
/// <example>
/// <summary>Export the usage of one workspace</summary>
/// <code>
/// Get-OpenRouterByokUsage -Workspace Production -GroupBy Provider |
///     Export-Csv bill.csv -NoTypeInformation
/// </code>
/// <para>To limit the output to the requests of one API key, specify -ApiKey.</para>
/// </example>
/// <example>
/// <summary>Find models that still spend credits</summary>
/// <code>
/// Get-OpenRouterByokUsage -GroupBy Model |
///     Where-Object { $_.CreditsSpent -gt 0.05 * $_.OwnSpend }
/// </code>
/// <para>Credits that exceed the fee were spent on shared capacity.</para>
/// </example>
/// <seealso cref="GetOpenRouterByokKeyCommand"/>
/// <seealso cref="ResolveOpenRouterByokRouteCommand"/>
/// <seealso href="https://openrouter.ai/docs/api-reference/analytics/get-user-activity">The activity API</seealso>
[Cmdlet(
    VerbsCommon.Get, "OpenRouterByokUsage", DefaultParameterSetName = DaysSet,
    HelpUri = HelpPages.Address + "Get-OpenRouterByokUsage.md")]
[OutputType(typeof(ByokUsage))]
public sealed class GetOpenRouterByokUsageCommand : SessionCommand
{
    private const string DaysSet = "Days";
    private const string DateSet = "Date";

    /// <summary>The number of days, 1 to 30, up to and including yesterday in UTC.</summary>
    [Parameter(ParameterSetName = DaysSet)]
    [ValidateRange(1, UsagePeriod.MaximumDays)]
    [PSDefaultValue(Value = UsagePeriod.MaximumDays)]
    public int Days { get; set; } = UsagePeriod.MaximumDays;

    /// <summary>A single day, such as 2026-11-22. The date is a UTC day, regardless of your time zone.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DateSet)]
    public DateTime Date { get; set; }

    /// <summary>The slugs or names of the providers whose usage to get. Wildcards are permitted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ReferenceArgument(typeof(OpenRouterProvider), nameof(OpenRouterProvider.Slug), IsSlug = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[]? Provider { get; set; }

    /// <summary>The models whose usage to get, such as openai/gpt-5. Wildcards are permitted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[]? Model { get; set; }

    /// <summary>
    /// The name or slug of the workspace whose usage to get. If you omit it and the session has no workspace, the usage
    /// of all workspaces is included.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ReferenceArgument(typeof(OpenRouterWorkspace), nameof(OpenRouterWorkspace.Id))]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string? Workspace { get; set; }

    /// <summary>The id of the workspace whose usage to get.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [WorkspaceIdArgument]
    [ArgumentCompleter(typeof(WorkspaceIdCompleter))]
    public string? WorkspaceId { get; set; }

    /// <summary>
    /// Gets only the usage of this OpenRouter API key. Specify a name or an object from Get-OpenRouterApiKey.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ReferenceArgument(typeof(OpenRouterApiKey), nameof(OpenRouterApiKey.Hash))]
    [ArgumentCompleter(typeof(ApiKeyCompleter))]
    public string? ApiKey { get; set; }

    /// <summary>
    /// Gets only the usage of the OpenRouter API key with this hash of 64 lowercase hexadecimal digits.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ApiKeyHashCompleter))]
    public string? ApiKeyHash { get; set; }

    /// <summary>
    /// How the usage is grouped: by Day, Model, Provider, Workspace, ApiKey, or User, or as a single Total line. ApiKey
    /// and User require one request for each API key or member.
    /// </summary>
    [Parameter(Position = 0)]
    [PSDefaultValue(Value = ByokUsageGrouping.Day)]
    public ByokUsageGrouping GroupBy { get; set; } = ByokUsageGrouping.Day;

    /// <summary>The maximum number of concurrent requests, 1 to 64, when grouped by ApiKey or User.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    [PSDefaultValue(Value = 8)]
    public int ThrottleLimit { get; set; } = 8;

    private protected override void Begin()
    {
        foreach (var provider in Provider ?? [])
        {
            Validate.NotBlank(nameof(Provider), provider);
        }

        foreach (var model in Model ?? [])
        {
            Validate.NotBlank(nameof(Model), model);
        }

        Validate.NullOrNotBlank(nameof(Workspace), Workspace);
        if (WorkspaceId is not null)
        {
            Validate.WorkspaceId(WorkspaceId);
        }

        Validate.NullOrNotBlank(nameof(ApiKey), ApiKey);
        Validate.HashOrNull(nameof(ApiKeyHash), ApiKeyHash);
        if (Workspace is not null && WorkspaceId is not null)
        {
            throw Validate.TwoForms(nameof(Workspace), nameof(WorkspaceId));
        }

        if (ApiKey is not null && ApiKeyHash is not null)
        {
            throw Validate.TwoForms(nameof(ApiKey), nameof(ApiKeyHash));
        }
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
        var query = await QueryAsync(period, output, cancellationToken).ConfigureAwait(false);
        var callers = await ReadCallersAsync(query, output, cancellationToken).ConfigureAwait(false);
        // Read last: should the API drop the oldest day in between, the parts are more than the whole, which shows.
        var rows = await Client.ListActivityAsync(query, output, cancellationToken).ConfigureAwait(false);
        var isOfProvider = await ProviderFilterAsync(providers, output, cancellationToken).ConfigureAwait(false);
        var undated = rows.Count(row => row.Day is null);
        if (undated > 0)
        {
            output.Warning(Messages.Format(Messages.UndatedActivity, undated));
        }

        var groups = callers?.Select(caller => caller with { Rows = Wanted(caller.Rows) });
        var lines = groups is null
            ? UsageReport.Of(Wanted(rows), GroupBy, period)
            : UsageReport.Of([.. groups], Wanted(rows), GroupBy, period);
        if (lines.Count == 0)
        {
            output.Verbose(Messages.Format(Messages.NoActivity, period.From, period.To));
        }

        await output.WriteAsync([.. lines.Select(Typed)], cancellationToken).ConfigureAwait(false);

        IReadOnlyList<ActivityItem> Wanted(IReadOnlyList<ActivityItem> all) =>
        [
            .. all.Where(row => row.Day is { } day
                && period.Holds(day)
                && isOfProvider(row.ProviderName ?? "")
                && models?.Match(row.Model) is not false),
        ];
    }

    private async Task<IReadOnlyList<UsageGroup>?> ReadCallersAsync(
        ActivityQuery query, PipelineOperation output, CancellationToken cancellationToken)
    {
        var reader = new CallerUsageReader(Client, CurrentSession.Account, Began, ThrottleLimit, output);
        return GroupBy switch
        {
            ByokUsageGrouping.ApiKey => await reader.ReadByApiKeyAsync(query, cancellationToken).ConfigureAwait(false),
            ByokUsageGrouping.User => await reader.ReadByMemberAsync(query, cancellationToken).ConfigureAwait(false),
            _ => null,
        };
    }

    private async Task<ActivityQuery> QueryAsync(
        UsagePeriod period, PipelineOperation output, CancellationToken cancellationToken)
    {
        var workspace = Workspace is null
            ? WorkspaceId ?? CurrentSession.WorkspaceId
            : await Names.WorkspaceIdAsync(Workspace, output, cancellationToken).ConfigureAwait(false);
        var hash = ApiKey is null
            ? ApiKeyHash
            : await Names.ApiKeyHashAsync(ApiKey, output, cancellationToken).ConfigureAwait(false);
        var day = period.From == period.To ? period.From : (DateTime?)null;
        return new ActivityQuery(day, workspace, hash, GroupBy == ByokUsageGrouping.Workspace);
    }

    // Activity goes by the names of providers, people by their slugs.
    private async Task<Func<string, bool>> ProviderFilterAsync(
        TextPatterns? patterns, PipelineOperation output, CancellationToken cancellationToken)
    {
        if (patterns is null)
        {
            return _ => true;
        }

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
