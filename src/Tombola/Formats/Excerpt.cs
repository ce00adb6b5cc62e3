using System.Globalization;
using System.Text;

namespace Tombola.Formats;

/// <summary>Makes text of unknown origin fit for a one-line message.</summary>
internal static class Excerpt
{
    private const int Length = 80;

    /// <summary>Quotes a text, <c>'many'</c>: control characters escaped, the end of a long one left out.</summary>
    /// <param name="text">Of any length and content.</param>
    internal static string Quote(string text) =>
        text.Length <= Length ? $"'{OnOneLine(text)}'" : $"'{OnOneLine(text[..Length])}…'";

    /// <summary>Escapes what would break a line or steer a terminal.</summary>
    /// <param name="text">Of any content.</param>
    internal static string OnOneLine(string text)
    {
        if (!text.Any(IsBreaking))
            return text;
        var result = new StringBuilder();
        foreach (var c in text)
        {
            if (IsBreaking(c))
                result.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                result.Append(c);
        }

        return result.ToString();
    }

    // Control characters, and the two separators of Unicode that end a line.
    private static bool IsBreaking(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
}
