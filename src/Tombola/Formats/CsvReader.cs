namespace Tombola.Formats;

/// <summary>Reads tables of comma-separated values (RFC 4180) with a header row.</summary>
/// <remarks>
/// Lines end with a line feed, with or without a carriage return before it; the last one need not. Stricter than the
/// RFC asks: every row has as many fields as the header, and quotes stand around a whole field or not at all.
/// </remarks>
public static class CsvReader
{
    private const int LargestFile = 1 << 28;

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file: UTF-8, with or without a byte order mark, of at most 256 MB.</param>
    /// <exception cref="InputException">
    /// The file cannot be read, or is not a table with distinct column names.
    /// </exception>
    public static CsvTable Read(string path)
    {
        var text = InputFile.ReadText(path, LargestFile, "larger than 256 MB, too large for a table");
        var parser = new CsvParser(path, text);
        if (parser.ReadRow() is not { } header)
            throw new InputException($"{path}: the file is empty; expected a line with the names of the columns.");
        var columns = IndexColumns(path, header.Fields);
        var rows = new List<CsvRow>();
        while (parser.ReadRow() is var (line, fields))
        {
            if (fields.Count != columns.Count)
            {
                throw new InputException(
                    $"{path}:{line}: expected {columns.Count} fields as in the header, got {fields.Count}.");
            }


            rows.Add(new CsvRow(path, line, columns, [.. fields]));
        }

        return new CsvTable(path, [.. header.Fields], rows);
    }

    private static Dictionary<string, int> IndexColumns(string path, IReadOnlyList<string> names)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (name.Length == 0)
                throw new InputException($"{path}:1: column {columns.Count + 1} has no name.");
            if (!columns.TryAdd(name, columns.Count))
                throw new InputException($"{path}:1: two columns have the name {Excerpt.Quote(name)}.");
        }

        return columns;
    }
}
