using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace OpenRouter.Byok.Tests.Conventions;

/// <summary>Types and signatures as text that does not tell which assembly a type is in.</summary>
internal sealed class MetadataNames : ISignatureTypeProvider<string, object?>
{
    public static readonly MetadataNames Instance = new();

    public static string Of(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";

    public static string Of(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Of(reader, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : Of(reader.GetString(type.Namespace), name);
    }

    public static string Of(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{Of(reader, outer)}+{name}"
            : Of(reader.GetString(type.Namespace), name);
    }

    public static string Of(MemberReference member) => member.GetKind() == MemberReferenceKind.Field
        ? member.DecodeFieldSignature(Instance, null)
        : Of(member.DecodeMethodSignature(Instance, null));

    public static string Of(MethodDefinition method) => Of(method.DecodeSignature(Instance, null));

    private static string Of(MethodSignature<string> method) =>
        $"`{method.GenericParameterCount}({string.Join(", ", method.ParameterTypes)}) {method.ReturnType}"
        + (method.Header.IsInstance ? " instance" : "");

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Of(reader, handle);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        Of(reader, handle);

    public string GetTypeFromSpecification(
        MetadataReader reader, object? context, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, context);

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{shape.Rank}]";

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetByReferenceType(string elementType) => elementType + "&";

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => $"method {Of(signature)}";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType}<{string.Join(", ", typeArguments)}>";

    public string GetGenericMethodParameter(object? context, int index) => $"!!{index}";

    public string GetGenericTypeParameter(object? context, int index) => $"!{index}";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) =>
        $"{unmodifiedType} {(isRequired ? "modreq" : "modopt")}({modifier})";

    // Metadata has a code of its own for these; their names in text do not matter as long as they are the same.
    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();
}
