using Spectre.Console;

namespace Tombola.Cli.Rendering;

/// <summary>A table that leaves out its less important columns where the terminal is narrow.</summary>
/// <remarks>Folded cells cannot be read; a column that is missing can be had from <c>results.csv</c>.</remarks>
/// <typeparam name="TRow">What a row shows, for example a level.</typeparam>
/// <param name="title">Stands above the table.</param>
internal sealed class NarrowingTable<TRow>(string title)
{
    private const int Border = 1;
    private const int Padding = 2;

    private readonly List<Column> _columns = [];

    /// <summary>Adds a column.</summary>
    /// <param name="header">Its title.</param>
    /// <param name="cell">Writes a row's cell, as markup.</param>
    /// <param name="dropOrder">1 for the column to leave out first; 0 for one that always stays.</param>
    internal NarrowingTable<TRow> Add(string header, Func<TRow, string> cell, int dropOrder = 0)
    {
        _columns.Add(new Column(header, cell, dropOrder));
        return this;
    }

    /// <summary>Lays out the rows within a width.</summary>
    internal Table Fit(IReadOnlyList<TRow> rows, int width)
    {
        var laidOut = _columns.ConvertAll(column => (column, cells: rows.Select(column.Cell).ToArray()));
        var droppable = new Queue<Column>(
            _columns.Where(column => column.DropOrder > 0).OrderBy(column => column.DropOrder));
        while (Border + laidOut.Sum(pair => Border + Padding + WidthOf(pair.column, pair.cells)) > width
            && droppable.TryDequeue(out var least))
        {
            laidOut.RemoveAll(pair => pair.column == least);
        }

        var table = new Table().Border(TableBorder.Rounded).Title($"[bold]{Markup.Escape(title)}[/]");
        foreach (var (column, _) in laidOut)
            table.AddColumn(new TableColumn(column.Header).RightAligned().NoWrap());
        for (var row = 0; row < rows.Count; row++)
            table.AddRow([.. laidOut.Select(pair => pair.cells[row])]);
        return table;
    }

    private static int WidthOf(Column column, IEnumerable<string> cells) =>
        cells.Select(Markup.Remove).Append(column.Header).Max(text => text.Length);

    private sealed record Column(string Header, Func<TRow, string> Cell, int DropOrder);
}
