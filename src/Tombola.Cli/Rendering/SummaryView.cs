using System.Globalization;
using Spectre.Console;
using Tombola.Tickets;

namespace Tombola.Cli.Rendering;

/// <summary>Shows the results of a run: a table a level, a plot, and the smallest winning ticket.</summary>
internal static class SummaryView
{
    /// <summary>Writes everything.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="summary">The results.</param>
    /// <param name="folder">The folder of the run.</param>
    internal static void Write(IAnsiConsole console, RunSummary summary, string folder)
    {
        foreach (var branch in summary.Levels.GroupBy(level => level.Branch))
            console.Write(TableOf(branch.Key, branch));
        TerminalPlot.Write(
            console, summary, "test accuracy at early stop", Percent, level => level.EarlyStopTestAccuracy);
        TerminalPlot.Write(console, summary, "early-stop step", Steps, level => level.EarlyStopStep);
        console.MarkupLineInterpolated($"{Conclude(summary)}");
        console.MarkupLineInterpolated($"[grey]{folder}[/]");
    }

    /// <summary>Says which ticket is the smallest that wins.</summary>
    internal static string Conclude(RunSummary summary)
    {
        if (summary.SmallestWinningTicket is { } winner)
        {
            var counts = $"({winner.WeightsRemaining:N0} of {winner.WeightsTotal:N0})";
            return $"Smallest winning ticket: level {winner.Level}, {winner.Density:P1} of the weights {counts}.";
        }

        return summary.SmallestMatchingTicket is { } match
            ? $"No winning ticket; the smallest that matches is level {match.Level}, {match.Density:P1} of the weights."
            : "No winning ticket.";
    }

    private static Table TableOf(string branch, IEnumerable<LevelSummary> levels)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(branch));
        string[] titles =
            ["level", "weights", "early stop", "test accuracy", "min–max", "at the end", "train", "s", "verdict"];
        foreach (var title in titles)
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        foreach (var level in levels)
        {
            table.AddRow(
                level.Level.ToString(CultureInfo.InvariantCulture),
                Percent(level.Density, 1),
                level.EarlyStopStep is { } step ? Steps(step.Mean) : "–",
                level.EarlyStopTestAccuracy is { } accuracy ? Percent(accuracy.Mean) : "–",
                level.EarlyStopTestAccuracy is { } range ? $"{Percent(range.Min)}–{Percent(range.Max)}" : "–",
                level.FinalTestAccuracy is { } final ? Percent(final.Mean) : "–",
                level.FinalTrainAccuracy is { } train ? Percent(train.Mean) : "–",
                level.Seconds is { } seconds ? seconds.Mean.ToString("0.0", CultureInfo.InvariantCulture) : "–",
                VerdictOf(level));
        }

        return table;
    }

    private static string VerdictOf(LevelSummary level)
    {
        var failed = level.Failed > 0 ? $" [red]({level.Failed} failed)[/]" : "";
        return level.Verdict switch
        {
            Verdict.Winning => "[green]winning[/]" + failed,
            Verdict.Matching => "[yellow]matching[/]" + failed,
            Verdict.Losing => "[grey]losing[/]" + failed,
            _ => (level.Level == 0 ? "dense" : "–") + failed,
        };
    }

    private static string Percent(double fraction) => Percent(fraction, 2);

    private static string Percent(double fraction, int decimals) =>
        (100 * fraction).ToString(
            "F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " %";

    private static string Steps(double step) => step.ToString("N0", CultureInfo.InvariantCulture);
}
