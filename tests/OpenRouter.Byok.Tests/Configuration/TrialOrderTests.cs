using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;
using Xunit;
using static OpenRouter.Byok.Tests.Configuration.Planning;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>The order of trial is noted where it will differ from that of the entries, and is no change.</summary>
public sealed class TrialOrderTests
{
    [Theory]
    // What is tried in this order, the entries, and the order that is noted.
    [InlineData("A,B,C", "A,B,C", null)]
    [InlineData("A,B,C", "C,B,A", "A, B, C")]
    [InlineData("A,B,C", "A,C,B", "A, B, C")]
    [InlineData("A,B,C", "A,C", null)]
    [InlineData("A,B,C", "C,A", "A, C")]
    [InlineData("A,B", "A,B,New", null)]
    [InlineData("A,B", "New,A,B", "A, B, New")]
    [InlineData("A,B", "A,New,B,Newer", "A, B, New, Newer")]
    [InlineData("", "A,B", null)]
    [InlineData("A", "", null)]
    public void It_is_noted_where_it_differs(string tried, string wanted, string? actual)
    {
        var plan = Plan(Keys(tried), Names(wanted).Select(static name => Entry(name)));

        Assert.Equal(
            actual is null ? [] : [Note("openai", Production, actual, wanted.Replace(",", ", "))], plan.OrderNotes());
        Assert.DoesNotContain(plan.Changes, static change => change.Action == ByokConfigurationAction.Update);
    }

    [Fact]
    public void It_is_the_order_of_trial_that_counts_and_not_that_of_the_list()
    {
        Assert.Empty(Plan([Key("k2", "B", order: 2), Key("k1", "A", order: 1)], Entry("A"), Entry("B")).OrderNotes());
        Assert.Single(Plan([Key("k2", "B", order: 2), Key("k1", "A", order: 1)], Entry("B"), Entry("A")).OrderNotes());
    }

    [Fact]
    public void Of_credentials_in_the_same_place_the_older_one_is_tried_first()
    {
        ByokKey[] keys = [Aged("k1", "A", year: 2026), Aged("k3", "B", year: 2025), Aged("k2", "C", year: 2025)];

        Assert.Empty(Plan(keys, Entry("C"), Entry("B"), Entry("A"), Entry("New")).OrderNotes());
        Assert.Equal(
            [Note("openai", Production, "C, B, A, New", "New, A, B, C")],
            Plan(keys, Entry("New"), Entry("A"), Entry("B"), Entry("C")).OrderNotes());

        static ByokKey Aged(string id, string name, int year) => new()
        {
            Id = id,
            Name = name,
            Provider = "openai",
            WorkspaceId = Production,
            CreatedAt = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero),
        };
    }

    [Fact]
    public void Providers_and_workspaces_have_orders_of_their_own()
    {
        ByokKey[] keys =
        [
            Key("k1", "A", order: 2), Key("k2", "B", "azure", order: 1), Key("k3", "C", workspace: Staging, order: 0),
        ];

        Assert.Empty(Plan(keys, Entry("A"), Entry("B", "azure"), Entry("C", workspace: Staging)).OrderNotes());
    }

    [Fact]
    public void There_is_a_note_for_each_pair_that_differs() => Assert.Equal(
        [Note("azure", Production, "A, B", "B, A"), Note("openai", Staging, "C, D", "D, C")],
        Plan(
            [
                Key("k1", "A", "azure", order: 1), Key("k2", "B", "azure", order: 2),
                Key("k3", "C", workspace: Staging, order: 1), Key("k4", "D", workspace: Staging, order: 2),
                Key("k5", "E", order: 1), Key("k6", "F", order: 2),
            ],
            Entry("B", "Azure"),
            Entry("D", workspace: Staging),
            Entry("E"),
            Entry("A", "azure"),
            Entry("C", workspace: Staging),
            Entry("F")).OrderNotes());

    [Theory]
    // Fallbacks are tried after the others, whatever their places.
    [InlineData(false, null, true)]
    [InlineData(true, null, false)]
    [InlineData(false, true, false)]
    [InlineData(true, false, true)]
    public void Fallbacks_are_compared_among_themselves(bool isFallback, bool? wantsFallback, bool isNoted)
    {
        var wanted = wantsFallback is { } wants ? Setting(CredentialSettings.IsFallback, wants) : null;

        var plan = Plan(
            [
                Key("k1", "A", order: 1, settings: Setting(CredentialSettings.IsFallback, isFallback)),
                Key("k2", "B", order: 2),
            ],
            Entry("B"),
            Entry("A", settings: wanted));

        Assert.Equal(isNoted ? 1 : 0, plan.OrderNotes().Count);
    }

    [Fact]
    public void What_is_blocked_is_not_tried() => Assert.Empty(Plan(
        [Key("k1", "A", order: 1), Key("k2", "B", order: 2, settings: Setting(CredentialSettings.IsFallback, true))],
        Entry("B", settings: Setting(CredentialSettings.IsByokOnly, true).With(CredentialSettings.IsFallback, true)),
        Entry("New", variable: null),
        Entry("A")).OrderNotes());

    [Fact]
    public void Credentials_without_a_name_are_called_by_their_labels() => Assert.Equal(
        [Note("openai", Production, "sk-...1111, New", "New, sk-...1111")],
        Plan([Key("k1", null, label: "sk-...1111")], Entry("New"), Entry(default)).OrderNotes());

    [Fact]
    public void A_renamed_credential_is_called_by_its_new_name_and_one_of_an_id_by_the_one_it_has() => Assert.Equal(
        [Note("openai", Production, "A, Renamed", "Renamed, A")],
        Plan(
            [Key("k1", "A", order: 1), Key("k2", "B", order: 2)],
            Entry("Renamed", previousName: "B"),
            Entry(default, id: "k1")).OrderNotes());

    [Fact]
    public void The_default_workspace_has_a_name_in_notes()
    {
        var first = Entry("A");

        Assert.Equal(
            [Note("openai", Messages.PlanDefaultWorkspace, "B, A", "A, B")],
            Plan(
                [Key("k2", "B")],
                first with { Entry = first.Entry with { Workspace = null } },
                Entry("B")).OrderNotes());
    }

    private static string[] Names(string names) => names.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<ByokKey> Keys(string names) =>
        Names(names).Select(static (name, index) => Key($"k{index}", name, order: index));

    private static string Note(string provider, string workspace, string actual, string wanted) =>
        Messages.Format(Messages.PlanOrder, provider, workspace, actual, wanted);
}
