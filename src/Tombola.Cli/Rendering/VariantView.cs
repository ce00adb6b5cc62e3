using System.Globalization;
using Spectre.Console;
using Tombola.Tickets;

namespace Tombola.Cli.Rendering;

/// <summary>Shows a study: a row a variant, then how accuracy falls with the weights in each.</summary>
internal static class VariantView
{
    private const string None = "–";

    /// <summary>Writes the table and the plots.</summary>
    internal static void Write(IAnsiConsole console, RunSummary study)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(study.Experiment);
        string[] titles = ["variant", "dense", "early stop", "best ticket", "at", "smallest winning", "matching"];
        foreach (var title in titles)
            table.AddColumn(new TableColumn(title).RightAligned());
        foreach (var variant in study.Variants)
            table.AddRow([.. CellsOf(variant).Select(cell => new Text(cell))]);
        console.Write(table);
        var tickets = study with
        {
            Levels =
            [
                .. study.Variants.SelectMany(variant => variant.Levels.Where(IsTicket).Select(
                    level => level with { Branch = NameOf(variant) })),
            ],
        };
        TerminalPlot.Write(
            console, tickets, "Test accuracy at early stop", value => Percent(value, 2),
            level => level.EarlyStopTestAccuracy);
    }

    private static IEnumerable<string> CellsOf(RunSummary variant)
    {
        var dense = variant.Levels.FirstOrDefault(level => level.Level == 0);
        var best = variant.Levels.Where(level => level is { Level: > 0, EarlyStopTestAccuracy: not null })
            .Where(IsTicket).MaxBy(level => level.EarlyStopTestAccuracy!.Mean);
        yield return NameOf(variant);
        yield return dense?.EarlyStopTestAccuracy is { } accuracy ? Percent(accuracy.Mean, 2) : None;
        yield return dense?.EarlyStopStep is { } step ? step.Mean.ToString("N0", CultureInfo.InvariantCulture) : None;
        yield return best is null ? None : Percent(best.EarlyStopTestAccuracy!.Mean, 2);
        yield return DensityOf(best);
        yield return DensityOf(variant.SmallestWinningTicket);
        yield return DensityOf(variant.SmallestMatchingTicket);
    }

    private static bool IsTicket(LevelSummary level) => level.Branch == "winning-ticket";

    private static string NameOf(RunSummary variant) =>
        variant.Experiment[(variant.Experiment.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static string DensityOf(LevelSummary? level) => level is null ? None : Percent(level.Density, 1);

    private static string Percent(double fraction, int decimals) =>
        (100 * fraction).ToString(decimals == 1 ? "0.0" : "0.00", CultureInfo.InvariantCulture) + " %";
}
