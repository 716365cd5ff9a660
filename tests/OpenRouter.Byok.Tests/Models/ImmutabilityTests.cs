using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace OpenRouter.Byok.Tests.Models;

/// <summary>Assigning to what a cmdlet put out is an error, for the change would go nowhere.</summary>
public sealed class ImmutabilityTests : IDisposable
{
    private static readonly Type[] Types = OutputTypes();

    private readonly ModuleRunspace shell = new();

    public static TheoryData<string> TypeNames => [.. Types.Select(static type => type.Name)];

    public void Dispose() => shell.Dispose();

    [Fact]
    public void All_output_types_are_looked_at() => Assert.Superset(
        new HashSet<string>
        {
            nameof(ByokKey), nameof(ByokUsage), nameof(ByokRouteStep), nameof(ByokAuditFinding),
            nameof(ByokKeyTestResult), nameof(OpenRouterApiKey), nameof(OpenRouterMember), nameof(OpenRouterModel),
            nameof(OpenRouterProvider), nameof(OpenRouterSession), nameof(OpenRouterWorkspace), nameof(AllowList),
            nameof(TextList), nameof(AdditionalProperties),
        },
        Types.Select(static type => type.Name).ToHashSet());

    [Fact]
    public void No_output_type_has_a_property_or_field_that_others_can_set() => Assert.Empty(
        from type in Types
        from member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance)
        where member switch
        {
            PropertyInfo property => property.SetMethod is { IsPublic: true },
            FieldInfo field => !field.IsInitOnly,
            _ => false,
        }
        select $"{type.Name}.{member.Name}");

    [Theory]
    [MemberData(nameof(TypeNames))]
    public void Assigning_to_any_property_is_an_error_in_PowerShell(string name)
    {
        var one = RuntimeHelpers.GetUninitializedObject(Types.Single(type => type.Name == name));
        var properties = one.GetType().GetProperties()
            .Where(static property => property.GetIndexParameters().Length == 0)
            .ToList();

        Assert.NotEmpty(properties);
        foreach (var property in properties.Select(static property => property.Name))
        {
            var result = shell.Run("$one.$property = $null", new { one, property });

            // In a dictionary the name is that of an entry.
            Assert.Contains(
                result.OnlyError().FullyQualifiedErrorId,
                new[] { "PropertyAssignmentException", typeof(NotSupportedException).FullName });
        }
    }

    // The same for what can be assigned to: the test above would see it.
    [Fact]
    public void Assigning_to_what_is_meant_for_it_is_no_error()
    {
        var one = new PSVariable("x", 1);

        shell.Run("$one.Value = 2", new { one }).IsSilent();

        Assert.Equal(2, one.Value);
    }

    [Theory]
    [InlineData("$key.Disabled = $true")]
    [InlineData("$key.Name = 'other'")]
    [InlineData("$key.AllowedModels = @('b')")]
    [InlineData("$key.AllowedModels[0] = 'b'")]
    [InlineData("([System.Collections.IList]$key.AllowedModels).Add('b')")]
    [InlineData("([System.Collections.IList]$key.AllowedModels).Clear()")]
    [InlineData("$key.AdditionalProperties['x'] = 2")]
    [InlineData("$key.AdditionalProperties.Add('y', 2)")]
    [InlineData("$provider.Datacenters[0] = 'DE'")]
    public void What_was_read_stays_as_it_was(string assignment)
    {
        var key = new ByokKey
        {
            Id = Samples.Id,
            Name = "one",
            AllowedModels = new AllowList(["a"]),
            AdditionalProperties = new AdditionalProperties(new Dictionary<string, object?> { ["x"] = 1 }),
        };
        var provider = new OpenRouterProvider { Slug = "openai", Datacenters = new TextList(["US"]) };

        shell.Run(assignment, new { key, provider }).OnlyError();

        Assert.Equal(("one", false, "a", "x=1"), (
            key.Name, key.Disabled, key.AllowedModels.ToString(), key.AdditionalProperties.ToString()));
        Assert.Equal("US", provider.Datacenters.ToString());
    }

    // What cmdlets declare to put out, and what of the module these hold.
    private static Type[] OutputTypes()
    {
        var module = typeof(ByokKey).Assembly;
        var found = new HashSet<Type>();
        var waiting = new Queue<Type>(
            from type in module.GetExportedTypes()
            where type.IsSubclassOf(typeof(Cmdlet))
            from output in type.GetCustomAttributes<OutputTypeAttribute>()
            from name in output.Type
            select name.Type);
        while (waiting.TryDequeue(out var type))
        {
            if (type is null || type.Assembly != module || type.IsEnum || !found.Add(type))
            {
                continue;
            }

            foreach (var property in type.GetProperties())
            {
                waiting.Enqueue(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
            }
        }

        return [.. found.OrderBy(static type => type.Name, StringComparer.Ordinal)];
    }
}
