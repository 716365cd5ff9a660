using System;
using System.Collections.Generic;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok;

/// <summary>A setting that is an allow list. Null means that there is no restriction.</summary>
internal sealed class ListSetting : CredentialSetting<IReadOnlyList<string>?>
{
    public ListSetting(string jsonName, string property, string parameter, Func<ByokKey, AllowList?> valueOf)
        : base(jsonName, property, parameter, valueOf) => NullText = Messages.AnyValue;

    /// <summary>How the entries are given by name; null when they have no names.</summary>
    public NamedEntries? Names { get; init; }

    /// <summary>How entries compare: ids of members exactly, models and hashes whatever their case.</summary>
    public StringComparer Comparer { get; init; } = StringComparer.OrdinalIgnoreCase;

    public override string ClearName => Names?.Parameter ?? Parameter;

    /// <summary>The parameter of Set that adds entries.</summary>
    public string AddParameter => "Add" + ClearName;

    /// <summary>The parameter of Set that removes entries.</summary>
    public string RemoveParameter => "Remove" + ClearName;

    public override bool IsGivenBy(string name) => base.IsGivenBy(name) || name == Names?.Parameter;
}

/// <summary>Names, or objects, that stand for the ids on an allow list.</summary>
/// <param name="Parameter">The parameter that takes them.</param>
/// <param name="Type">The type of the objects.</param>
/// <param name="IdProperty">The property of such an object that holds its id.</param>
internal sealed record NamedEntries(string Parameter, Type Type, string IdProperty)
{
    /// <summary>The properties of a piped object that hold them.</summary>
    public IReadOnlyList<string> PipedNames { get; } = [Parameter + "s", Parameter];
}
