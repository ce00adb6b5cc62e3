using System.Globalization;
using Spectre.Console;
using Tombola.Tickets;

namespace Tombola.Cli.Rendering;

/// <summary>Shows the results of a run: a table a level, a plot, and the smallest winning ticket.</summary>
internal static class SummaryView
{
    private const string None = "–";

    /// <summary>Writes everything.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="summary">The results.</param>
    /// <param name="folder">The folder of the run.</param>
    internal static void Write(IAnsiConsole console, RunSummary summary, string folder)
    {
        if (summary.Variants.Count > 0)
        {
            VariantView.Write(console, summary);
            console.MarkupLineInterpolated($"[grey]{folder}[/]");
            return;
        }

        foreach (var branch in summary.Levels.GroupBy(level => level.Branch))
            console.Write(TableOf(branch.Key, branch, console.Profile.Width));
        TerminalPlot.Write(
            console, summary, "Test accuracy at early stop", Percent, level => level.EarlyStopTestAccuracy);
        TerminalPlot.Write(console, summary, "Early-stop step", Number, level => level.EarlyStopStep);
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

    private static Table TableOf(string branch, IEnumerable<LevelSummary> levels, int width)
    {
        var table = new NarrowingTable<LevelSummary>(branch)
            .Add("level", level => Number(level.Level))
            .Add("weights", level => Percent(level.Density, 1))
            .Add("early stop", level => level.EarlyStopStep is { } step ? Number(step.Mean) : None)
            .Add("test", level => level.EarlyStopTestAccuracy is { } accuracy ? Percent(accuracy.Mean) : None)
            .Add("min–max", level => level.EarlyStopTestAccuracy is { } range ? RangeOf(range) : None, dropOrder: 4)
            .Add("at end", level => level.FinalTestAccuracy is { } final ? Percent(final.Mean) : None, dropOrder: 3)
            .Add("train", level => level.FinalTrainAccuracy is { } train ? Percent(train.Mean) : None, dropOrder: 2)
            .Add("s", level => level.Seconds is { } seconds ? Tenths(seconds.Mean) : None, dropOrder: 1)
            .Add("verdict", VerdictOf);
        return table.Fit([.. levels], width);
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

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Tenths(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string RangeOf(Spread spread) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * spread.Min:0.00}–{100 * spread.Max:0.00}");
}
