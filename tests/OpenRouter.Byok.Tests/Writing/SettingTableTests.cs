using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text.Json;
using OpenRouter.Byok.Cmdlets;
using Xunit;

namespace OpenRouter.Byok.Tests.Writing;

/// <summary>The table of settings, the model and the parameters of New and Set go together.</summary>
public sealed class SettingTableTests
{
    [Fact]
    public void Every_setting_of_the_table_is_among_all() => Assert.Equal(
        from field in typeof(CredentialSettings).GetFields(BindingFlags.Public | BindingFlags.Static)
        where field.FieldType.IsAssignableTo(typeof(CredentialSetting))
        select field.GetValue(null),
        CredentialSettings.All);

    [Fact]
    public void Every_setting_is_a_property_of_the_model_and_is_named_after_it() => Assert.Empty(
        from setting in CredentialSettings.All
        where typeof(ByokKey).GetProperty(setting.Property) is null
            || JsonNamingPolicy.SnakeCaseLower.ConvertName(setting.Property) != setting.JsonName
        select setting.JsonName);

    [Fact]
    public void Every_setting_reaches_the_model() => Assert.All(CredentialSettings.All, static setting =>
    {
        object value = setting switch
        {
            TextSetting => "x",
            ListSetting => Enumerable.Repeat("x", 1).ToList(),
            _ => true,
        };

        var key = new ByokKey(new ByokKeyChanges().WithValue(setting, value));

        Assert.Equal(value, setting.ValueOf(key));
        Assert.Equal(value, typeof(ByokKey).GetProperty(setting.Property)!.GetValue(key));
    });

    [Fact]
    public void New_has_a_parameter_for_every_setting() => Assert.Empty(
        Missing(typeof(NewOpenRouterByokKeyCommand), static setting => setting.Parameter, static list => []));

    [Fact]
    public void Set_has_parameters_to_replace_and_to_edit_every_setting() => Assert.Empty(
        Missing(
            typeof(SetOpenRouterByokKeyCommand),
            static setting => setting.SetParameter,
            static list => [list.AddParameter, list.RemoveParameter]));

    [Fact]
    public void Clear_takes_whatever_can_be_null() => Assert.Equal(
        from setting in CredentialSettings.All
        where setting.IsClearable
        orderby setting.ClearName
        select setting.ClearName,
        typeof(SetOpenRouterByokKeyCommand).GetProperty(nameof(SetOpenRouterByokKeyCommand.Clear))!
            .GetCustomAttribute<ValidateSetAttribute>()!.ValidValues.Order());

    private static IEnumerable<string> Missing(
        Type cmdlet, Func<CredentialSetting, string> parameterOf, Func<ListSetting, string[]> more) =>
        CredentialSettings.All.Select(parameterOf)
            .Concat(CredentialSettings.Lists.SelectMany(more))
            .Concat(CredentialSettings.Lists.Select(static list => list.Names?.Parameter).OfType<string>())
            .Where(name => cmdlet.GetProperty(name)?.IsDefined(typeof(ParameterAttribute)) is not true);
}
