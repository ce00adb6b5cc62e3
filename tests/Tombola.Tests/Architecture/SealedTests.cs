using Mono.Cecil;

namespace Tombola.Tests.Architecture;

/// <summary>Holds classes to being closed for inheritance and without state shared between callers.</summary>
public sealed class SealedTests
{
    [Fact]
    public void Every_public_class_is_sealed_abstract_or_static() =>
        Library.Types
            .Where(type => type.IsClass && (type.IsPublic || type.IsNestedPublic))
            .Where(type => !type.IsSealed && !type.IsAbstract)
            .Select(type => type.FullName)
            .ShouldBeEmpty();

    [Fact]
    public void No_static_field_can_be_assigned_after_start() =>
        Library.Types
            .Where(type => !Library.IsGenerated(type))
            .SelectMany(type => type.Fields)
            .Where(field => field.IsStatic && !field.IsInitOnly && !field.IsLiteral)
            .Select(field => field.FullName)
            .ShouldBeEmpty();

    [Fact]
    public void No_static_field_is_public_unless_it_is_constant() =>
        Library.Types
            .SelectMany(type => type.Fields)
            .Where(field => field.IsStatic && field.IsPublic && !field.IsLiteral && !IsImmutable(field.FieldType))
            .Where(field => !Library.IsGenerated(field.DeclaringType))
            .Select(field => field.FullName)
            .ShouldBeEmpty();

    private static bool IsImmutable(TypeReference type) =>
        type.IsPrimitive
        || type.FullName == "System.String"
        || type.Namespace is "System.Collections.Immutable" or "System.Collections.Frozen"
        || type.Resolve().CustomAttributes.Any(attribute => attribute.AttributeType.Name == "IsReadOnlyAttribute");
}
