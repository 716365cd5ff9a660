using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Reflection.Emit;
using System.Text.RegularExpressions;

namespace OpenRouter.Byok.Benchmarks.Children;

/// <summary>A binary module of as many cmdlets as the real one, by the same verbs, that do nothing.</summary>
internal static partial class EmptyModule
{
    private const string View = """
        <?xml version="1.0" encoding="utf-8"?>
        <Configuration>
          <ViewDefinitions>
            <View>
              <Name>One</Name>
              <ViewSelectedBy><TypeName>One</TypeName></ViewSelectedBy>
              <ListControl>
                <ListEntries>
                  <ListEntry>
                    <ListItems><ListItem><PropertyName>Name</PropertyName></ListItem></ListItems>
                  </ListEntry>
                </ListEntries>
              </ListControl>
            </View>
          </ViewDefinitions>
        </Configuration>
        """;

    /// <summary>Writes the module into a folder of its own.</summary>
    /// <returns>The path of its manifest.</returns>
    public static string Write(string folder, string name, IEnumerable<string> likeCmdlets, bool hasView = false)
    {
        var cmdlets = likeCmdlets.Select(cmdlet => CmdletName().Match(cmdlet).Groups)
            .Select(parts => (Verb: parts[1].Value, Noun: name + parts[2].Value)).ToList();
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(path);

        var assembly = new PersistedAssemblyBuilder(
            new AssemblyName(name) { Version = new Version(1, 0) }, typeof(object).Assembly);
        var module = assembly.DefineDynamicModule(name);
        foreach (var (verb, noun) in cmdlets)
        {
            DefineCmdlet(module, verb, noun);
        }

        assembly.Save(Path.Combine(path, name + ".dll"));

        if (hasView)
        {
            File.WriteAllText(Path.Combine(path, name + ".Format.ps1xml"), View);
        }

        var manifest = Path.Combine(path, name + ".psd1");
        File.WriteAllText(manifest, $$"""
            @{
                RootModule        = '{{name}}.dll'
                ModuleVersion     = '1.0'
                GUID              = '{{Guid.NewGuid()}}'
                FormatsToProcess  = @({{(hasView ? $"'{name}.Format.ps1xml'" : "")}})
                FunctionsToExport = @()
                VariablesToExport = @()
                AliasesToExport   = @()
                CmdletsToExport   = @({{string.Join(", ", cmdlets.Select(cmdlet => $"'{cmdlet.Verb}-{cmdlet.Noun}'"))}})
            }
            """);
        return manifest;
    }

    /// <summary>The cmdlets that a manifest exports.</summary>
    public static IReadOnlyList<string> CmdletsOf(string manifest) =>
        [.. ExportedCmdlet().Matches(File.ReadAllText(manifest)).Select(match => match.Groups[1].Value)];

    private static void DefineCmdlet(ModuleBuilder module, string verb, string noun)
    {
        var type = module.DefineType(verb + noun, TypeAttributes.Public | TypeAttributes.Sealed, typeof(PSCmdlet));
        type.DefineDefaultConstructor(MethodAttributes.Public);
        var attribute = typeof(CmdletAttribute).GetConstructor([typeof(string), typeof(string)])!;
        type.SetCustomAttribute(new CustomAttributeBuilder(attribute, [verb, noun]));
        type.CreateType();
    }

    [GeneratedRegex(@"'(\w+-OpenRouter\w*)'")]
    private static partial Regex ExportedCmdlet();

    [GeneratedRegex(@"^(\w+)-OpenRouter(\w*)$")]
    private static partial Regex CmdletName();
}
