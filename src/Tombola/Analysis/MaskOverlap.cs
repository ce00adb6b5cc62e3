namespace Tombola.Analysis;

/// <summary>How far masks agree: those of different trials, branches, variants and runs, against chance.</summary>
/// <remarks>
/// Compared at the same level are the trials of a branch; a control that has masks of its own and the ticket it was
/// made of; and the tickets of the same trial of two variants or runs, that is, of two methods.
/// </remarks>
internal sealed class MaskOverlap : IAnalysis
{
    internal const string Name = "mask-overlap";
    internal const string PairTable = "mask-overlap-pairs";

    /// <summary>The layer of the rows for the whole network.</summary>
    internal const string AllLayers = "all";

    /// <summary>What two masks of a pair differ in.</summary>
    internal const string Trials = "trials", Branches = "branches", Methods = "methods";

    /// <inheritdoc/>
    public IReadOnlyList<AnalysisTable> Run(AnalysisInput input, CancellationToken cancellation)
    {
        AnalysedRun[] runs = [input.Run, .. input.Others];
        foreach (var run in runs)
            _ = run.PrunedTickets(Name);
        var pairs = new List<MaskOverlapPair>();
        var bearers = runs.SelectMany(run => run.MaskBearers().Select(training => (run, training)));
        foreach (var level in bearers.GroupBy(bearer => bearer.training.Level).OrderBy(level => level.Key))
        {
            cancellation.ThrowIfCancellationRequested();
            pairs.AddRange(Compare([.. level.Select(bearer => new Bearer(bearer.run, bearer.training))]));
        }

        return pairs.Count > 0
            ? [AnalysisTable.Of(Name, Summarise(pairs)), AnalysisTable.Of(PairTable, pairs)]
            : throw new InputException(
                $"{input.Run.Name}: {Name} compares masks, and there are no two to compare; run the experiment with "
                + "--trials 2 or more, or name another run of the same network with --with.");
    }

    private static IEnumerable<MaskOverlapPair> Compare(Bearer[] bearers) =>
        from first in bearers.Index()
        from second in bearers.Skip(first.Index + 1)
        let between = Relation(first.Item, second)
        where between is not null && first.Item.IsComparableWith(second)
        from row in RowsOf(between, first.Item, second)
        select row;

    private static string? Relation(Bearer first, Bearer second)
    {
        var (one, two) = (first.Training, second.Training);
        if (first.Run != second.Run || one.Experiment != two.Experiment)
            return one.IsTicket && two.IsTicket && one.Trial == two.Trial ? Methods : null;
        if (one.Branch == two.Branch)
            return one.Trial == two.Trial ? null : Trials;
        var (ticket, control) = one.IsTicket ? (one, two) : (two, one);
        return ticket.IsTicket && first.Run.TicketOf(control) == ticket ? Branches : null;
    }

    private static IEnumerable<MaskOverlapPair> RowsOf(string between, Bearer first, Bearer second)
    {
        var layers = first.Masks.Zip(
            second.Masks, (one, two) => (one.Name, Overlap: Overlap.Of(one.Mask, two.Mask))).ToArray();
        var all = layers.Select(layer => layer.Overlap).Aggregate((sum, next) => sum.Plus(next));
        var (one, two) = (first.Training, second.Training);
        return layers.Append((Name: AllLayers, Overlap: all)).Select(layer => new MaskOverlapPair(
            between, first.Run.Name, one.Experiment, one.Branch, one.Trial, second.Run.Name, two.Experiment,
            two.Branch, two.Trial, one.Level, layer.Name, layer.Overlap.Weights, layer.Overlap.First,
            layer.Overlap.Second, layer.Overlap.Intersection, layer.Overlap.Expected, layer.Overlap.Ratio,
            layer.Overlap.Jaccard, layer.Overlap.JaccardByChance, layer.Overlap.Deviations));
    }

    private static List<MaskOverlapSummary> Summarise(IEnumerable<MaskOverlapPair> pairs) =>
    [
        .. pairs
            .GroupBy(pair => (
                pair.Between, pair.Run, pair.Experiment, pair.Branch, pair.OtherRun, pair.OtherExperiment,
                pair.OtherBranch, pair.Level, pair.Layer))
            .Select(group => new MaskOverlapSummary(
                group.Key.Between, group.Key.Run, group.Key.Experiment, group.Key.Branch, group.Key.OtherRun,
                group.Key.OtherExperiment, group.Key.OtherBranch, group.Key.Level, group.Key.Layer, group.Count(),
                group.Average(pair => (double)pair.Survivors / pair.Weights),
                group.Average(pair => (double)pair.OtherSurvivors / pair.Weights),
                group.Average(pair => (double)pair.Intersection), group.Average(pair => pair.Expected),
                group.Average(pair => pair.Ratio), group.Min(pair => pair.Ratio), group.Max(pair => pair.Ratio),
                group.Average(pair => pair.Jaccard), group.Average(pair => pair.JaccardByChance),
                group.Average(pair => pair.Deviations))),
    ];

    private sealed class Bearer(AnalysedRun run, AnalysedTraining training)
    {
        private readonly Lazy<IReadOnlyList<LayerMask>> _masks = new(() => run.MasksOf(training));

        internal AnalysedRun Run => run;

        internal AnalysedTraining Training => training;

        internal IReadOnlyList<LayerMask> Masks => _masks.Value;

        /// <summary>Whether the other network has the same prunable layers.</summary>
        internal bool IsComparableWith(Bearer other) =>
            Masks.Select(layer => (layer.Name, layer.Mask.Shape))
                .SequenceEqual(other.Masks.Select(layer => (layer.Name, layer.Mask.Shape)));
    }
}
