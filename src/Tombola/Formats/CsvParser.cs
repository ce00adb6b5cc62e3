using System.Text;

namespace Tombola.Formats;

/// <summary>Splits a text of comma-separated values into rows of fields.</summary>
/// <param name="path">For messages.</param>
/// <param name="text">The whole table.</param>
internal sealed class CsvParser(string path, string text)
{
    private int _position;
    private int _line = 1;

    /// <summary>Reads the next row.</summary>
    /// <returns>The line where it starts, from 1, and its fields, at least one; null at the end of the text.</returns>
    /// <exception cref="InputException">
    /// A quote is misplaced or never closed, or a carriage return stands alone.
    /// </exception>
    internal (int Line, IReadOnlyList<string> Fields)? ReadRow()
    {
        if (_position == text.Length)
            return null;
        var (line, fields) = (_line, new List<string>());
        do
            fields.Add(ReadField());
        while (Skip(','));

        var hasReturn = Skip('\r');
        if (Skip('\n'))
            _line++;
        else if (hasReturn)
            throw Wrong("a carriage return without a line feed; write lines that end with a line feed");
        else if (_position < text.Length)
            throw Wrong("text after a closing quote; write a quote within a field twice");
        return (line, fields);
    }

    private bool Skip(char c)
    {
        if (_position == text.Length || text[_position] != c)
            return false;
        _position++;
        return true;
    }

    private string ReadField()
    {
        if (Skip('"'))
            return ReadQuoted();
        var length = text.AsSpan(_position).IndexOfAny(",\"\r\n");
        var field = length < 0 ? text[_position..] : text.Substring(_position, length);
        _position += field.Length;
        return _position < text.Length && text[_position] == '"'
            ? throw Wrong("a quote within a field that does not start with one")
            : field;
    }

    private string ReadQuoted()
    {
        var start = _line;
        var field = new StringBuilder();
        while (true)
        {
            var length = text.AsSpan(_position).IndexOf('"');
            if (length < 0)
                throw new InputException($"{path}:{start}: a quote is opened and never closed.");
            var part = text.AsSpan(_position, length);
            field.Append(part);
            _line += part.Count('\n');
            _position += length + 1;
            if (!Skip('"'))
                return field.ToString();
            field.Append('"');
        }
    }

    private InputException Wrong(string what) => new($"{path}:{_line}: {what}.");
}
