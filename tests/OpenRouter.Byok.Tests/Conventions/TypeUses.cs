using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace OpenRouter.Byok.Tests.Conventions;

/// <summary>Finds the types that a type uses: in its signatures, its attributes and the code of its methods.</summary>
internal static class TypeUses
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!)
        .ToDictionary(static code => code.Value & 0xFFFF);

    public static IEnumerable<Type> Of(Type type)
    {
        var used = new HashSet<Type>();
        Add(used, type.BaseType);
        foreach (var implemented in type.GetInterfaces())
        {
            Add(used, implemented);
        }

        foreach (var field in type.GetFields(Declared))
        {
            Add(used, field.FieldType);
        }

        AddAttributes(used, type);
        foreach (var property in type.GetProperties(Declared))
        {
            AddAttributes(used, property);
        }

        foreach (var method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
        {
            AddSignature(used, method);
            AddCode(used, method);
        }

        return used;
    }

    private static void AddAttributes(HashSet<Type> used, MemberInfo member)
    {
        foreach (var attribute in member.GetCustomAttributesData())
        {
            Add(used, attribute.AttributeType);
            foreach (var argument in attribute.ConstructorArguments)
            {
                Add(used, argument.Value as Type);
            }
        }
    }

    private static void AddSignature(HashSet<Type> used, MethodBase method)
    {
        Add(used, (method as MethodInfo)?.ReturnType);
        foreach (var parameter in method.GetParameters())
        {
            Add(used, parameter.ParameterType);
        }
    }

    private static void AddCode(HashSet<Type> used, MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return;
        }

        foreach (var local in body.LocalVariables)
        {
            Add(used, local.LocalType);
        }

        foreach (var token in TokensIn(body.GetILAsByteArray()!))
        {
            var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
            var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
            var member = method.Module.ResolveMember(token, typeArguments, methodArguments);
            Add(used, member as Type ?? member?.DeclaringType);
            if (member is MethodBase called)
            {
                AddSignature(used, called);
                foreach (var argument in called.IsGenericMethod ? called.GetGenericArguments() : [])
                {
                    Add(used, argument);
                }
            }
            else if (member is FieldInfo field)
            {
                Add(used, field.FieldType);
            }
        }
    }

    private static IEnumerable<int> TokensIn(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            int value = code[at++];
            if (value == 0xFE)
            {
                value = (value << 8) | code[at++];
            }

            var operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok
                or OperandType.InlineType)
            {
                yield return BitConverter.ToInt32(code, at);
            }

            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static void Add(HashSet<Type> used, Type? type)
    {
        if (type is null || type.IsGenericParameter)
        {
            return;
        }

        if (type.HasElementType)
        {
            Add(used, type.GetElementType());
            return;
        }

        if (type.IsConstructedGenericType)
        {
            foreach (var argument in type.GetGenericArguments())
            {
                Add(used, argument);
            }

            type = type.GetGenericTypeDefinition();
        }

        used.Add(type);
    }
}
