namespace Tombola.Tickets;

/// <summary>An experiment's results over trials, with a verdict a level: the content of <c>summary.json</c>.</summary>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="Levels">Branch by branch, level by level.</param>
/// <param name="SmallestWinningTicket">The sparsest level that wins; null if none does.</param>
/// <param name="SmallestMatchingTicket">The sparsest level that wins or matches; null if none does.</param>
public sealed record RunSummary(
    string Experiment, IReadOnlyList<LevelSummary> Levels, LevelSummary? SmallestWinningTicket,
    LevelSummary? SmallestMatchingTicket)
{
    // Accuracies are counts over a test set: means that differ by less than this differ by rounding alone.
    private const double Rounding = 1e-9;

    /// <summary>The summaries of a study's variants.</summary>
    /// <value>Default empty: the experiment has none, and the levels are its own.</value>
    public IReadOnlyList<RunSummary> Variants { get; init; } = [];

    /// <summary>Summarises rows.</summary>
    /// <param name="experiment">The name of the experiment.</param>
    /// <param name="results">All rows of the run.</param>
    public static RunSummary Of(string experiment, IReadOnlyList<LevelResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var dense = Summarise(
            [.. results.Where(row => row.Branch == TicketGraph.MainBranch && row.Level == 0)], dense: null);
        LevelSummary[] levels =
        [
            .. results.GroupBy(row => (row.Branch, row.Level)).Select(
                group => group.Key == (TicketGraph.MainBranch, 0) ? dense! : Summarise([.. group], dense)!)
                .OrderBy(level => level.Branch == TicketGraph.MainBranch ? 0 : 1)
                .ThenBy(level => level.Branch, StringComparer.Ordinal).ThenBy(level => level.Level),
        ];
        var tickets = levels.Where(level => level.Branch == TicketGraph.MainBranch && level.Level > 0).ToArray();
        return new RunSummary(
            experiment, levels,
            tickets.LastOrDefault(level => level.Verdict == Tickets.Verdict.Winning),
            tickets.LastOrDefault(level => level.Verdict is Tickets.Verdict.Winning or Tickets.Verdict.Matching));
    }

    private static LevelSummary? Summarise(LevelResult[] rows, LevelSummary? dense)
    {
        if (rows.Length == 0)
            return null;
        LevelResult[] counting = [.. rows.Where(row => row.Completed)];
        var stop = Spread.Of(counting.Select(row => (double)row.Training!.EarlyStop!.Step));
        var accuracy = Spread.Of(counting.Select(row => row.Training!.EarlyStop!.TestAccuracy));
        var first = rows[0];
        return new LevelSummary(
            first.Branch, first.Level, first.WeightsRemaining, first.WeightsTotal, first.Density, counting.Length,
            rows.Length - counting.Length, stop, accuracy,
            Spread.Of(counting.Select(row => row.Training!.Final!.TestAccuracy)),
            Spread.Of(counting.Select(row => row.Training!.FinalTrainAccuracy!.Value)),
            Spread.Of(counting.Select(row => row.Training!.Seconds)),
            Judge(stop, accuracy, dense));
    }

    private static Verdict? Judge(Spread? stop, Spread? accuracy, LevelSummary? dense)
    {
        if (stop is null || accuracy is null
            || dense is not { EarlyStopStep: { } denseStop, EarlyStopTestAccuracy: { } denseAccuracy })
            return null;
        if (stop.Mean <= denseStop.Mean && accuracy.Mean >= denseAccuracy.Mean - Rounding)
            return Tickets.Verdict.Winning;
        return accuracy.Mean >= denseAccuracy.Min - Rounding ? Tickets.Verdict.Matching : Tickets.Verdict.Losing;
    }
}
