using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>Routes as the page shows them.</summary>
public sealed class ReportRouteTests(ShuffledSandboxShell shared) : IClassFixture<ShuffledSandboxShell>
{
    private readonly SandboxShell sandbox = shared.Reset();

    [Fact]
    public void Credentials_come_in_order_then_shared_capacity_then_fallbacks()
    {
        Put(
            ReportAccount.Of(3),
            ReportAccount.Of(1) with { AllowedModels = ["openai/gpt-5"], AllowedUserIds = ["a", "b"] },
            ReportAccount.Of(2) with { Disabled = true },
            ReportAccount.Of(0) with { IsFallback = true },
            ReportAccount.Of(4) with { IsFallback = true, WorkspaceId = null, SortOrder = 7 });

        Assert.Equal(
            """
            openai in Default
            Key 1: Prioritized, sort order 1. Only for 1 model, 2 users.
            Key 3: Prioritized, sort order 3.
            Shared capacity: Spends credits.
            Key 0: Fallback, sort order 0.
            Key 4: Fallback, sort order 7.
            openai in All other workspaces
            Shared capacity: Spends credits.
            Key 4: Fallback, sort order 7.
            """,
            Text(Report()));
    }

    [Fact]
    public void Who_removed_shared_capacity_is_named()
    {
        Put(
            ReportAccount.Of(1) with { IsRequired = true },
            ReportAccount.Of(2) with { Provider = "groq", IsByokOnly = true, AllowedModels = ["m"] },
            ReportAccount.Of(3) with { Provider = "mistral", IsRequired = true, AllowedModels = ["m"] },
            ReportAccount.Of(4) with { Provider = "azure", IsRequired = true, Disabled = true },
            ReportAccount.Of(5) with { Provider = "azure", IsFallback = true, IsRequired = true });

        Assert.Equal(
            """
            azure in Default
            Shared capacity: Removed because Key 5 is required.
            Key 5: Fallback, sort order 5.
            groq in Default
            Key 2: Prioritized, sort order 2. Only for 1 model.
            Shared capacity: Removed because Key 2 is BYOK-only.
            mistral in Default
            Key 3: Prioritized, sort order 3. Only for 1 model.
            Shared capacity: Spends credits. Removed for requests that can use Key 3, which is required.
            openai in Default
            Key 1: Prioritized, sort order 1.
            Shared capacity: Removed because Key 1 is required.
            """,
            Text(Report()));
        Assert.Equal(3, Report().SelectMany(static route => route.Steps).Count(static step => step.Kind == "removed"));
    }

    [Fact]
    public void Credentials_of_one_place_are_tied()
    {
        Put(
            ReportAccount.Of(1) with { SortOrder = 0 },
            ReportAccount.Of(2) with { SortOrder = 0, CreatedAt = DateTime.UtcNow },
            ReportAccount.Of(3) with { SortOrder = 0, IsFallback = true },
            ReportAccount.Of(4) with { SortOrder = 0, Disabled = true });

        const string Tied = " Tied with another credential: either can be tried first.";
        Assert.Equal(
            $"""
            openai in Default
            Key 1: Prioritized, sort order 0.{Tied}
            Key 2: Prioritized, sort order 0.{Tied}
            Shared capacity: Spends credits.
            Key 3: Fallback, sort order 0.
            """,
            Text(Report()));
    }

    [Fact]
    public void Each_workspace_has_a_route_and_global_credentials_serve_all()
    {
        Put(
            ReportAccount.Of(1) with { WorkspaceId = SampleAccount.ScratchWorkspaceId },
            ReportAccount.Of(2) with { WorkspaceId = SampleAccount.ProductionWorkspaceId, IsByokOnly = true },
            ReportAccount.Of(3) with { WorkspaceId = null },
            ReportAccount.Of(4) with { WorkspaceId = null, Provider = "groq" },
            ReportAccount.Of(5) with { Disabled = true, Provider = "mistral" });

        Assert.Equal(
            """
            groq in All workspaces
            Key 4: Prioritized, sort order 4.
            Shared capacity: Spends credits.
            mistral in Default
            Shared capacity: Spends credits.
            openai in Production
            Key 2: Prioritized, sort order 2.
            Key 3: Prioritized, sort order 3.
            Shared capacity: Removed because Key 2 is BYOK-only.
            openai in Scratch
            Key 1: Prioritized, sort order 1.
            Key 3: Prioritized, sort order 3.
            Shared capacity: Spends credits.
            openai in All other workspaces
            Key 3: Prioritized, sort order 3.
            Shared capacity: Spends credits.
            """,
            Text(Report()));
    }

    [Fact]
    public void Of_very_many_credentials_the_first_are_shown_and_the_others_counted()
    {
        Put([
            .. Enumerable.Range(0, 13).Select(static mark => ReportAccount.Of(mark)),
            .. Enumerable.Range(20, 11).Select(static mark => ReportAccount.Of(mark) with { IsFallback = true }),
        ]);

        var steps = Assert.Single(Report()).Steps;

        Assert.Equal(
            [
                .. Enumerable.Range(0, 10).Select(static mark => $"Key {mark}"), null, "Shared capacity",
                .. Enumerable.Range(20, 10).Select(static mark => $"Key {mark}"), null,
            ],
            steps.Select(static step => step.Name));
        Assert.Equal(
            ["3 more credentials.", "1 more credentials."],
            steps.Where(static step => step.Name is null).Select(static step => step.Note));
    }

    [Fact]
    public void A_route_of_the_page_is_that_of_Resolve_OpenRouterByokRoute()
    {
        Put(
            ReportAccount.Of(1),
            ReportAccount.Of(2) with { IsFallback = true },
            ReportAccount.Of(3) with { WorkspaceId = null, SortOrder = 0 });

        var steps = sandbox.Shell.Run(
            "Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai -Workspace Default").All<ByokRouteStep>();

        Assert.Equal(
            steps.Select(static step => $"{step.Name ?? "Shared capacity"}: {step.Reason}"),
            Report()[0].Steps.Select(static step => $"{step.Name}: {step.Note}"));
    }

    /// <summary>Of other workspaces, the credentials were not read, so nothing can be said of their requests.</summary>
    [Theory]
    [InlineData("-Workspace Production", "Production")]
    [InlineData("-Workspace Scratch", "Scratch")]
    [InlineData("", "Default")]
    public void Routes_of_one_workspace_are_those_of_its_requests(string arguments, string workspace)
    {
        var all = Report().ToLookup(static route => route.Provider);

        var some = sandbox.Shell.Report(arguments).Routes;

        Assert.NotEmpty(some);
        Assert.All(some, route => Assert.Equal(workspace, route.Workspace));
        Assert.All(some, route => Assert.Equal(
            (all[route.Provider].FirstOrDefault(one => one.Workspace == workspace) ?? all[route.Provider].Last()).Steps,
            route.Steps));
    }

    [Fact]
    public void Without_credentials_there_are_no_routes()
    {
        Put();

        var page = sandbox.Shell.Report("-AllWorkspaces");

        Assert.Empty(page.Routes);
        Assert.Contains(
            "all requests use shared capacity", page.Section("routes").TextContent, StringComparison.Ordinal);
    }

    private void Put(params Credential[] credentials) => sandbox.Server.Store.ReplaceCredentials(credentials);

    private IReadOnlyList<ReportRoute> Report() => sandbox.Shell.Report("-AllWorkspaces").Routes;

    private static string Text(IEnumerable<ReportRoute> routes) => string.Join('\n', routes.SelectMany(static route =>
        route.Steps.Select(static step => $"{step.Name}: {step.Note}")
            .Prepend($"{route.Provider} in {route.Workspace}")));
}
