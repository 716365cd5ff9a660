using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;

namespace OpenRouter.Byok.Staging;

/// <summary>The documentation comments that the compiler collected, found by type or property.</summary>
internal sealed class XmlDocumentation
{
    private const BindingFlags DeclaredMembers =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private readonly Assembly assembly;
    private readonly List<string> problems;
    private readonly Dictionary<string, XElement> members;

    public XmlDocumentation(string path, Assembly assembly, List<string> problems)
    {
        this.assembly = assembly;
        this.problems = problems;
        members = XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member")
            .ToDictionary(static member => (string)member.Attribute("name")!, StringComparer.Ordinal);
    }

    /// <summary>Whether a type is of the module, so that its comments are here.</summary>
    public bool Covers(Type type) => type.Assembly == assembly;

    /// <summary>The comments on a type; an empty element when it has none.</summary>
    public XElement Of(Type type) => Find("T:" + NameOf(type), null, type.Name);

    /// <summary>
    /// The comments on a property, where a base class declares it there; an empty element when it has none.
    /// </summary>
    public XElement Of(PropertyInfo property) =>
        Find(IdOf(property), BaseOf(property), $"{property.ReflectedType!.Name}.{property.Name}");

    /// <summary>
    /// What a <c>cref</c> is called in help: a cmdlet and a parameter by their own names, all else by its last name.
    /// </summary>
    /// <param name="id">The documentation id that the compiler wrote, such as <c>T:OpenRouter.Byok.ByokKey</c>.</param>
    /// <param name="place">Who refers, for the error.</param>
    public string Describe(string id, string place)
    {
        var (kind, name) = id.Length > 2 && id[1] == ':' ? (id[0], id[2..]) : ('!', id);
        var plain = name.Split('(')[0];
        if (kind == '!' || (IsOurs(plain) && Resolve(kind, plain) is null))
        {
            problems.Add($"OBK002: {place}: cref=\"{name}\" leads nowhere");
        }
        else if (kind == 'T' && TypeOf(plain) is { } type)
        {
            return CmdletName(type) ?? type.Name.Split('`')[0];
        }
        else if (kind == 'P' && Resolve(kind, plain) is { } member && member.IsDefined(typeof(ParameterAttribute)))
        {
            return "-" + member.Name;
        }

        return plain[(plain.LastIndexOf('.') + 1)..].Split('`')[0];
    }

    /// <summary>The cmdlet that a class implements, <c>null</c> when it implements none.</summary>
    public static string? CmdletName(Type type) =>
        type.GetCustomAttribute<CmdletAttribute>(inherit: false) is { } cmdlet
            ? $"{cmdlet.VerbName}-{cmdlet.NounName}"
            : null;

    private XElement Find(string id, string? inheritedFrom, string place)
    {
        for (var seen = new HashSet<string>(StringComparer.Ordinal); seen.Add(id);)
        {
            if (!members.TryGetValue(id, out var member))
            {
                break;
            }

            if (member.Element("inheritdoc") is not { } inherit)
            {
                return member;
            }

            if ((string?)inherit.Attribute("cref") is { } source && members.ContainsKey(source))
            {
                id = source;
            }
            else if (inheritedFrom is not null && inherit.Attribute("cref") is null)
            {
                id = inheritedFrom;
            }
            else
            {
                problems.Add($"OBK002: {place}: <inheritdoc> finds nothing to inherit");
            }
        }

        return new XElement("member");
    }

    private bool IsOurs(string name) =>
        name.StartsWith(assembly.GetName().Name + ".", StringComparison.Ordinal);

    private MemberInfo? Resolve(char kind, string name)
    {
        if (kind == 'T')
        {
            return TypeOf(name);
        }

        var dot = name.LastIndexOf('.');
        return dot < 0
            ? null
            : TypeOf(name[..dot])?.GetMember(name[(dot + 1)..].Replace('#', '.'), DeclaredMembers).FirstOrDefault();
    }

    private Type? TypeOf(string name) =>
        Array.Find(assembly.GetTypes(), type => NameOf(type) == name);

    private static string? BaseOf(PropertyInfo property)
    {
        var definition = property.GetMethod?.GetBaseDefinition().DeclaringType;
        return definition is null || definition == property.DeclaringType
            ? null
            : $"P:{NameOf(definition)}.{property.Name}";
    }

    private static string IdOf(PropertyInfo property) => $"P:{NameOf(property.DeclaringType!)}.{property.Name}";

    private static string NameOf(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');
}
