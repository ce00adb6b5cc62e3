using Mono.Cecil;

namespace Tombola.Tests.Architecture;

/// <summary>Holds the library to its seam: addresses of buffers are seen in Numerics alone.</summary>
public sealed class SeamTests
{
    [Fact]
    public void Only_Numerics_handles_pointers() =>
        PointerUses().Where(use => use.Folder != "Numerics").Select(use => use.Member).ShouldBeEmpty();

    [Fact]
    public void The_check_sees_the_pointers_of_Numerics() =>
        PointerUses().Where(use => use.Folder == "Numerics").ShouldNotBeEmpty();

    private static IEnumerable<(string Folder, string Member)> PointerUses() =>
        from type in Library.Types
        let fields = type.Fields.Where(field => HasPointer(field.FieldType)).Select(field => field.FullName)
        let methods = type.Methods.Where(UsesPointer).Select(method => method.FullName)
        from member in fields.Concat(methods)
        select (Library.Folder(type)!, member);

    private static bool UsesPointer(MethodDefinition method)
    {
        if (InSignature(method))
            return true;
        // Calls into the runtime are left out: the compiler itself passes addresses there for stackalloc.
        return method.HasBody
            && (method.Body.Variables.Any(local => HasPointer(local.VariableType))
                || method.Body.Instructions.Any(instruction => instruction.Operand is MethodReference called
                    && Library.Folder(called.DeclaringType) is not null && InSignature(called)));
    }

    private static bool InSignature(MethodReference method) =>
        HasPointer(method.ReturnType) || method.Parameters.Any(parameter => HasPointer(parameter.ParameterType));

    private static bool HasPointer(TypeReference? type) => type switch
    {
        PointerType or FunctionPointerType or PinnedType => true,
        GenericInstanceType instance => instance.GenericArguments.Any(HasPointer),
        TypeSpecification specification => HasPointer(specification.ElementType),
        _ => false,
    };
}
