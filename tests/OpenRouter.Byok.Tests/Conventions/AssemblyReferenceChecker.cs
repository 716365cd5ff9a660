using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OpenRouter.Byok.Tests.Conventions;

/// <summary>Looks for what an assembly refers to in the assemblies that will be there when it runs.</summary>
/// <param name="folders">Where those are; the first one that has an assembly of a name counts.</param>
internal sealed class AssemblyReferenceChecker(params string[] folders) : IDisposable
{
    private readonly Dictionary<string, Library?> libraries = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<PEReader> files = [];

    /// <summary>The types and members that the assembly refers to and that are not there.</summary>
    public IReadOnlyList<string> Missing(string file)
    {
        var library = Open(file);
        return
        [
            .. library.Reader.TypeReferences
                .Where(handle => Resolve(library, handle) is null)
                .Select(handle => MetadataNames.Of(library.Reader, handle)),
            .. library.Reader.MemberReferences
                .Where(handle => IsMissing(library, library.Reader.GetMemberReference(handle)))
                .Select(handle => NameOf(library.Reader, library.Reader.GetMemberReference(handle))),
        ];
    }

    /// <summary>The names of the types that the assembly refers to.</summary>
    public IReadOnlyList<string> TypesOf(string file)
    {
        var reader = Open(file).Reader;
        return [.. reader.TypeReferences.Select(handle => MetadataNames.Of(reader, handle))];
    }

    /// <summary>The members of types elsewhere that the assembly refers to.</summary>
    public IReadOnlyList<string> MembersOf(string file)
    {
        var reader = Open(file).Reader;
        return
        [
            .. reader.MemberReferences.Select(reader.GetMemberReference)
                .Where(static member => member.Parent.Kind
                    is HandleKind.TypeReference or HandleKind.TypeSpecification)
                .Select(member => NameOf(reader, member)),
        ];
    }

    /// <summary>The methods of a type, each with its signature.</summary>
    public IReadOnlyList<string> MethodsOf(string assembly, string type)
    {
        var found = Find(assembly, type) ?? throw new InvalidOperationException($"There is no {type}.");
        return
        [
            .. found.Definition.GetMethods()
                .Select(found.Library.Reader.GetMethodDefinition)
                .Select(method => found.Library.Reader.GetString(method.Name) + MetadataNames.Of(method)),
        ];
    }

    public void Dispose() => files.ForEach(static file => file.Dispose());

    private bool IsMissing(Library library, MemberReference member)
    {
        if (ParentOf(library, member.Parent) is not { } parent)
        {
            return false;
        }

        // A type that is not there is missing itself.
        if (Resolve(library, parent) is not { } type)
        {
            return false;
        }

        var wanted = (library.Reader.GetString(member.Name), MetadataNames.Of(member));
        for (FoundType? at = type; at is not null; at = BaseOf(at))
        {
            if (MembersOf(at).Contains(wanted))
            {
                return false;
            }
        }

        return true;
    }

    // Members of arrays are the runtime's own, and those of the assembly itself are there.
    private static EntityHandle? ParentOf(Library library, EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeReference)
        {
            return parent;
        }

        if (parent.Kind != HandleKind.TypeSpecification)
        {
            return null;
        }

        var specification = library.Reader.GetTypeSpecification((TypeSpecificationHandle)parent);
        var blob = library.Reader.GetBlobReader(specification.Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return null;
        }

        blob.ReadByte();
        var generic = blob.ReadTypeHandle();
        return generic.Kind == HandleKind.TypeReference ? generic : null;
    }

    private static IEnumerable<(string Name, string Signature)> MembersOf(FoundType type)
    {
        var reader = type.Library.Reader;
        foreach (var handle in type.Definition.GetMethods())
        {
            var method = reader.GetMethodDefinition(handle);
            yield return (reader.GetString(method.Name), MetadataNames.Of(method));
        }

        foreach (var handle in type.Definition.GetFields())
        {
            var field = reader.GetFieldDefinition(handle);
            yield return (reader.GetString(field.Name), field.DecodeSignature(MetadataNames.Instance, null));
        }
    }

    private FoundType? BaseOf(FoundType type) => type.Definition.BaseType switch
    {
        { IsNil: true } => null,
        { Kind: HandleKind.TypeDefinition } handle =>
            new FoundType(type.Library, type.Library.Reader.GetTypeDefinition((TypeDefinitionHandle)handle)),
        { Kind: HandleKind.TypeReference } handle => Resolve(type.Library, handle),
        _ => null,
    };

    private FoundType? Resolve(Library library, EntityHandle handle)
    {
        var reader = library.Reader;
        var name = MetadataNames.Of(reader, (TypeReferenceHandle)handle);
        var scope = reader.GetTypeReference((TypeReferenceHandle)handle).ResolutionScope;
        while (scope.Kind == HandleKind.TypeReference)
        {
            scope = reader.GetTypeReference((TypeReferenceHandle)scope).ResolutionScope;
        }

        return scope.Kind == HandleKind.AssemblyReference
            ? Find(reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name), name)
            : library.Find(name);
    }

    private FoundType? Find(string assembly, string type)
    {
        if (!libraries.TryGetValue(assembly, out var library))
        {
            var file = folders.Select(folder => Path.Combine(folder, assembly + ".dll")).FirstOrDefault(File.Exists);
            libraries.Add(assembly, library = file is null ? null : Open(file));
        }

        return library is null ? null
            : library.Find(type) ?? (library.ForwardOf(type) is { } next ? Find(next, type) : null);
    }

    private Library Open(string file)
    {
        var pe = new PEReader(File.OpenRead(file));
        files.Add(pe);
        return new Library(pe.GetMetadataReader());
    }

    private static string NameOf(MetadataReader reader, MemberReference member)
    {
        var parent = member.Parent.Kind == HandleKind.TypeReference
            ? MetadataNames.Of(reader, (TypeReferenceHandle)member.Parent)
            : reader.GetTypeSpecification((TypeSpecificationHandle)member.Parent)
                .DecodeSignature(MetadataNames.Instance, null);
        return $"{parent}.{reader.GetString(member.Name)}{MetadataNames.Of(member)}";
    }

    private sealed record FoundType(Library Library, TypeDefinition Definition);

    /// <summary>An assembly, its types by name and what it forwards.</summary>
    private sealed class Library
    {
        private readonly Dictionary<string, TypeDefinitionHandle> types;
        private readonly Dictionary<string, string> forwards = [];

        public Library(MetadataReader reader)
        {
            Reader = reader;
            types = reader.TypeDefinitions.ToDictionary(handle => MetadataNames.Of(reader, handle));
            foreach (var type in reader.ExportedTypes.Select(reader.GetExportedType))
            {
                if (type.Implementation.Kind != HandleKind.AssemblyReference)
                {
                    continue;
                }

                var target = reader.GetAssemblyReference((AssemblyReferenceHandle)type.Implementation);
                forwards[MetadataNames.Of(reader.GetString(type.Namespace), reader.GetString(type.Name))] =
                    reader.GetString(target.Name);
            }
        }

        public MetadataReader Reader { get; }

        public FoundType? Find(string type) =>
            types.TryGetValue(type, out var handle) ? new FoundType(this, Reader.GetTypeDefinition(handle)) : null;

        // A nested type goes where the one around it goes.
        public string? ForwardOf(string type) => forwards.GetValueOrDefault(type.Split('+')[0]);
    }
}
