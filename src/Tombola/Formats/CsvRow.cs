using System.Globalization;

namespace Tombola.Formats;

/// <summary>A row of a <see cref="CsvTable"/>, read column by column with a type.</summary>
/// <remarks>Every complaint is one line that names the file, the line where the row starts, and the column.</remarks>
public sealed class CsvRow
{
    private const NumberStyles NumberStyle =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private readonly string _path;
    private readonly Dictionary<string, int> _columns;
    private readonly string[] _fields;

    internal CsvRow(string path, int line, Dictionary<string, int> columns, string[] fields) =>
        (_path, Line, _columns, _fields) = (path, line, columns, fields);

    /// <summary>The line of the file where the row starts, from 1; the header is on line 1.</summary>
    public int Line { get; }

    /// <summary>Tells whether the table has a column, which those of older versions may lack.</summary>
    /// <param name="column">The name of the column.</param>
    public bool Has(string column) => _columns.ContainsKey(column);

    /// <summary>Tells whether a field is empty, which is how a missing value is written.</summary>
    /// <param name="column">The name of the column.</param>
    /// <exception cref="InputException">There is no such column.</exception>
    public bool IsEmpty(string column) => Text(column).Length == 0;

    /// <summary>Returns a field as it stands, without its quotes.</summary>
    /// <param name="column">The name of the column.</param>
    /// <exception cref="InputException">There is no such column.</exception>
    public string Text(string column)
    {
        if (_columns.TryGetValue(column, out var index))
            return _fields[index];
        var nearest = InputException.NearestName(column, _columns.Keys);
        var hint = nearest is null ? "" : $" Did you mean {Excerpt.Quote(nearest)}?";
        throw new InputException($"{_path}: has no column {Excerpt.Quote(column)}.{hint}");
    }

    /// <summary>Returns a field as a whole number.</summary>
    /// <param name="column">The name of the column.</param>
    /// <exception cref="InputException">There is no such column, or no whole number of 64 bits in it.</exception>
    public long Integer(string column) =>
        long.TryParse(Text(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Wrong(column, "a whole number");

    /// <summary>Returns a field as a number; <c>NaN</c> and <c>Infinity</c> are numbers here.</summary>
    /// <param name="column">The name of the column.</param>
    /// <exception cref="InputException">There is no such column, or no number in it.</exception>
    public double Number(string column) =>
        double.TryParse(Text(column), NumberStyle, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Wrong(column, "a number");

    /// <summary>Returns a field as true or false, written just so.</summary>
    /// <param name="column">The name of the column.</param>
    /// <exception cref="InputException">There is no such column, or something else in it.</exception>
    public bool Boolean(string column) => Text(column) switch
    {
        "true" => true,
        "false" => false,
        _ => throw Wrong(column, "true or false"),
    };

    private InputException Wrong(string column, string expected)
    {
        var found = IsEmpty(column) ? "nothing" : Excerpt.Quote(Text(column));
        return new InputException($"{_path}:{Line}: {column}: expected {expected}, got {found}.");
    }
}
