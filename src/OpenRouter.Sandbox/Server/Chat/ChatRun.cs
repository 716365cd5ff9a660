using System;
using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Sandbox.Server;

/// <summary>A request under way: its steps tried until one serves, and the record of it.</summary>
internal sealed class ChatRun
{
    private readonly ChatRequest request;
    private readonly Model model;
    private readonly IReadOnlyList<Provider> hosts;
    private readonly IReadOnlyList<Provider> candidates;
    private readonly List<RouterAttempt> attempts = [];

    public ChatRun(SandboxStore store, ChatRequest request, Model model, ApiKey caller)
    {
        this.request = request;
        this.model = model;
        hosts = [.. model.Hosts.SelectMany(slug => store.Providers.Where(provider => provider.Slug == slug))];
        candidates = request.Preferences.Choose(hosts);
        foreach (var step in new RoutePlan(store, model, caller).Over(
            candidates, request.Preferences.IsFirstProviderOnly))
        {
            Last = step;
            Outcome = step.Credential?.Upstream ?? store.SharedUpstream(step.Provider.Slug);
            Delay += Outcome.Delay;
            attempts.Add(new RouterAttempt(step.Provider.Name, model.Id, step.IsByok, Outcome.Status));
            if (Outcome.IsServing)
            {
                break;
            }
        }
    }

    /// <summary>What served, or failed last; null when there was nothing to try.</summary>
    public RouteStep? Last { get; }

    public SandboxUpstream? Outcome { get; }

    /// <summary>How long the providers took, all attempts together.</summary>
    public TimeSpan Delay { get; }

    public IReadOnlyList<string> HostSlugs => [.. hosts.Select(host => host.Slug)];

    public RouterMetadata Metadata()
    {
        // When every provider was excluded, the response still lists them.
        var reported = candidates.Count > 0 ? candidates : hosts;
        var selected = Outcome is { IsServing: true } ? Last!.Provider : null;
        return new RouterMetadata
        {
            Requested = request.Model,
            Summary = $"available={reported.Count}" + (selected is null ? "" : $", selected={selected.Name}"),
            Attempt = attempts.Count,
            IsByok = Last is { IsByok: true },
            Endpoints = new(hosts.Count, [.. reported.Select(host => new RouterEndpoint(
                host.Name, model.Id, Selected: host == selected))]),
            Attempts = attempts.Count == 0 ? null : attempts,
        };
    }
}
