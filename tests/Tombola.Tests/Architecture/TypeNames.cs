using Mono.Cecil;

namespace Tombola.Tests.Architecture;

/// <summary>Writes types as C# does: keywords, arrays, nullable values, generic arguments in place.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<string, string> Keywords = new()
    {
        ["System.Void"] = "void",
        ["System.Boolean"] = "bool",
        ["System.Byte"] = "byte",
        ["System.SByte"] = "sbyte",
        ["System.Int16"] = "short",
        ["System.UInt16"] = "ushort",
        ["System.Int32"] = "int",
        ["System.UInt32"] = "uint",
        ["System.Int64"] = "long",
        ["System.UInt64"] = "ulong",
        ["System.Single"] = "float",
        ["System.Double"] = "double",
        ["System.Char"] = "char",
        ["System.String"] = "string",
        ["System.Object"] = "object",
    };

    /// <summary>Returns the name of a type.</summary>
    /// <param name="type">Any type; a reference to a place is named as the type at the place.</param>
    public static string Of(TypeReference type) => type switch
    {
        ArrayType array => Of(array.ElementType) + "[" + new string(',', array.Rank - 1) + "]",
        PointerType pointer => Of(pointer.ElementType) + "*",
        GenericInstanceType { ElementType.FullName: "System.Nullable`1" } value => Of(value.GenericArguments[0]) + "?",
        GenericInstanceType instance => Named(instance.ElementType, new(instance.GenericArguments.Select(Of))),
        TypeSpecification specification => Of(specification.ElementType),
        GenericParameter parameter => parameter.Name,
        _ => Keywords.GetValueOrDefault(type.FullName)
            ?? Named(type, new(type.GenericParameters.Select(parameter => parameter.Name))),
    };

    /// <summary>Returns the generic parameters of a method with their angle brackets, or nothing.</summary>
    /// <param name="method">Any method.</param>
    public static string GenericParameters(MethodReference method) =>
        method.HasGenericParameters
            ? $"<{string.Join(", ", method.GenericParameters.Select(parameter => parameter.Name))}>"
            : "";

    // A nested type carries the arguments of the types around it; each name takes as many as its own suffix tells.
    private static string Named(TypeReference type, Queue<string> arguments)
    {
        var prefix = type.DeclaringType is { } outer
            ? Named(outer, arguments) + "."
            : type.Namespace.Length > 0 ? type.Namespace + "." : "";
        var parts = type.Name.Split('`');
        if (parts.Length == 1)
            return prefix + parts[0];
        var count = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
        var own = Enumerable.Range(0, count).Select(_ => arguments.Dequeue()).ToArray();
        return $"{prefix}{parts[0]}<{string.Join(", ", own)}>";
    }
}
