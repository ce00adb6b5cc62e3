using Mono.Cecil;

namespace Tombola.Tests.Architecture;

/// <summary>Compares what the built library's folders use with what a table allows.</summary>
internal static class LayerCheck
{
    /// <summary>Lists what is used and not allowed.</summary>
    /// <param name="mayUse">For each folder the folders it may use beside itself and the root.</param>
    /// <returns>One line a type used and member that uses it, sorted.</returns>
    public static IReadOnlyList<string> Violations(IReadOnlyDictionary<string, string[]> mayUse) =>
        [.. Library.Types.SelectMany(type => Violations(type, mayUse)).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Violations(
        TypeDefinition type,
        IReadOnlyDictionary<string, string[]> mayUse)
    {
        var folder = Library.Folder(type)!;
        if (!mayUse.TryGetValue(folder, out var allowed))
            return [$"The folder {folder} has no row in the table."];
        return TypeUses.Of(type)
            .Where(use => use.Folder != folder && use.Folder.Length > 0 && !allowed.Contains(use.Folder))
            .Select(use => $"{Name(folder)} may not use {use.Type}, but {use.Place} does.");
    }

    private static string Name(string folder) => folder.Length == 0 ? "The root namespace" : folder;
}
