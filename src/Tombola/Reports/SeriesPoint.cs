using System.Text.Json.Nodes;

namespace Tombola.Reports;

/// <summary>A value of one series at one level: mean, least and greatest over trials.</summary>
/// <param name="Series">What the legend calls it.</param>
/// <param name="Kind"><c>measured</c>, <c>trial</c>, <c>dense</c> or <c>published</c>.</param>
/// <param name="Level">Rounds of pruning; null for published values.</param>
/// <param name="Density">Survivors as a fraction.</param>
/// <param name="Mean">The arithmetic mean.</param>
/// <param name="Min">The least value.</param>
/// <param name="Max">The greatest value.</param>
/// <param name="Trials">How many there are.</param>
/// <param name="Note">Where a published value is from, or which trial it is; empty otherwise.</param>
internal sealed record SeriesPoint(
    string Series, string Kind, int? Level, double Density, double Mean, double Min, double Max, int Trials,
    string Note)
{
    /// <summary>Aggregates rows over trials.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="select">The quantity; NaN where a row has none.</param>
    internal static IReadOnlyList<SeriesPoint> Of(IReadOnlyList<ReportRun> runs, Func<ReportRow, double> select)
    {
        var names = new SeriesNames(runs);
        return
        [
            .. runs.SelectMany(run => run.Rows.Where(row => names.Shows(row) && double.IsFinite(select(row)))
                .GroupBy(row => (Series: names.Of(run, row), row.Level))
                .OrderBy(group => names.OrderOf(group.Key.Series)).ThenBy(group => group.Key.Level)
                .Select(group => Of(group.Key.Series, group.Key.Level, [.. group], select))),
        ];
    }

    /// <summary>Makes a point of each trial.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="select">The quantity; NaN where a row has none.</param>
    internal static IEnumerable<SeriesPoint> OfTrials(
        IReadOnlyList<ReportRun> runs, Func<ReportRow, double> select)
    {
        var names = new SeriesNames(runs);
        return runs.SelectMany(run => run.Rows.Where(row => names.Shows(row) && double.IsFinite(select(row)))
            .Select(row => Of(names.Of(run, row), row.Level, [row], select) with
            {
                Kind = "trial", Note = FormattableString.Invariant($"trial {row.Trial}"),
            }));
    }

    /// <summary>Writes the point as a row of a figure's data.</summary>
    internal JsonObject ToJson() => new()
    {
        ["series"] = Series, ["kind"] = Kind, ["level"] = Level, ["percent"] = 100 * Density, ["mean"] = Mean,
        ["min"] = Min, ["max"] = Max, ["trials"] = Trials, ["note"] = Note,
    };

    private static SeriesPoint Of(string series, int level, ReportRow[] rows, Func<ReportRow, double> select)
    {
        double[] values = [.. rows.Select(select)];
        return new SeriesPoint(
            series, "measured", level, rows.Average(row => row.Density), values.Average(), values.Min(), values.Max(),
            values.Length, "");
    }
}
