using System.Globalization;
using Mono.Cecil;

namespace Tombola.Tests.Architecture;

/// <summary>Writes down what users of the library can see, one line a type or member.</summary>
/// <remarks>What the compiler adds to records (equality, printing, copying) is left out.</remarks>
internal static class PublicApi
{
    /// <summary>Lists the types and members that are public, or protected in types open for inheritance.</summary>
    /// <returns>Lines in ordinal order.</returns>
    public static IReadOnlyList<string> Lines() =>
        [.. Library.Types.Where(IsVisible).SelectMany(Lines).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Lines(TypeDefinition type)
    {
        var owner = TypeNames.Of(type);
        var parents = type.Interfaces.Select(implementation => implementation.InterfaceType)
            .Where(parent => parent.Resolve() is not { IsNotPublic: true })
            .Select(TypeNames.Of)
            .Order(StringComparer.Ordinal);
        if (type is { IsClass: true, IsValueType: false } && type.BaseType?.FullName != "System.Object")
            parents = parents.Prepend(TypeNames.Of(type.BaseType!)).Order(StringComparer.Ordinal);
        yield return string.Join(", ", parents.Prepend($"{owner} : {Kind(type)}"));
        var members = type.Fields.Where(IsVisible).Select(Describe)
            .Concat(type.Properties.Select(Describe).OfType<string>())
            .Concat(type.Events.Where(member => IsVisible(member.AddMethod)).Select(Describe))
            .Concat(type.Methods.Where(IsMember).Select(Describe));
        foreach (var member in members)
            yield return $"{owner}.{member}";
    }

    private static string Kind(TypeDefinition type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "class static",
        { IsAbstract: true } => "class abstract",
        { IsSealed: true } => "class sealed",
        _ => "class",
    };

    private static string Describe(FieldDefinition field)
    {
        var kind = field.IsLiteral
            ? "const "
            : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        var value = field.HasConstant
            ? " = " + Convert.ToString(field.Constant, CultureInfo.InvariantCulture)
            : "";
        return $"{field.Name} -> {kind}{TypeNames.Of(field.FieldType)}{value}";
    }

    private static string? Describe(PropertyDefinition property)
    {
        var getter = property.GetMethod is { } get && IsVisible(get) ? "get; " : "";
        var setter = property.SetMethod is { } set && IsVisible(set) ? (IsInit(set) ? "init; " : "set; ") : "";
        if (getter.Length + setter.Length == 0 || property.Name == "EqualityContract")
            return null;
        var index = property.HasParameters ? $"[{Parameters(property.Parameters)}]" : "";
        var modifier = Modifier(property.GetMethod ?? property.SetMethod);
        return $"{property.Name}{index} {{ {getter}{setter}}} -> {modifier}{TypeNames.Of(property.PropertyType)}";
    }

    private static string Describe(EventDefinition @event) =>
        $"{@event.Name} -> event {TypeNames.Of(@event.EventType)}";

    private static string Describe(MethodDefinition method)
    {
        var parameters = Parameters(method.Parameters);
        if (method.IsConstructor)
            return $"new({parameters})" + (method.IsPublic ? "" : " -> protected");
        var extended = method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "ExtensionAttribute");
        return $"{method.Name}{TypeNames.GenericParameters(method)}({(extended ? "this " : "")}{parameters})"
            + $" -> {Modifier(method)}{TypeNames.Of(method.ReturnType)}";
    }

    private static string Parameters(IEnumerable<ParameterDefinition> parameters) =>
        string.Join(", ", parameters.Select(parameter =>
            $"{Direction(parameter)}{TypeNames.Of(parameter.ParameterType)} {parameter.Name}"
            + (parameter.IsOptional ? " = " + Default(parameter) : "")));

    private static string Direction(ParameterDefinition parameter) =>
        !parameter.ParameterType.IsByReference ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";

    private static string Default(ParameterDefinition parameter) =>
        parameter switch
        {
            { HasConstant: true, Constant: bool flag } => flag ? "true" : "false",
            { HasConstant: true, Constant: { } value } => Convert.ToString(value, CultureInfo.InvariantCulture)!,
            _ => "default",
        };

    private static string Modifier(MethodDefinition method) =>
        (method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "")
        + (method.IsStatic ? "static " : "")
        + method switch
        {
            { DeclaringType.IsInterface: true } => "",
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true, IsFinal: false, IsNewSlot: true } => "virtual ",
            _ => "",
        };

    private static bool IsMember(MethodDefinition method) =>
        IsVisible(method) && !method.IsGetter && !method.IsSetter && !method.IsAddOn && !method.IsRemoveOn
        && !Library.IsMarkedGenerated(method) && !Library.IsGenerated(method)
        && method is not { IsConstructor: true, IsStatic: true } && method.Name != "Finalize";

    private static bool IsInit(MethodDefinition setter) => setter.ReturnType is RequiredModifierType;

    private static bool IsVisible(TypeDefinition type) =>
        type.IsPublic
        || ((type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamilyOrAssembly)
            && IsVisible(type.DeclaringType));

    private static bool IsVisible(FieldDefinition field) =>
        (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && field.Name != "value__";

    private static bool IsVisible(MethodDefinition method) =>
        method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
}
