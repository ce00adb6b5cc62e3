using System.Globalization;

namespace Tombola.Formats;

/// <summary>Writes a table as comma-separated values (RFC 4180), one line a row, ended by a line feed.</summary>
/// <remarks>
/// UTF-8 without a byte order mark. Numbers are written in the invariant culture and in the shortest form that reads
/// back the same, infinities and NaN as <c>Infinity</c>, <c>-Infinity</c> and <c>NaN</c>. <see cref="CsvReader"/> reads
/// such tables.
/// </remarks>
public sealed class CsvWriter : IDisposable
{
    private readonly TextWriter _writer;
    private readonly int _columns;

    /// <summary>Creates the file and writes its header.</summary>
    /// <param name="path">The file, overwritten.</param>
    /// <param name="columns">The names of the columns, at least one, distinct and not empty.</param>
    /// <exception cref="ArgumentException">There are no columns, or two have one name, or one has none.</exception>
    public CsvWriter(string path, IReadOnlyList<string> columns)
        : this(() => new StreamWriter(path) { NewLine = "\n" }, columns)
    {
    }

    /// <summary>Writes the header to a writer that is made once the columns are found to be in order.</summary>
    internal CsvWriter(Func<TextWriter> create, IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0 || columns.Contains("") || columns.Distinct().Count() < columns.Count)
            throw new ArgumentException("Expected columns with distinct names.", nameof(columns));
        _columns = columns.Count;
        _writer = create();
        _writer.WriteLine(string.Join(',', columns.Select(Quoted)));
    }

    /// <summary>Writes a row.</summary>
    /// <param name="values">One a column: numbers, truth values, text, or null for an empty field.</param>
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
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
