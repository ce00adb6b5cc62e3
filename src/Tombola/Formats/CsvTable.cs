namespace Tombola.Formats;

/// <summary>A table read from a file of comma-separated values.</summary>
/// <param name="Path">The file, for messages.</param>
/// <param name="Columns">The names of the columns, distinct, in order.</param>
/// <param name="Rows">The rows after the header, in order.</param>
public sealed record CsvTable(string Path, IReadOnlyList<string> Columns, IReadOnlyList<CsvRow> Rows);
