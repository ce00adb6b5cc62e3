using System.Text.RegularExpressions;

namespace Tombola.Tests.Architecture;

/// <summary>Finds declarations in C# sources by the layout that the formatter enforces.</summary>
/// <remarks>Namespaces are file-scoped, so a type that is not nested begins and ends in the first column.</remarks>
internal static partial class SourceText
{
    /// <summary>Lists the types that a file declares outside of other types.</summary>
    /// <param name="lines">The lines of the file.</param>
    /// <returns>Their names, without generic parameters, and their sizes in lines from the declaration on.</returns>
    public static IEnumerable<(string Name, int Lines)> Types(IReadOnlyList<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var declaration = TypeDeclaration().Match(lines[i]);
            if (declaration.Success)
                yield return (declaration.Groups["name"].Value, End(lines, i) - i + 1);
        }
    }

    /// <summary>Finds the namespace that a file declares.</summary>
    /// <param name="lines">The lines of the file.</param>
    /// <returns>The namespace, or null where the file has top-level statements or attributes alone.</returns>
    public static string? Namespace(IEnumerable<string> lines) =>
        lines.Select(line => NamespaceDeclaration().Match(line))
            .FirstOrDefault(match => match.Success)?.Groups["name"].Value;

    private static int End(IReadOnlyList<string> lines, int start)
    {
        var inBody = false;
        for (var i = start; i < lines.Count; i++)
        {
            inBody |= lines[i] == "{";
            var ends = lines[i] == "}"
                || (!inBody && lines[i].EndsWith(';'))
                || (i == start && lines[i].EndsWith('}'));
            if (ends)
                return i;
        }

        return lines.Count - 1;
    }

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|sealed|static|abstract|readonly|ref|unsafe|partial)\s+)*"
        + @"(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>\w+)")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)\s*;")]
    private static partial Regex NamespaceDeclaration();
}
