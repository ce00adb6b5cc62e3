namespace Tombola.Analysis;

/// <summary>Which initial values survive pruning: their distribution, layer by layer and level by level.</summary>
/// <remarks>
/// Source: Frankle and Carbin 2019, appendix F.1. With late rewinding, initial values are those of the rewinding step.
/// Trials are pooled.
/// </remarks>
internal sealed class InitialValues : IAnalysis
{
    internal const string Name = "initial-values";
    internal const string HistogramTable = "initial-values-histogram";

    private const int Bins = 60;

    /// <inheritdoc/>
    public IReadOnlyList<AnalysisTable> Run(AnalysisInput input, CancellationToken cancellation)
    {
        _ = input.Run.PrunedTickets(Name);
        var (statistics, bins) = (new List<InitialValueStatistics>(), new List<InitialValueBin>());
        foreach (var experiment in input.Run.Tickets.GroupBy(training => training.Experiment))
        {
            var ranges = Ranges(input.Run, experiment);
            foreach (var group in LevelGroup.Of(experiment))
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var layer in Pool(input.Run, group, ranges))
                {
                    statistics.Add(Describe(group, layer));
                    bins.AddRange(layer.Histogram.Read().Select(bin => new InitialValueBin(
                        group.Experiment, group.Level, group.Density, layer.Name, bin.From, bin.To, bin.Count,
                        bin.Share)));
                }
            }
        }

        return [AnalysisTable.Of(Name, statistics), AnalysisTable.Of(HistogramTable, bins)];
    }

    /// <summary>The largest magnitude of each layer, so that all levels are counted in the same bins.</summary>
    private static Dictionary<string, double> Ranges(AnalysedRun run, IEnumerable<AnalysedTraining> experiment)
    {
        var ranges = new Dictionary<string, double>();
        foreach (var training in experiment.DistinctBy(training => training.Trial))
        {
            var initial = run.InitialOf(training);
            foreach (var layer in run.MasksOf(training))
            {
                foreach (var value in initial[layer.Name].Span)
                    ranges[layer.Name] = Math.Max(ranges.GetValueOrDefault(layer.Name), Math.Abs(value));
            }
        }

        return ranges;
    }

    private static OrderedDictionary<string, SurvivingValues>.ValueCollection Pool(
        AnalysedRun run, LevelGroup group, Dictionary<string, double> ranges)
    {
        var layers = new OrderedDictionary<string, SurvivingValues>();
        foreach (var training in group.Trainings)
        {
            var initial = run.InitialOf(training);
            foreach (var (name, mask) in run.MasksOf(training))
            {
                var range = ranges[name];
                layers.TryAdd(name, new SurvivingValues(name, new Bins(-range, range, Bins)));
                layers[name].Add(initial[name].Span, mask.Survives);
            }
        }

        return layers.Values;
    }

    private static InitialValueStatistics Describe(LevelGroup group, SurvivingValues layer)
    {
        var moments = layer.Moments;
        return new InitialValueStatistics(
            group.Experiment, group.Level, group.Density, layer.Name, (double)moments.Count / layer.Weights,
            group.Trainings.Count, moments.Count, moments.Mean, moments.Deviation, moments.MeanMagnitude,
            moments.PositiveShare, moments.Bimodality);
    }

    private sealed class SurvivingValues(string name, Bins bins)
    {
        internal string Name { get; } = name;

        internal long Weights { get; private set; }

        internal Moments Moments { get; } = new();

        internal Histogram Histogram { get; } = new(bins);

        internal void Add(ReadOnlySpan<float> initial, ReadOnlySpan<bool> survives)
        {
            Weights += initial.Length;
            for (var i = 0; i < initial.Length; i++)
            {
                if (!survives[i])
                    continue;
                Moments.Add(initial[i]);
                Histogram.Add(initial[i]);
            }
        }
    }
}

/// <summary>The initial values of the survivors of a layer at a level, all trials together.</summary>
/// <param name="Experiment">The name of the experiment, with that of its variant.</param>
/// <param name="Level">Rounds of pruning; 0 shows the distribution that all weights were drawn from.</param>
/// <param name="Density">Survivors of the network as a fraction.</param>
/// <param name="Layer">The parameter, for example <c>fc1.weight</c>.</param>
/// <param name="LayerDensity">Survivors of the layer as a fraction.</param>
/// <param name="Trials">Tickets pooled.</param>
/// <param name="Survivors">Values that the other columns describe.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="MeanMagnitude">The mean of their absolute values.</param>
/// <param name="PositiveShare">The fraction above zero.</param>
/// <param name="Bimodality">(skewness² + 1) / kurtosis: 1/3 if normal, 5/9 if uniform, more with two peaks.</param>
public sealed record InitialValueStatistics(
    string Experiment, int Level, double Density, string Layer, double LayerDensity, int Trials, long Survivors,
    double Mean, double Deviation, double MeanMagnitude, double PositiveShare, double Bimodality);

/// <summary>A bin of the histogram of a layer's surviving initial values at a level.</summary>
/// <param name="Experiment">The name of the experiment, with that of its variant.</param>
/// <param name="Level">Rounds of pruning.</param>
/// <param name="Density">Survivors of the network as a fraction.</param>
/// <param name="Layer">The parameter.</param>
/// <param name="From">The lower edge; bins are the same at all levels.</param>
/// <param name="To">The upper edge.</param>
/// <param name="Survivors">Initial values in the bin.</param>
/// <param name="Share">These as a fraction of the layer's survivors at the level.</param>
public sealed record InitialValueBin(
    string Experiment, int Level, double Density, string Layer, double From, double To, long Survivors, double Share);
