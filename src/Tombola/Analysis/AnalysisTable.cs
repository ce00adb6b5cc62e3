using Tombola.Formats;

namespace Tombola.Analysis;

/// <summary>One table that an analysis yields, made of records of one type.</summary>
public sealed class AnalysisTable
{
    private readonly Type _record;

    private AnalysisTable(string name, Type record, IReadOnlyList<object> rows) =>
        (Name, _record, Rows) = (name, record, rows);

    /// <summary>The name, which is also that of its file, for example <c>mask-overlap-pairs</c>.</summary>
    public string Name { get; }

    /// <summary>The names of the columns: the record's properties in snake_case, in order.</summary>
    public IReadOnlyList<string> Columns => RecordTable.ColumnsOf(_record);

    /// <summary>The rows, all records of one type; as JSON their fields are named as the columns.</summary>
    public IReadOnlyList<object> Rows { get; }

    /// <summary>Makes a table.</summary>
    /// <typeparam name="TRow">A record whose properties are numbers, truth values or text.</typeparam>
    /// <param name="name">In kebab-case.</param>
    /// <param name="rows">The rows.</param>
    public static AnalysisTable Of<TRow>(string name, IReadOnlyList<TRow> rows)
        where TRow : class
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(rows);
        return new AnalysisTable(name, typeof(TRow), rows);
    }

    /// <summary>Returns the rows as what they are.</summary>
    /// <typeparam name="TRow">The record that the table was made of.</typeparam>
    /// <exception cref="InvalidOperationException">The table was made of another record.</exception>
    public IReadOnlyList<TRow> RowsOf<TRow>()
        where TRow : class =>
        Rows as IReadOnlyList<TRow>
            ?? throw new InvalidOperationException($"{Name} is a table of {_record.Name}, not {typeof(TRow).Name}.");

    /// <summary>Writes the table as comma-separated values.</summary>
    /// <param name="path">The file, overwritten.</param>
    public void WriteCsv(string path) => RecordTable.Write(path, _record, Rows);
}
