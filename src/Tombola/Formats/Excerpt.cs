using System.Globalization;
using System.Text;

namespace Tombola.Formats;

/// <summary>Makes text of unknown origin fit for a one-line message.</summary>
internal static class Excerpt
{
    private const int Length = 80;

    /// <summary>Quotes a text: <c>'many'</c>; control characters are escaped, the end of a long one is left out.</summary>
    /// <param name="text">Of any length and content.</param>
    internal static string Quote(string text) =>
        text.Length <= Length ? $"'{OnOneLine(text)}'" : $"'{OnOneLine(text[..Length])}…'";

    /// <summary>Escapes what would break a line or steer a terminal.</summary>
    /// <param name="text">Of any content.</param>
    internal static string OnOneLine(string text)
    {
        if (!text.AsSpan().ContainsAny(Breaking))
            return text;
        var result = new StringBuilder();
        foreach (var c in text)
        {
            if (Breaking.Contains(c))
                result.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                result.Append(c);
        }

        return result.ToString();
    }

    // The control characters of ASCII and Latin-1, and the two separators of Unicode that end a line.
    private static readonly System.Buffers.SearchValues<char> Breaking = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Append(0x2028).Append(0x2029).Select(c => (char)c)]);
}
