using Spectre.Console;
using Tombola.Cli.Commands;

namespace Tombola.Cli.Rendering;

/// <summary>Says which files analyses left.</summary>
internal static class AnalysisView
{
    /// <summary>Writes a line a file.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="outcomes">What was computed.</param>
    /// <param name="folder">Where the files are.</param>
    internal static void Write(IAnsiConsole console, IEnumerable<AnalysisOutcome> outcomes, string folder)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        foreach (var outcome in outcomes)
        {
            foreach (var table in outcome.Tables)
            {
                var columns = string.Join(", ", table.Columns);
                Add($"{table.Name}.csv", FormattableString.Invariant($"{table.Rows.Count:N0} rows: {columns}"));
            }

            foreach (var figure in outcome.Figures)
                Add($"{figure.Name}.vl.json", figure.Title);
        }

        console.Write(grid);
        console.MarkupLineInterpolated($"[grey]{folder}[/]");

        void Add(string file, string text) => grid.AddRow(new Text(file, new Style(Color.Aqua)), new Text(text));
    }
}
