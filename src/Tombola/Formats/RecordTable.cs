using System.Text.Json.Serialization.Metadata;

namespace Tombola.Formats;

/// <summary>Writes records as comma-separated values: a column a property, named as <see cref="CanonicalJson"/> names
/// it, so that a table says the same in both formats.</summary>
/// <remarks>Properties are numbers, truth values or text; null is an empty field.</remarks>
internal static class RecordTable
{
    /// <summary>Returns the columns of a record, in the order of its properties.</summary>
    /// <param name="record">The type.</param>
    internal static IReadOnlyList<string> ColumnsOf(Type record) =>
        [.. Readable(record).Select(property => property.Name)];

    /// <summary>Writes a table.</summary>
    /// <param name="path">The file, overwritten.</param>
    /// <param name="record">The type of the rows.</param>
    /// <param name="rows">The rows, all of that type.</param>
    internal static void Write(string path, Type record, IEnumerable<object> rows)
    {
        using var csv = new CsvWriter(path, ColumnsOf(record));
        Write(csv, record, rows);
    }

    /// <summary>Returns a table as text.</summary>
    /// <typeparam name="TRow">The type of the rows.</typeparam>
    /// <param name="rows">The rows.</param>
    internal static string Text<TRow>(IReadOnlyList<TRow> rows)
        where TRow : class
    {
        using var text = new StringWriter { NewLine = "\n" };
        using (var csv = new CsvWriter(() => text, ColumnsOf(typeof(TRow))))
            Write(csv, typeof(TRow), rows);
        return text.ToString();
    }

    private static void Write(CsvWriter csv, Type record, IEnumerable<object> rows)
    {
        JsonPropertyInfo[] properties = [.. Readable(record)];
        foreach (var row in rows)
            csv.Write([.. properties.Select(property => property.Get!(row))]);
    }

    private static IEnumerable<JsonPropertyInfo> Readable(Type record) =>
        CanonicalJson.PropertiesOf(record).Where(property => property.Get is not null);
}
