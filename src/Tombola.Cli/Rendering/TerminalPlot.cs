using Spectre.Console;
using Tombola.Tickets;

namespace Tombola.Cli.Rendering;

/// <summary>Draws a quantity against the weights remaining, one mark a branch and level.</summary>
internal static class TerminalPlot
{
    private const int Rows = 9;
    private const int ColumnWidth = 6;

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
        var points = summary.Levels.Where(level => select(level) is not null).ToArray();
        if (points.Length == 0)
            return;
        var low = points.Min(level => select(level)!.Mean);
        var high = points.Max(level => select(level)!.Mean);
        if (high <= low)
            high = low + Math.Max(1e-9, Math.Abs(low) * 0.01);
        string[] branches = [.. points.Select(level => level.Branch).Distinct()];
        int[] levels = [.. points.Select(level => level.Level).Distinct().Order()];
        var width = Math.Max(2, Math.Min(ColumnWidth, (console.Profile.Width - 14) / levels.Length));
        var cells = new string[Rows, levels.Length];
        // The main branch comes first in the summary and is drawn last, on top.
        foreach (var level in points.Reverse())
        {
            var row = (int)Math.Round((high - select(level)!.Mean) / (high - low) * (Rows - 1));
            var (mark, color) = Marks[Array.IndexOf(branches, level.Branch) % Marks.Length];
            cells[row, Array.IndexOf(levels, level.Level)] = $"[{color}]{mark}[/]";
        }

        var legend = branches.Select((branch, i) =>
            $"[{Marks[i % Marks.Length].Color}]{Marks[i % Marks.Length].Mark}[/] {branch}");
        console.MarkupLine($"[bold]{title}[/] against weights remaining   {string.Join("   ", legend)}");
        for (var row = 0; row < Rows; row++)
        {
            var value = high - ((high - low) * row / (Rows - 1));
            var line = string.Concat(Enumerable.Range(0, levels.Length).Select(
                i => new string(' ', width - 1) + (cells[row, i] ?? " ")));
            console.MarkupLine($"[grey]{(row % 2 == 0 ? format(value) : ""),10} │[/]{line}");
        }

        var labels = levels.Select(level => points.First(point => point.Level == level).Density);
        console.MarkupLine($"[grey]{"",10} └{new string('─', width * levels.Length)}[/]");
        console.MarkupLine(
            $"[grey]{"",12}{string.Concat(labels.Select((density, i) => Label(density, width, i)))} %[/]");
    }

    private static string Label(double density, int width, int index)
    {
        var percent = 100 * density;
        var text = percent.ToString(percent >= 10 ? "0" : "0.0", System.Globalization.CultureInfo.InvariantCulture);
        // Narrow columns have room for every other label only.
        return width < 5 && index % 2 == 1 ? new string(' ', width) : text.PadLeft(width)[^width..];
    }
}
