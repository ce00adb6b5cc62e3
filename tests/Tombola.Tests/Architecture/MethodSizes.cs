using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tombola.Tests.Architecture;

/// <summary>Measures methods of the built library by the line numbers of its symbols.</summary>
internal static class MethodSizes
{
    /// <summary>Lists the methods with their sizes in lines, braces included and signatures excluded.</summary>
    /// <returns>
    /// The folder, the full name, the size, and whether it stands as a method of its own in the source: accessors
    /// without bodies, lambdas and local functions do not, for the method around them holds their lines.
    /// </returns>
    public static IEnumerable<(string Folder, string Name, int Lines, bool Written)> All() =>
        from type in Library.Types
        from method in type.Methods
        let lines = Lines(method)
        where lines > 0
        let written = !Library.IsGenerated(method) && !Library.IsMarkedGenerated(method)
        select (Library.Folder(type)!, method.FullName, lines, written);

    private static int Lines(MethodDefinition method)
    {
        // A static constructor that nobody wrote holds the initialisers of static fields, such as literal tables.
        var isTable = method is { IsConstructor: true, IsStatic: true, DeclaringType.IsBeforeFieldInit: true };
        if (isTable || !method.HasBody)
            return 0;
        var start = method is { IsConstructor: true, IsStatic: false } ? EndOfFieldInitialisers(method) : 0;
        var points = method.DebugInformation.SequencePoints
            .Where(point => !point.IsHidden && point.Offset >= start)
            .ToArray();
        return points.Length == 0 ? 0 : points.Max(point => point.EndLine) - points.Min(point => point.StartLine) + 1;
    }

    // Initialisers of fields are compiled into constructors, ahead of the call to the next constructor.
    private static int EndOfFieldInitialisers(MethodDefinition constructor) =>
        constructor.Body.Instructions.FirstOrDefault(instruction =>
            instruction.OpCode == OpCodes.Call
            && instruction.Operand is MethodReference { Name: ".ctor" } called
            && called.DeclaringType.GetElementType().FullName is { } name
            && (name == constructor.DeclaringType.FullName
                || name == constructor.DeclaringType.BaseType?.GetElementType().FullName))?.Offset ?? 0;
}
