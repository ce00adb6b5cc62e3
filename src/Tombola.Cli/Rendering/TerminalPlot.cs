using System.Globalization;
using System.Text;
using Spectre.Console;
using Tombola.Tickets;

namespace Tombola.Cli.Rendering;

/// <summary>Draws a quantity against the weights remaining, one mark a branch and level.</summary>
/// <remarks>
/// Levels stand at equal distances, which for a constant rate of pruning is a logarithmic axis. Marks of several
/// branches at the same place stand side by side where there is room, else the main line's is shown.
/// </remarks>
internal static class TerminalPlot
{
    private const int Rows = 9;
    private const int AxisWidth = 12;
    private const int WidestColumn = 6;
    private const int NarrowestColumn = 2;

    private static readonly (char Mark, string Color)[] Marks =
        [('●', "aqua"), ('○', "orange1"), ('□', "violet"), ('△', "green"), ('◇', "yellow")];

    /// <summary>Draws.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="summary">The results.</param>
    /// <param name="title">What is drawn.</param>
    /// <param name="format">Writes a value at the axis.</param>
    /// <param name="select">The value of a level; null where it has none.</param>
    internal static void Write(
        IAnsiConsole console, RunSummary summary, string title, Func<double, string> format,
        Func<LevelSummary, Spread?> select)
    {
        LevelSummary[] points = [.. summary.Levels.Where(level => select(level) is not null)];
        if (points.Length == 0)
            return;
        string[] branches = [.. points.Select(point => point.Branch).Distinct()];
        int[] levels = [.. points.Select(point => point.Level).Distinct().Order()];
        var width = Math.Clamp((console.Profile.Width - AxisWidth) / levels.Length, NarrowestColumn, WidestColumn);
        var (low, high) = RangeOf([.. points.Select(point => select(point)!.Mean)]);
        var cells = new string?[Rows, levels.Length * width];
        foreach (var point in points) // The main branch comes first in the summary and so has its place.
        {
            var row = (int)Math.Round((high - select(point)!.Mean) / (high - low) * (Rows - 1));
            var (mark, color) = Marks[Array.IndexOf(branches, point.Branch) % Marks.Length];
            Place(cells, row, Array.IndexOf(levels, point.Level) * width, width, $"[{color}]{mark}[/]");
        }

        WriteTitle(console, $"{title} against weights remaining (%)", branches);
        for (var row = 0; row < Rows; row++)
        {
            var label = row % 2 == 0 ? format(high - ((high - low) * row / (Rows - 1))) : "";
            var marks = string.Concat(Enumerable.Range(0, levels.Length * width).Select(i => cells[row, i] ?? " "));
            console.MarkupLine($"[grey]{label,AxisWidth - 2} │[/]{marks.TrimEnd()}");
        }

        console.MarkupLine($"[grey]{"",AxisWidth - 2} └{new string('─', width * levels.Length)}[/]");
        var densities = levels.Select(level => points.First(point => point.Level == level).Density);
        console.MarkupLine($"[grey]{Labels(densities, width)}[/]");
        console.WriteLine();
    }

    private static (double Low, double High) RangeOf(double[] values)
    {
        var (low, high) = (values.Min(), values.Max());
        var slack = Math.Max(1e-9, Math.Abs(low) * 0.01);
        return high > low ? (low, high) : (low - slack, high + slack); // Equal values: a line in the middle.
    }

    // From the right of the column leftwards; the leftmost place stays free and keeps columns apart.
    private static void Place(string?[,] cells, int row, int start, int width, string mark)
    {
        for (var i = start + width - 1; i > start; i--)
        {
            if (cells[row, i] is null)
            {
                cells[row, i] = mark;
                return;
            }
        }
    }

    private static void WriteTitle(IAnsiConsole console, string title, string[] branches)
    {
        var legend = string.Join("   ", branches.Select((_, i) => MarkOf(i) + " " + Markup.Escape(branches[i])));
        var fits = title.Length + Markup.Remove(legend).Length + 3 <= console.Profile.Width;
        console.MarkupLine($"[bold]{title}[/]{(fits ? "   " : Environment.NewLine)}{legend}");
    }

    private static string MarkOf(int branch)
    {
        var (mark, color) = Marks[branch % Marks.Length];
        return $"[{color}]{mark}[/]";
    }

    // Each label ends below its marks; where columns are narrow, those that would touch the one before are left out.
    private static string Labels(IEnumerable<double> densities, int width)
    {
        var line = new StringBuilder();
        var end = AxisWidth;
        foreach (var density in densities)
        {
            end += width;
            var percent = 100 * density;
            var text = percent.ToString(percent >= 9.95 ? "0" : "0.0", CultureInfo.InvariantCulture);
            if (line.Length == 0 || end - text.Length > line.Length)
                line.Append(text.PadLeft(end - line.Length));
        }

        return line.ToString();
    }
}
