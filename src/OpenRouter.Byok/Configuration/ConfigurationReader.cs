using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>Reads configurations, of which all together make one. Everything that is wrong is reported.</summary>
/// <param name="hasResolver">Whether objects of a kind of their own may stand for keys.</param>
/// <param name="errors">Receives what is wrong.</param>
internal sealed class ConfigurationReader(bool hasResolver, ConfigurationErrors errors)
{
    private const decimal Version = 1;

    private static readonly string ByokOnlyProperty = SettingProperties.NameOf(CredentialSettings.IsByokOnly);

    private static readonly PropertyNames DocumentProperties =
        new("$schema", "version", "defaults", "scope", "credentials");

    private static readonly PropertyNames DefaultProperties = new(SettingProperties.Names);

    private static readonly PropertyNames ScopeProperties = new("workspace", "provider");

    private static readonly PropertyNames EntryProperties =
        new(["provider", "workspace", "id", "name", "previousName", "key", .. SettingProperties.Names]);

    private readonly KeyReferenceReader keys = new(hasResolver);
    private readonly List<(CredentialEntry Entry, SourcePosition ByokOnly)> entries = [];
    private readonly List<ScopeEntry> scope = [];
    private readonly Dictionary<CredentialSetting, SourcePosition> defaultPositions = [];
    private readonly List<(CredentialSetting Setting, object? Value)> givenSettings = [];
    private readonly EqualSettings equalSettings = new();
    private ByokKeyChanges defaults = new();

    /// <summary>Reads a whole configuration, such as the content of a file.</summary>
    public void AddDocument(ConfigurationNode node)
    {
        if (node is not ObjectNode document)
        {
            errors.Add(
                node.Position, Messages.ConfigurationNoDocument, ObjectProperties.KindOf(node),
                string.Join(", ", DocumentProperties.All));
            return;
        }

        var properties = new ObjectProperties(document, DocumentProperties, errors);
        CheckVersion(properties);
        properties.Require("credentials");
        if (properties.Has("$schema"))
        {
            properties.Text("$schema");
        }

        if (properties.Object("defaults") is { } values)
        {
            AddDefaults(values);
        }

        foreach (var pair in properties.Objects("scope"))
        {
            AddScope(pair);
        }

        foreach (var entry in properties.Objects("credentials"))
        {
            AddEntry(entry);
        }
    }

    /// <summary>Reads one credential, such as a row of a table.</summary>
    public void AddEntry(ConfigurationNode node)
    {
        if (node is not ObjectNode value)
        {
            errors.Add(node.Position, Messages.ConfigurationNoEntry, ObjectProperties.KindOf(node));
            return;
        }

        var properties = new ObjectProperties(value, EntryProperties, errors);
        properties.Require("provider");
        var provider = properties.Text("provider")?.ToLowerInvariant();
        var entry = new CredentialEntry(value.Position, provider ?? "")
        {
            Workspace = properties.Text("workspace"),
            Id = properties.Id("id"),
            Name = ReadName(properties),
            PreviousName = properties.Name("previousName"),
            Key = properties.Node("key") is { } key ? keys.Read(key, provider ?? "", errors) : null,
            Settings = ReadSettings(properties, _ => { }),
        };
        CheckPreviousName(entry, properties);
        entries.Add((entry, properties.Node(ByokOnlyProperty)?.Position ?? value.Position));
    }

    /// <summary>What was read, once it is known that nothing is wrong with it.</summary>
    /// <exception cref="OpenRouterException">Something is wrong.</exception>
    public ByokConfiguration ToConfiguration()
    {
        var all = new List<CredentialEntry>(entries.Count);
        var duplicates = new EntryDuplicates(entries.Count, errors);
        foreach (var (entry, byokOnly) in entries)
        {
            var whole = defaults.IsEmpty ? entry : entry with { Settings = entry.Settings.Or(defaults) };
            if (IsContradictory(whole))
            {
                errors.Add(byokOnly, Messages.ConfigurationFallbackWithByokOnly);
            }

            all.Add(whole);
            duplicates.Add(whole, new CredentialIdentity(entry.Workspace, entry.Provider, entry.Name.Value));
        }

        CheckScope();
        duplicates.Check();
        errors.ThrowIfAny();
        return new ByokConfiguration(all, scope);
    }

    private static bool IsContradictory(CredentialEntry entry) =>
        entry.Settings.Get(CredentialSettings.IsFallback).Value
        && entry.Settings.Get(CredentialSettings.IsByokOnly).Value;

    private static Optional<string?> ReadName(ObjectProperties properties)
    {
        if (!properties.Has("name"))
        {
            return default;
        }

        return properties.IsNull("name")
            ? new Optional<string?>(null, IsPresent: true)
            : properties.Name("name");
    }

    private void CheckVersion(ObjectProperties properties)
    {
        properties.Require("version");
        if (properties.Node("version") is not { } version)
        {
            return;
        }

        if (version is not ValueNode { Value: NumberText number })
        {
            errors.Add(
                version.Position, Messages.ConfigurationType, "version", Messages.ConfigurationNumber,
                ObjectProperties.KindOf(version));
        }
        else if (!decimal.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var read)
            || read != Version)
        {
            errors.Add(version.Position, Messages.ConfigurationVersion, number.Text, Version);
        }
    }

    private void CheckPreviousName(CredentialEntry entry, ObjectProperties properties)
    {
        if (properties.Node("previousName") is not { } previous)
        {
            return;
        }

        if (properties.Has("id"))
        {
            errors.Add(previous.Position, Messages.ConfigurationPreviousWithId);
        }
        else if (entry.Name.Value is null && !properties.Has("name"))
        {
            errors.Add(entry.Position, Messages.ConfigurationPreviousWithoutName);
        }
        else if (entry.PreviousName is not null && entry.PreviousName == entry.Name.Value)
        {
            errors.Add(previous.Position, Messages.ConfigurationPreviousSame, entry.PreviousName);
        }
    }

    // Several files count as one, so a default that two of them give has no file that counts.
    private void AddDefaults(ObjectNode node)
    {
        var properties = new ObjectProperties(node, DefaultProperties, errors);
        var read = ReadSettings(properties, Claim);
        defaults = read.Or(defaults);

        void Claim(CredentialSetting setting)
        {
            var position = properties.Node(SettingProperties.NameOf(setting))!.Position;
            if (defaultPositions.TryGetValue(setting, out var other))
            {
                errors.Add(
                    position, Messages.ConfigurationDefaultTwice, SettingProperties.NameOf(setting), other.ToString());
            }

            defaultPositions[setting] = position;
        }
    }

    private void AddScope(ObjectNode node)
    {
        var properties = new ObjectProperties(node, ScopeProperties, errors);
        properties.Require("provider");
        if (properties.Text("provider") is { } provider)
        {
            scope.Add(new ScopeEntry(node.Position, properties.Text("workspace"), provider.ToLowerInvariant()));
        }
    }

    private void CheckScope()
    {
        foreach (var pairs in scope.GroupBy(pair => (pair.Workspace, pair.Provider)))
        {
            foreach (var pair in pairs.Skip(1))
            {
                errors.Add(
                    pair.Position, Messages.ConfigurationScopeTwice, pair.Provider, pairs.First().Position.ToString());
            }
        }
    }

    private ByokKeyChanges ReadSettings(ObjectProperties properties, Action<CredentialSetting> found)
    {
        givenSettings.Clear();
        for (var index = 0; index < SettingProperties.All.Count; index++)
        {
            var setting = SettingProperties.All[index];
            var name = SettingProperties.Names[index];
            if (properties.Node(name) is not { } node)
            {
                continue;
            }

            found(setting);
            var isCleared = setting.IsClearable && node is ValueNode { Value: null };
            var value = isCleared ? null : Read(properties, setting, name);
            if (value is not null || isCleared)
            {
                givenSettings.Add((setting, value));
            }
        }

        return equalSettings.Of(givenSettings);
    }

    private static object? Read(ObjectProperties properties, CredentialSetting setting, string name) => setting switch
    {
        TextSetting => properties.Text(name),
        ListSetting list => properties.List(name, list.Comparer) is not { } entries ? null
            : list.Names is null ? entries
            : new NameList([.. entries]),
        _ => properties.Flag(name) is { } flag ? BooleanBox.Of(flag) : null,
    };
}
