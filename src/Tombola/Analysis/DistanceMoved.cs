namespace Tombola.Analysis;

/// <summary>
/// How far weights moved while the unpruned network trained: those that end up in the ticket against the others.
/// </summary>
/// <remarks>
/// Source: Frankle and Carbin 2019, appendix F.5. Distance is |final − initial| of the dense network, where with late
/// rewinding initial values are those of the rewinding step. Trials are pooled.
/// </remarks>
internal sealed class DistanceMoved : IAnalysis
{
    internal const string Name = "distance-moved";
    internal const string HistogramTable = "distance-moved-histogram";

    /// <summary>The two groups of a layer's weights.</summary>
    internal const string InTicket = "ticket", Pruned = "pruned";

    /// <summary>The two measures of the histogram: |final − initial|, and |final| − |initial|.</summary>
    internal const string Distance = "distance", AwayFromZero = "away-from-zero";

    private const int BinCount = 60;

    /// <inheritdoc/>
    public IReadOnlyList<AnalysisTable> Run(AnalysisInput input, CancellationToken cancellation)
    {
        var (statistics, bins) = (new List<DistanceStatistics>(), new List<DistanceBin>());
        foreach (var experiment in input.Run.PrunedTickets(Name).GroupBy(training => training.Experiment))
        {
            var farthest = Farthest(input.Run, experiment);
            foreach (var group in LevelGroup.Of(experiment))
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var moved in Pool(input.Run, group, farthest))
                {
                    statistics.Add(moved.Movement.Describe(group, moved.Layer, moved.Group));
                    bins.AddRange(moved.Movement.ReadBins(group, moved.Layer, moved.Group));
                }
            }
        }

        return [AnalysisTable.Of(Name, statistics), AnalysisTable.Of(HistogramTable, bins)];
    }

    /// <summary>The largest distance in each layer, so that all levels are counted in the same bins.</summary>
    private static Dictionary<string, double> Farthest(AnalysedRun run, IEnumerable<AnalysedTraining> experiment)
    {
        var farthest = new Dictionary<string, double>();
        foreach (var training in experiment.DistinctBy(training => training.Trial))
        {
            var (initial, final) = (run.InitialOf(training), run.DenseFinalOf(training));
            foreach (var layer in run.MasksOf(training))
            {
                farthest[layer.Name] = Math.Max(
                    farthest.GetValueOrDefault(layer.Name),
                    Movement.Farthest(initial[layer.Name].Span, final[layer.Name].Span));
            }
        }

        return farthest;
    }

    private static IEnumerable<(string Layer, string Group, Movement Movement)> Pool(
        AnalysedRun run, LevelGroup group, Dictionary<string, double> farthest)
    {
        var pooled = new OrderedDictionary<(string Layer, string Group), Movement>();
        foreach (var training in group.Trainings)
        {
            var (initial, final) = (run.InitialOf(training), run.DenseFinalOf(training));
            foreach (var (name, mask) in run.MasksOf(training))
            {
                foreach (var survives in new[] { true, false })
                {
                    var key = (name, survives ? InTicket : Pruned);
                    pooled.TryAdd(key, new Movement(farthest[name], BinCount));
                    pooled[key].Add(initial[name].Span, final[name].Span, mask.Survives, survives);
                }
            }
        }

        return pooled.Select(pair => (pair.Key.Layer, pair.Key.Group, pair.Value));
    }
}

/// <summary>How far a group of weights moved in the unpruned network, all trials together.</summary>
/// <param name="Experiment">The name of the experiment, with that of its variant.</param>
/// <param name="Level">Rounds of pruning of the ticket, from 1.</param>
/// <param name="Density">Survivors of the network as a fraction.</param>
/// <param name="Layer">The parameter, for example <c>fc1.weight</c>.</param>
/// <param name="Group"><c>ticket</c> for the weights that survive to this level, <c>pruned</c> for the others.</param>
/// <param name="Weights">Weights of the group; the other columns are empty where there are none.</param>
/// <param name="MeanDistance">The mean of |final − initial|.</param>
/// <param name="MeanInitialMagnitude">The mean of |initial|.</param>
/// <param name="MeanFinalMagnitude">The mean of |final|.</param>
/// <param name="AwayFromZero">The fraction of weights with |final| above |initial|.</param>
/// <param name="ChangedSign">The fraction of weights whose final value has the opposite sign.</param>
public sealed record DistanceStatistics(
    string Experiment, int Level, double Density, string Layer, string Group, long Weights, double? MeanDistance,
    double? MeanInitialMagnitude, double? MeanFinalMagnitude, double? AwayFromZero, double? ChangedSign);

/// <summary>A bin of the histogram of how far a group of weights moved.</summary>
/// <param name="Experiment">The name of the experiment, with that of its variant.</param>
/// <param name="Level">Rounds of pruning of the ticket, from 1.</param>
/// <param name="Density">Survivors of the network as a fraction.</param>
/// <param name="Layer">The parameter.</param>
/// <param name="Group"><c>ticket</c> or <c>pruned</c>.</param>
/// <param name="Measure">
/// <c>distance</c> for |final − initial|, <c>away-from-zero</c> for |final| − |initial|.
/// </param>
/// <param name="From">The lower edge; bins are the same at all levels.</param>
/// <param name="To">The upper edge.</param>
/// <param name="Weights">Weights in the bin.</param>
/// <param name="Share">These as a fraction of the group.</param>
public sealed record DistanceBin(
    string Experiment, int Level, double Density, string Layer, string Group, string Measure, double From, double To,
    long Weights, double Share);
