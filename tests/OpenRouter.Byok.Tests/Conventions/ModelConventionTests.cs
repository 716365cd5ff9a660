using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Reflection;
using System.Security;
using System.Text.RegularExpressions;
using OpenRouter.Byok.Cmdlets;
using OpenRouter.Byok.Errors;
using OpenRouter.Sandbox;
using Xunit;

namespace OpenRouter.Byok.Tests.Conventions;

/// <summary>The rules of what comes out, and of what is said.</summary>
public sealed class ModelConventionTests
{
    private static readonly Assembly Module = typeof(ByokKey).Assembly;

    [Fact]
    public void Nothing_public_but_a_cmdlet_s_own_parameters_is_a_secret()
    {
        var cmdlets = Module.GetExportedTypes().ToLookup(static type => type.IsSubclassOf(typeof(Cmdlet)));

        Assert.Contains("NewOpenRouterByokKeyCommand.Key", SecretMembers(cmdlets[true]));
        Assert.Empty(SecretMembers(cmdlets[false]));

        static IEnumerable<string> SecretMembers(IEnumerable<Type> types) =>
            from type in types
            from member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
            let carried = member switch
            {
                PropertyInfo property => property.PropertyType,
                FieldInfo field => field.FieldType,
                MethodInfo method => method.ReturnType,
                _ => typeof(void),
            }
            where carried == typeof(SecureString)
                || carried == typeof(PSCredential)
                || carried == typeof(NetworkCredential)
            select $"{type.Name}.{member.Name}";
    }

    [Fact]
    public void A_credential_has_the_contract_s_sixteen_properties_and_the_rest() => Assert.Equal(
        "AdditionalProperties AllowedApiKeyHashes AllowedModels AllowedUserIds CreatedAt DeclaredRegion DeclaredZdr "
        + "Disabled Id IsByokOnly IsFallback IsRequired Label Name Provider SortOrder WorkspaceId",
        string.Join(
            ' ',
            typeof(ByokKey).GetProperties().Select(static property => property.Name).Order(StringComparer.Ordinal)));

    [Fact]
    public void Every_reason_has_an_advice() => Assert.Empty(
        from reason in Enum.GetNames<ErrorReason>()
        let advice = Messages.ResourceManager.GetString("Advice" + reason, culture: null)
        where string.IsNullOrWhiteSpace(advice)
            || !advice.EndsWith('.')
            || advice.Contains('{', StringComparison.Ordinal)
        select reason);

    [Fact]
    public void Every_reason_has_a_category_of_its_own_kind() => Assert.Empty(
        from reason in Enum.GetValues<ErrorReason>()
        let category = ErrorRecordFactory.Create(new OpenRouterException(reason, "x"), null).CategoryInfo.Category
        where category == ErrorCategory.NotSpecified
            || (category == ErrorCategory.InvalidResult
                && reason is not (ErrorReason.InvalidResponse or ErrorReason.AmbiguousCreate))
        select reason);

    [Fact]
    public void Every_message_is_said_somewhere()
    {
        var folder = Path.Combine(StagedModule.Root, "src", "OpenRouter.Byok");
        var sources = string.Concat(Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains(
                $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        var reasons = Enum.GetNames<ErrorReason>().Select(static reason => "Advice" + reason);

        var names = typeof(Messages)
            .GetProperties(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .Where(static property => property.PropertyType == typeof(string))
            .Select(static property => property.Name)
            .Except(reasons)
            .ToList();

        Assert.NotEmpty(names);
        Assert.False(IsUsed("NoSuchMessage"));
        Assert.DoesNotContain(names, name => !IsUsed(name));

        bool IsUsed(string name) => Regex.IsMatch(sources, $@"Messages\.{name}\b");
    }
}
