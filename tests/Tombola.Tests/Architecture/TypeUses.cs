using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tombola.Tests.Architecture;

/// <summary>Collects every type that one type mentions.</summary>
/// <remarks>
/// It looks at base types, interfaces, generic constraints and arguments, custom attributes and their arguments,
/// fields, signatures, locals, handlers and instructions. It does not see constants and <c>nameof</c>, which the
/// compiler replaces by their values.
/// </remarks>
internal sealed class TypeUses
{
    private readonly HashSet<TypeReference> _seen = [];
    private readonly HashSet<(string Type, string Place)> _uses = [];
    private readonly Dictionary<string, string> _folders = [];
    private string _place = "";

    private TypeUses()
    {
    }

    /// <summary>Collects the types of the library that a type mentions.</summary>
    /// <param name="type">One type; its nested types are asked about on their own.</param>
    /// <returns>The folder and full name of each type mentioned, and the member that does.</returns>
    public static IEnumerable<(string Folder, string Type, string Place)> Of(TypeDefinition type)
    {
        var uses = new TypeUses();
        uses.AddType(type);
        return uses._uses.Select(use => (uses._folders[use.Type], use.Type, use.Place));
    }

    private void AddType(TypeDefinition type)
    {
        In(type.FullName);
        Add(type.BaseType);
        foreach (var implementation in type.Interfaces)
        {
            Add(implementation.InterfaceType);
            AddAttributes(implementation);
        }

        AddAttributes(type);
        AddGenericParameters(type);
        foreach (var field in type.Fields)
        {
            In(field.FullName);
            Add(field.FieldType);
            AddAttributes(field);
        }

        foreach (var property in type.Properties)
            AddAttributes(property);
        foreach (var @event in type.Events)
            AddAttributes(@event);
        foreach (var method in type.Methods)
            AddMethod(method);
    }

    private void AddMethod(MethodDefinition method)
    {
        In(method.FullName);
        AddSignature(method);
        AddAttributes(method);
        AddAttributes(method.MethodReturnType);
        AddGenericParameters(method);
        foreach (var parameter in method.Parameters)
            AddAttributes(parameter);
        foreach (var overridden in method.Overrides)
            AddMember(overridden);
        if (!method.HasBody)
            return;
        foreach (var local in method.Body.Variables)
            Add(local.VariableType);
        foreach (var handler in method.Body.ExceptionHandlers)
            Add(handler.CatchType);
        foreach (var instruction in method.Body.Instructions)
            AddOperand(instruction);
    }

    private void AddOperand(Instruction instruction)
    {
        switch (instruction.Operand)
        {
            case TypeReference type:
                Add(type);
                break;
            case MemberReference member:
                AddMember(member);
                break;
            case CallSite site:
                AddSignature(site);
                break;
        }
    }

    private void AddMember(MemberReference member)
    {
        Add(member.DeclaringType);
        if (member is FieldReference field)
            Add(field.FieldType);
        if (member is MethodReference method)
            AddSignature(method);
        if (member is GenericInstanceMethod instance)
            AddAll(instance.GenericArguments);
    }

    private void AddSignature(IMethodSignature signature)
    {
        Add(signature.ReturnType);
        foreach (var parameter in signature.Parameters)
            Add(parameter.ParameterType);
    }

    private void AddGenericParameters(IGenericParameterProvider provider)
    {
        foreach (var parameter in provider.GenericParameters)
        {
            AddAttributes(parameter);
            AddAll(parameter.Constraints.Select(constraint => constraint.ConstraintType));
        }
    }

    private void AddAttributes(ICustomAttributeProvider provider)
    {
        foreach (var attribute in provider.CustomAttributes)
        {
            AddMember(attribute.Constructor);
            var named = attribute.Properties.Concat(attribute.Fields).Select(argument => argument.Argument);
            foreach (var argument in attribute.ConstructorArguments.Concat(named))
            {
                Add(argument.Type);
                Add(argument.Value as TypeReference);
            }
        }
    }

    private void AddAll(IEnumerable<TypeReference> types)
    {
        foreach (var type in types)
            Add(type);
    }

    // Takes a type apart (arrays, pointers, generic instances, modifiers) down to the names it is made of.
    private void Add(TypeReference? type)
    {
        if (type is null or GenericParameter || !_seen.Add(type))
            return;
        if (type is IGenericInstance instance)
            AddAll(instance.GenericArguments);
        if (type is IModifierType modifier)
            Add(modifier.ModifierType);
        if (type is FunctionPointerType function)
            AddSignature(function);
        if (type is TypeSpecification specification)
        {
            Add(specification.ElementType);
        }
        else if (Library.Folder(type) is { } folder)
        {
            _folders[type.FullName] = folder;
            _uses.Add((type.FullName, _place));
        }
    }

    private void In(string place)
    {
        _place = place;
        _seen.Clear();
    }
}
