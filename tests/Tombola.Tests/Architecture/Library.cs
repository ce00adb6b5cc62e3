using Mono.Cecil;

namespace Tombola.Tests.Architecture;

/// <summary>The built library, read as metadata, method bodies and line numbers.</summary>
internal static class Library
{
    /// <summary>The root namespace; the folders of src/Tombola are the segments after it.</summary>
    public const string Root = "Tombola";

    /// <summary>The main module of Tombola.dll.</summary>
    public static ModuleDefinition Module { get; } = ModuleDefinition.ReadModule(
        typeof(Seed).Assembly.Location,
        new ReaderParameters { ReadSymbols = true });

    /// <summary>All types that were written by hand or generated for code that was, nested ones included.</summary>
    public static IEnumerable<TypeDefinition> Types => Module.GetTypes().Where(type => Folder(type) is not null);

    /// <summary>Returns the folder that a type belongs to.</summary>
    /// <param name="type">Any type; nested ones belong where the outermost one does.</param>
    /// <returns>The first segment after Tombola; empty for the root itself; null outside the library.</returns>
    public static string? Folder(TypeReference type)
    {
        var outermost = type;
        while (outermost.DeclaringType is not null)
            outermost = outermost.DeclaringType;
        var segments = outermost.Namespace.Split('.');
        if (segments[0] != Root || (outermost is not TypeDefinition && outermost.Scope != Module))
            return null;
        return segments.Length == 1 ? "" : segments[1];
    }

    /// <summary>Tells whether the compiler made up a member's or type's name.</summary>
    /// <param name="member">Any member.</param>
    public static bool IsGenerated(IMemberDefinition member) => member.Name.Contains('<', StringComparison.Ordinal);

    /// <summary>Tells whether the compiler wrote a member.</summary>
    /// <param name="member">Any member.</param>
    public static bool IsMarkedGenerated(IMemberDefinition member) =>
        member.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "CompilerGeneratedAttribute");
}
