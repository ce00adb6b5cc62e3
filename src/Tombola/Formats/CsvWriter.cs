using System.Globalization;

namespace Tombola.Formats;

/// <summary>Writes a table as comma-separated values (RFC 4180), one line a row, ended by a line feed.</summary>
/// <remarks>Numbers are written in the invariant culture and in the shortest form that reads back the same.</remarks>
public sealed class CsvWriter : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly int _columns;

    /// <summary>Creates the file and writes its header.</summary>
    /// <param name="path">The file, overwritten.</param>
    /// <param name="columns">The names of the columns.</param>
    public CsvWriter(string path, IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _columns = columns.Count;
        _writer = new StreamWriter(path) { NewLine = "\n" };
        _writer.WriteLine(string.Join(',', columns.Select(Quoted)));
    }

    /// <summary>Writes a row.</summary>
    /// <param name="values">One a column: numbers, text or null for an empty field.</param>
    /// <exception cref="ArgumentException">There are not as many values as columns.</exception>
    public void Write(params IReadOnlyList<object?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != _columns)
            throw new ArgumentException($"Expected {_columns} values, got {values.Count}.", nameof(values));
        _writer.WriteLine(string.Join(',', values.Select(value => Quoted(TextOf(value)))));
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
