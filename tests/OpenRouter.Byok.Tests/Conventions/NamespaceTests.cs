using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Cmdlets;
using OpenRouter.Byok.Routing;
using Xunit;

namespace OpenRouter.Byok.Tests.Conventions;

/// <summary>Dependencies between the namespaces of the module run one way, as CONTRIBUTING.md lays out.</summary>
public sealed class NamespaceTests
{
    // From the bottom to the top. A namespace may use itself, those below it, and those that stand beside it.
    private static readonly string[][] Layers =
    [
        ["Errors"],
        ["Models"],
        ["Api.Secrets"],
        ["Api.Json"],
        ["Api.Http"],
        ["Api.Paging"],
        ["Api.Creation"],
        ["Api"],
        ["Routing"],
        ["Account"],
        ["Auditing"],
        ["Testing"],
        ["Usage"],
        ["KeyFormats"],
        ["Configuration"],
        ["Reporting"],
        ["Session"],
        ["Cmdlets.Binding"],
        ["Completion"],
        ["Cmdlets", "Cmdlets.Base", "Cmdlets.Pipeline"],
        ["Views"],
        ["Module"],
    ];

    private static readonly string[][] Forbidden =
    [
        // What is made of the account is made without the session that it was read with, and of each kind by itself.
        ["Auditing", "Testing"], ["Auditing", "Usage"], ["Testing", "Auditing"], ["Testing", "Usage"],
        // Making and judging keys needs nothing of an account.
        ["KeyFormats", "Models"], ["KeyFormats", "Api"], ["KeyFormats", "Api.Json"], ["KeyFormats", "Api.Http"],
        ["KeyFormats", "Routing"], ["KeyFormats", "Auditing"], ["KeyFormats", "Testing"], ["KeyFormats", "Usage"],
        ["Configuration", "Auditing"], ["Configuration", "Usage"],
    ];

    private static readonly (Type From, Type To)[] Uses =
    [
        .. from type in typeof(ByokKey).Assembly.GetTypes()
           where IsOfModule(type)
           from used in TypeUses.Of(type)
           where used.Assembly == type.Assembly && IsOfModule(used)
           select (type, used),
    ];

    [Fact]
    public void A_namespace_uses_only_those_below_it() => Assert.Empty(Violations(Layers));

    [Fact]
    public void Every_namespace_has_its_place() => Assert.Empty(
        typeof(ByokKey).Assembly.GetTypes().Where(IsOfModule).Select(LayerOf).Distinct().Except(Layers.SelectMany(
            static layer => layer)));

    [Fact]
    public void What_is_made_of_the_account_is_made_independently() => Assert.Empty(
        from use in Uses
        where Forbidden.Any(pair => LayerOf(use.From) == pair[0] && LayerOf(use.To) == pair[1])
        select $"{use.From} uses {use.To}");

    [Fact]
    public void The_scan_sees_what_methods_use() =>
        Assert.Contains((typeof(ResolveOpenRouterByokRouteCommand), typeof(RoutePlanner)), Uses.Select(
            static use => (Outermost(use.From), use.To)));

    [Fact]
    public void The_scan_would_find_a_use_in_the_other_direction() =>
        Assert.NotEmpty(Violations([.. Layers.Reverse()]));

    private static List<string> Violations(string[][] layers)
    {
        var places = layers.SelectMany(static (layer, place) => layer.Select(name => (name, place)))
            .ToDictionary(static one => one.name, static one => one.place);
        return
        [
            .. (from use in Uses
                let user = LayerOf(use.From)
                let used = LayerOf(use.To)
                where places[used] > places[user]
                select $"{Outermost(use.From)} of {user} uses {Outermost(use.To)} of {used}").Distinct(),
        ];
    }

    private static bool IsOfModule(Type type) =>
        Outermost(type).Namespace is { } name
        && (name == "OpenRouter.Byok" || name.StartsWith("OpenRouter.Byok.", StringComparison.Ordinal));

    private static Type Outermost(Type type) => type.DeclaringType is { } declaring ? Outermost(declaring) : type;

    // Scripts and format views know the public output types by their names, so these stand in the root namespace.
    private static string LayerOf(Type type) => Outermost(type) switch
    {
        var session when session == typeof(OpenRouterSession) => "Session",
        // It carries what it takes to make the change.
        var change when change == typeof(ByokConfigurationChange) => "Configuration",
        { Namespace: "OpenRouter.Byok" } => "Models",
        var other => other.Namespace!["OpenRouter.Byok.".Length..],
    };
}
