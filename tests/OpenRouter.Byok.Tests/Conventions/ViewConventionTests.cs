using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using OpenRouter.Sandbox;
using Xunit;

namespace OpenRouter.Byok.Tests.Conventions;

/// <summary>The views file as a whole: no text gets to the screen as it is.</summary>
public sealed class ViewConventionTests
{
    private static readonly List<XElement> Views =
    [
        .. XDocument.Load(Path.Combine(StagedModule.Folder, "OpenRouter.Byok.Format.ps1xml")).Descendants("View"),
    ];

    [Fact]
    public void A_property_is_shown_by_its_name_only_when_it_cannot_hold_text()
    {
        var shown = Views.SelectMany(static view => view.Descendants("PropertyName").Select(
            property => (Type: TypeOf(view), Property: property.Value.Trim()))).ToList();

        Assert.NotEmpty(shown);
        Assert.DoesNotContain(shown, static one => !one.Type.GetProperty(one.Property)!.PropertyType.IsValueType);
    }

    [Fact]
    public void Every_output_has_a_list_view_since_PowerShell_s_own_shows_text_as_it_is()
    {
        var outputs =
            from type in typeof(ByokKey).Assembly.GetExportedTypes()
            from output in type.GetCustomAttributes<OutputTypeAttribute>()
            from name in output.Type
            where name.Type?.Assembly == typeof(ByokKey).Assembly
            select name.Type;
        var listed = Views.Where(static view => view.Element("ListControl") is not null).Select(TypeOf).ToList();

        Assert.Contains(typeof(ByokKey), outputs);
        Assert.Empty(outputs.Distinct().Except(listed));
    }

    [Theory]
    [InlineData(typeof(OpenRouterProvider))]
    [InlineData(typeof(OpenRouterModel))]
    [InlineData(typeof(OpenRouterWorkspace))]
    [InlineData(typeof(OpenRouterMember))]
    [InlineData(typeof(ByokKeyTestResult))]
    public void A_list_that_shows_all_shows_what_PowerShell_would(Type type)
    {
        var list = Views.Single(view => TypeOf(view) == type && view.Element("ListControl") is not null);

        Assert.Equal(
            type.GetProperties().Select(static property => property.Name),
            list.Descendants("ListItem").Select(
                static item => (item.Element("Label") ?? item.Element("PropertyName"))!.Value));
    }

    private static Type TypeOf(XElement view) => typeof(ByokKey).Assembly.GetType(
        view.Descendants("TypeName").Single().Value.Trim().Split('#')[0], throwOnError: true)!;
}
