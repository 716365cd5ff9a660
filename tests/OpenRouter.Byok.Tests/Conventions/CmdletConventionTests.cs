using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Security;
using System.Text.RegularExpressions;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Sandbox;
using Xunit;

namespace OpenRouter.Byok.Tests.Conventions;

/// <summary>The rules that every cmdlet keeps, looked up in the staged assembly.</summary>
public sealed partial class CmdletConventionTests
{
    private static readonly Assembly Module = typeof(ByokKey).Assembly;

    private static readonly List<Cmd> Cmdlets =
    [
        .. from type in Module.GetTypes()
           let attribute = type.GetCustomAttribute<CmdletAttribute>()
           where attribute is not null
           select new Cmd(type, attribute),
    ];

    private static readonly Cmd[] BadCmdlets =
    [
        .. from type in new[] { typeof(BadCmdlet), typeof(BadSetCmdlet) }
           select new Cmd(type, type.GetCustomAttribute<CmdletAttribute>()!),
    ];

    [Fact]
    public void There_are_cmdlets() => Assert.InRange(Cmdlets.Count, 9, 100);

    [Fact]
    public void Cmdlets_are_public_and_sealed() =>
        Nobody(static cmdlet => !cmdlet.Type.IsPublic || !cmdlet.Type.IsSealed);

    [Fact]
    public void Whatever_derives_from_Cmdlet_is_one_or_is_abstract() => Assert.Empty(
        Module.GetTypes().Where(static type => type.IsSubclassOf(typeof(Cmdlet)) && !type.IsAbstract)
            .Except(Cmdlets.Select(static cmdlet => cmdlet.Type)));

    [Fact]
    public void Every_cmdlet_has_a_file_of_its_own() => Nobody(
        static cmdlet => !File.Exists(
            Path.Combine(StagedModule.Root, "src", "OpenRouter.Byok", "Cmdlets", cmdlet.Type.Name + ".cs")));

    [Fact]
    public void Classes_are_named_as_their_cmdlets() => Nobody(
        static cmdlet => cmdlet.Type.Name != cmdlet.Name.Replace("-", "", StringComparison.Ordinal) + "Command");

    [Fact]
    public void Every_cmdlet_says_what_it_outputs() => Nobody(
        static cmdlet => !cmdlet.Type.GetCustomAttributes<OutputTypeAttribute>().Any());

    [Fact]
    public void Verbs_are_approved()
    {
        var approved = typeof(VerbsCommon).Assembly.GetExportedTypes()
            .Where(static type =>
                type.Name.StartsWith("Verbs", StringComparison.Ordinal) && type.IsAbstract && type.IsSealed)
            .SelectMany(static type => type.GetFields())
            .Select(static field => (string?)field.GetValue(null))
            .ToHashSet(StringComparer.Ordinal);

        Nobody(cmdlet => !approved.Contains(cmdlet.Attribute.VerbName));
    }

    [Fact]
    public void Nouns_are_singular_and_begin_with_OpenRouter() => Nobody(
        static cmdlet => !Noun().IsMatch(cmdlet.Attribute.NounName));

    // The secret is a value that New-OpenRouterByokSecret outputs: nothing is sent, and nothing is stored.
    [Fact]
    public void ShouldProcess_is_where_something_changes_and_nowhere_else() => Nobody(
        static cmdlet => cmdlet.Attribute.SupportsShouldProcess
            != (cmdlet.Name != "New-OpenRouterByokSecret"
                && cmdlet.Attribute.VerbName
                    is "New" or "Set" or "Remove" or "Enable" or "Disable" or "Test" or "Sync" or "Export"));

    [Fact]
    public void Only_what_cannot_be_taken_back_asks_unbidden() => Nobody(
        static cmdlet => cmdlet.Attribute.ConfirmImpact == ConfirmImpact.High != cmdlet.Attribute.VerbName is "Remove");

    [Fact]
    public void A_parameter_that_holds_a_secret_is_a_SecureString() => NoParameter(
        // What takes the name of an API key, or its object, never takes the key.
        static parameter => SecretName().IsMatch(parameter.Name)
            && !parameter.GetCustomAttributes<ReferenceArgumentAttribute>().Any()
            && parameter.PropertyType != typeof(SecureString)
            && parameter.PropertyType != typeof(SecureString[])
            && parameter.PropertyType != typeof(PSCredential));

    [Fact]
    public void Every_SecureString_refuses_plain_text_with_a_word_on_how_to_make_one() => NoParameter(
        static parameter => (parameter.PropertyType == typeof(SecureString)
                || parameter.PropertyType == typeof(SecureString[]))
            && !parameter.GetCustomAttributes<ArgumentTransformationAttribute>().Any());

    [Fact]
    public void Parameters_and_aliases_are_in_PascalCase() => NoParameter(
        static parameter => !PascalCase().IsMatch(parameter.Name)
            || parameter.GetCustomAttributes<AliasAttribute>()
                .SelectMany(static alias => alias.AliasNames)
                .Any(static name => !PascalCase().IsMatch(name)));

    [Fact]
    public void A_parameter_that_takes_several_is_named_in_the_singular() => NoParameter(
        static parameter => parameter.PropertyType.IsArray && parameter.Name.EndsWith('s'));

    /// <summary>An InputObject is read property by property, and refused in words of its own.</summary>
    [Fact]
    public void Nothing_of_type_object_binds_from_the_pipeline_by_value_unchecked() => NoParameter(
        static parameter => parameter.Name != "InputObject"
            && Declarations(parameter).Any(static declared => declared.ValueFromPipeline)
            && (parameter.PropertyType == typeof(object) || parameter.PropertyType == typeof(PSObject)));

    [Fact]
    public void Open_sets_are_text_and_complete() => NoParameter(
        static parameter => parameter.Name is "Provider" or "DeclaredRegion"
            && ((parameter.PropertyType != typeof(string) && parameter.PropertyType != typeof(string[]))
                || parameter.GetCustomAttributes<ValidateSetAttribute>().Any()
                || !parameter.GetCustomAttributes<ArgumentCompleterAttribute>().Any()));

    [Theory]
    [InlineData("Set-OpenRouterByokKey", "Id")]
    [InlineData("Remove-OpenRouterByokKey", "Id")]
    [InlineData("Enable-OpenRouterByokKey", "Id")]
    [InlineData("Disable-OpenRouterByokKey", "Id")]
    [InlineData("Test-OpenRouterByokKey", "Id", "Provider", "Key")]
    [InlineData("Get-OpenRouterByokKey", "InputObject")]
    public void Only_what_tells_credentials_binds_from_the_pipeline_and_by_value(
        string name, string parameter, params string[] ofNewKeys)
    {
        var parameters = Cmdlets.Single(cmdlet => cmdlet.Name == name).Parameters.ToList();

        Assert.Equal([parameter], NamesOf(parameters, static declared => declared.ValueFromPipeline));
        Assert.Equal(ofNewKeys, NamesOf(parameters, static declared => declared.ValueFromPipelineByPropertyName));
    }

    private static IEnumerable<string> NamesOf(
        IEnumerable<PropertyInfo> parameters, Func<ParameterAttribute, bool> isBound) =>
        from parameter in parameters
        where Declarations(parameter).Any(isBound)
        select parameter.Name;

    [Fact]
    public void What_changes_something_shows_it_on_demand_only() => Nobody(
        static cmdlet => cmdlet.Attribute is { VerbName: "Set" or "Enable" or "Disable" }
            && cmdlet.Parameters.All(static parameter => parameter.Name != "PassThru"));

    [Fact]
    public void Parameter_positions_leave_no_gap() => Nobody(static cmdlet =>
    {
        var positioned = cmdlet.Parameters.SelectMany(Declarations)
            .Where(static declared => declared.Position >= 0)
            .ToLookup(static declared => declared.ParameterSetName);
        var inAll = positioned[ParameterAttribute.AllParameterSets];
        var sets = positioned.Count > 1
            ? positioned.Where(static set => set.Key != ParameterAttribute.AllParameterSets)
            : positioned;
        return sets.Any(set => !set.Union(inAll).Select(static declared => declared.Position)
            .Order()
            .SequenceEqual(Enumerable.Range(0, set.Union(inAll).Count())));
    });

    private static IEnumerable<ParameterAttribute> Declarations(PropertyInfo parameter) =>
        parameter.GetCustomAttributes<ParameterAttribute>();

    // Each rule is held against cmdlets that break it as well, or it could not be seen to look at anything.
    private static void Nobody(Func<Cmd, bool> breaks)
    {
        Assert.Contains(BadCmdlets, cmdlet => breaks(cmdlet));
        Assert.Empty(Cmdlets.Where(breaks).Select(static cmdlet => cmdlet.Name));
    }

    private static void NoParameter(Func<PropertyInfo, bool> breaks)
    {
        Assert.NotEmpty(Breaking(BadCmdlets));
        Assert.Empty(Breaking(Cmdlets));

        IEnumerable<string> Breaking(IEnumerable<Cmd> cmdlets) =>
            from cmdlet in cmdlets
            from parameter in cmdlet.Parameters
            where breaks(parameter)
            select $"{cmdlet.Name} -{parameter.Name}";
    }

    [GeneratedRegex("^OpenRouter([A-Z][A-Za-z]*[^s])?$")]
    private static partial Regex Noun();

    [GeneratedRegex("(Key|Secret|Password|Passphrase|Token|Credential)s?$")]
    private static partial Regex SecretName();

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$")]
    private static partial Regex PascalCase();

    /// <summary>Breaks the rules for all cmdlets.</summary>
    [Cmdlet("Obtain", "Things", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
    private abstract class BadCmdlet : PSCmdlet
    {
        [Parameter(Position = 1, ValueFromPipeline = true)]
        public object? Anything { get; set; }

        [Parameter]
        public object? Provider { get; set; }

        [Parameter]
        public string? AccessToken { get; set; }

        [Parameter]
        public SecureString? Password { get; set; }

        [Parameter]
        public string[]? Names { get; set; }

        [Parameter]
        [Alias("other_name")]
        public string? Name { get; set; }
    }

    /// <summary>Breaks the rule for those that change something.</summary>
    [Cmdlet(VerbsCommon.Set, "OpenRouterThing")]
    private abstract class BadSetCmdlet : PSCmdlet
    {
    }

    private sealed record Cmd(Type Type, CmdletAttribute Attribute)
    {
        public string Name => $"{Attribute.VerbName}-{Attribute.NounName}";

        public IEnumerable<PropertyInfo> Parameters => Type.GetProperties()
            .Where(static property => property.IsDefined(typeof(ParameterAttribute), inherit: true));
    }
}
