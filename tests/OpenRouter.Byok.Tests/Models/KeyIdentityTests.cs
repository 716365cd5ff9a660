using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Byok.Auditing;
using OpenRouter.Byok.Routing;
using Xunit;

namespace OpenRouter.Byok.Tests.Models;

/// <summary>Which objects are the same credential, and which of two comes first.</summary>
public sealed class KeyIdentityTests : IDisposable
{
    private readonly ModuleRunspace shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public void A_credential_is_known_by_its_id_whatever_else_was_changed()
    {
        var one = Key("0a", name: "before");
        var same = Key("0A", name: "after", order: 9);
        var other = Key("0b", name: "before");

        Assert.True(one == same && one.Equals(same) && one.Equals((object)same) && !(one != same));
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.False(one == other || one.Equals(other) || one.Equals(null) || one == null || one.Equals("0a"));
    }

    [Fact]
    public void One_that_is_only_planned_equals_itself_alone()
    {
        var (one, twin) = (Key(""), Key(""));

        Assert.True(one.Equals(one));
        Assert.False(one.Equals(twin) || one == twin);
        Assert.Equal(2, new[] { one, twin, one }.Distinct().Count());
    }

    [Fact]
    public void They_sort_in_the_order_of_trial()
    {
        ByokKey[] sorted =
        [
            Key("9", "azure", order: 7),
            Key("8", "OpenAI", order: 0),
            Key("7", order: 1, days: 1),
            Key("6", order: 1, days: 2),
            Key("4", order: 1, days: 3),
            Key("5", order: 1, days: 3),
            Key("3", order: 1, days: null),
            Key("2", order: 0, fallback: true),
            Key("1", "zz"),
        ];

        var shuffled = sorted.OrderBy(static key => key.Id, StringComparer.Ordinal).ToArray();

        Assert.Equal(sorted, shuffled.Order());
        // This is how Sort-Object compares.
        var comparer = Comparer<ByokKey>.Create(static (x, y) => LanguagePrimitives.Compare(x, y));
        Assert.Equal(sorted, shuffled.Order(comparer));
        Assert.True(sorted[0] < sorted[1] && sorted[1] >= sorted[0] && sorted[0] <= sorted[1] && sorted[1] > sorted[0]);
        Assert.True(null < sorted[0]);
        Assert.Throws<ArgumentException>(() => ((IComparable)sorted[0]).CompareTo("text"));
    }

    [Theory]
    [InlineData("$keys | Where-Object { $_ -eq $keys[0] }", 2)]
    [InlineData("$keys[1..2] | Where-Object { $_ -in $keys[0..1] }", 1)]
    [InlineData("$keys | Where-Object { $_ -gt $keys[0] }", 2)]
    [InlineData("[System.Collections.Generic.HashSet[object]]::new([object[]]$keys)", 3)]
    public void Credentials_of_one_name_are_told_apart(string script, int count) =>
        Assert.Equal(count, shell.Run(script, new { keys = Alike }).All<ByokKey>().Count);

    [Fact]
    public void Planned_ones_stay_apart_in_routes_and_audits()
    {
        var (one, twin) = (Planned(), Planned());

        var route = RoutePlanner.Plan([one, twin], new RouteRequest("m") { Providers = ["openai"] });
        var findings = Auditor.Audit(
            new AuditedAccount([one, twin], new AuditData(), DateTimeOffset.UnixEpoch, TimeSpan.FromDays(1)),
            AuditRules.All.Where(static rule => rule.Id == ByokAuditRule.NameMissing));

        Assert.Equal(2, route.Steps.Count(static step => step.Key is not null));
        Assert.All(route.Steps.Where(static step => step.Key is not null), static step => Assert.True(step.IsTied));
        Assert.Equal(2, findings.Count);

        static ByokKey Planned() => new() { Provider = "openai", SortOrder = RouteText.PlannedOrder };
    }

    [Fact]
    public void One_that_comes_twice_by_its_id_is_one_in_routes()
    {
        var route = RoutePlanner.Plan([Key("0a"), Key("0A")], new RouteRequest("m") { Providers = ["openai"] });

        Assert.All(route.Steps, static step => Assert.False(step.IsTied));
    }

    private static ByokKey[] Alike => [Key("0a"), Key("0b"), Key("0c"), Key("0a")];

    private static ByokKey Key(
        string id,
        string provider = "openai",
        string name = "Main",
        int order = 0,
        bool fallback = false,
        int? days = 0) => new()
        {
            Id = id,
            Provider = provider,
            Name = name,
            SortOrder = order,
            IsFallback = fallback,
            CreatedAt = days is { } some ? DateTimeOffset.UnixEpoch.AddDays(some) : null,
        };
}
