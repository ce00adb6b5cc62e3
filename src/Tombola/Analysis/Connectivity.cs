namespace Tombola.Analysis;

/// <summary>How many connections pruning leaves each unit and each input pixel.</summary>
/// <remarks>
/// Source: Frankle and Carbin 2019, appendix F.6. Masks of tickets, and of the controls that have masks of their own.
/// </remarks>
internal sealed class Connectivity : IAnalysis
{
    internal const string Name = "connectivity";
    internal const string DistributionTable = "connectivity-distribution";
    internal const string PixelTable = "connectivity-pixels";
    internal const string UnitTable = "connectivity-units";

    /// <summary>The two sides of a layer's connections.</summary>
    internal const string Incoming = "incoming", Outgoing = "outgoing";

    private const int LargestBinCount = 40;

    /// <inheritdoc/>
    public IReadOnlyList<AnalysisTable> Run(AnalysisInput input, CancellationToken cancellation)
    {
        _ = input.Run.PrunedTickets(Name);
        var tables = new Tables();
        foreach (var group in LevelGroup.Of(input.Run.MaskBearers()))
        {
            cancellation.ThrowIfCancellationRequested();
            Add(input.Run, group, tables);
        }

        return
        [
            AnalysisTable.Of(Name, tables.Statistics), AnalysisTable.Of(DistributionTable, tables.Bins),
            AnalysisTable.Of(PixelTable, tables.Pixels), AnalysisTable.Of(UnitTable, tables.Units),
        ];
    }

    /// <summary>Describes the connections of the units on one side of a layer.</summary>
    /// <param name="group">The trainings that they are pooled from.</param>
    /// <param name="layer">The parameter.</param>
    /// <param name="side">Incoming or outgoing.</param>
    /// <param name="possible">Connections of a unit in the unpruned network.</param>
    /// <param name="connections">One entry a unit and trial, trial after trial.</param>
    internal static ConnectivityStatistics Describe(
        LevelGroup group, string layer, string side, int possible, IReadOnlyList<int> connections)
    {
        var quantiles = new Quantiles(connections);
        var (mean, trials) = (connections.Average(), group.Trainings.Count);
        var (units, total) = (connections.Count / trials, connections.Sum(count => (long)count));
        var variance = connections.Average(count => (count - mean) * (count - mean));
        var chance = UnitConnections.DeviationByChance((double)total / trials, (long)units * possible, possible);
        return new ConnectivityStatistics(
            group.Experiment, group.Branch, group.Level, group.Density, layer, side, trials, units, possible, mean,
            Math.Sqrt(variance), chance, quantiles.At(0), quantiles.At(0.25), quantiles.At(0.5), quantiles.At(0.75),
            quantiles.At(1), (double)connections.Count(count => count == 0) / connections.Count);
    }

    private static void Add(AnalysedRun run, LevelGroup group, Tables tables)
    {
        var pooled = new OrderedDictionary<(string Layer, string Side), PooledUnits>();
        foreach (var training in group.Trainings)
        {
            foreach (var (name, mask) in run.MasksOf(training))
            {
                var units = UnitConnections.Of(mask);
                Pool(training, name, Incoming, mask.Shape[1], units.Incoming);
                Pool(training, name, Outgoing, mask.Shape[0], units.Outgoing);
            }
        }

        foreach (var ((layer, side), units) in pooled)
        {
            tables.Statistics.Add(Describe(group, layer, side, units.Possible, units.Connections));
            tables.Bins.AddRange(Distribute(group, layer, side, units.Connections));
        }

        tables.Pixels.AddRange(Picture(group, pooled.First(pair => pair.Key.Side == Outgoing).Value.Connections));

        void Pool(AnalysedTraining training, string layer, string side, int possible, IReadOnlyList<int> connections)
        {
            pooled.TryAdd((layer, side), new PooledUnits(possible, []));
            pooled[(layer, side)].Connections.AddRange(connections);
            tables.Units.AddRange(connections.Select((count, unit) => new ConnectivityUnit(
                training.Experiment, training.Branch, training.Trial, training.Level, layer, side, unit, count)));
        }
    }

    private static IEnumerable<ConnectivityBin> Distribute(
        LevelGroup group, string layer, string side, IReadOnlyList<int> connections)
    {
        var most = connections.Max();
        var width = (most / LargestBinCount) + 1; // Whole numbers of connections, alike in all bins.
        var histogram = new Histogram(new Bins(0, width * ((most / width) + 1), (most / width) + 1));
        foreach (var count in connections)
            histogram.Add(count);
        return histogram.Read().Select(bin => new ConnectivityBin(
            group.Experiment, group.Branch, group.Level, group.Density, layer, side, (int)bin.From, (int)bin.To,
            bin.Count, bin.Share));
    }

    /// <summary>Lays the connections of the inputs out as the picture that they are.</summary>
    /// <returns>Nothing where the inputs are not as many as the pixels of a square.</returns>
    private static IEnumerable<PixelConnections> Picture(LevelGroup group, List<int> outgoing)
    {
        var trials = group.Trainings.Count;
        var inputs = outgoing.Count / trials;
        var side = (int)Math.Round(Math.Sqrt(inputs));
        return Enumerable.Range(0, side * side == inputs ? inputs : 0).Select(pixel => new PixelConnections(
            group.Experiment, group.Branch, group.Level, group.Density, pixel / side, pixel % side,
            Enumerable.Range(0, trials).Average(trial => outgoing[(trial * inputs) + pixel])));
    }

    private sealed record PooledUnits(int Possible, List<int> Connections);

    private sealed class Tables
    {
        internal List<ConnectivityStatistics> Statistics { get; } = [];

        internal List<ConnectivityBin> Bins { get; } = [];

        internal List<PixelConnections> Pixels { get; } = [];

        internal List<ConnectivityUnit> Units { get; } = [];
    }
}
