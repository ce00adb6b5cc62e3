using Tombola.Tickets;
using Tombola.Training;

namespace Tombola.Analysis;

/// <summary>How far a ticket's trained weights lie from those of its twin: L2 distance and angle.</summary>
/// <remarks>
/// Source: Frankle, Dziugaite, Roy and Carbin 2019 (arXiv:1903.01611v3), §3. To pruning: the twin is the trained dense
/// network of the same trial under the ticket's mask; both began with the same weights and saw the data in the same
/// order. To data order: the twin is the control that began as the same ticket and saw the data in another order.
/// Controls with random masks are compared as tickets are; they are the baseline.
/// </remarks>
internal sealed class Stability : IAnalysis
{
    internal const string Name = "stability";
    internal const string TrialTable = "stability-trials";

    /// <summary>The layer of the rows for the whole network.</summary>
    internal const string AllLayers = "all";

    /// <summary>What the twin differs in.</summary>
    internal const string ToPruning = "pruning", ToDataOrder = "data-order";

    // The controls that train the ticket itself, and those that change nothing of it but the mask.
    private const string SameTicket = "ticket";
    private static readonly string[] RandomMasks = ["random-mask", "random-mask-by-unit"];

    /// <inheritdoc/>
    public IReadOnlyList<AnalysisTable> Run(AnalysisInput input, CancellationToken cancellation)
    {
        _ = input.Run.PrunedTickets(Name);
        var rows = new List<StabilityTrial>();
        foreach (var training in input.Run.Trainings.Where(training => training.Level > 0))
        {
            cancellation.ThrowIfCancellationRequested();
            if (TwinOf(input.Run, training) is var (to, twin))
                rows.AddRange(Compare(input.Run, training, to, twin));
        }

        return [AnalysisTable.Of(Name, Summarise(rows)), AnalysisTable.Of(TrialTable, rows)];
    }

    private static (string To, Weights Twin)? TwinOf(AnalysedRun run, AnalysedTraining training)
    {
        var recipe = run.RecipeOf(training);
        var usualOrder = run.DenseRecipeOf(training).DataOrder;
        if (recipe.DataOrder == usualOrder)
            return BeginsAsDense(recipe) ? (ToPruning, run.DenseFinalOf(training)) : null;
        var twin = run.Trainings.FirstOrDefault(other => run.ArePrunedAlike(training, other)
            && run.RecipeOf(other) is var begun && begun.DataOrder == usualOrder && Begin(begun) == Begin(recipe));
        return twin is null ? null : (ToDataOrder, run.FinalOf(twin));
    }

    private static bool BeginsAsDense(TrainRecipe recipe) =>
        !recipe.FromTrained && !recipe.ControlKeepsSigns
        && (recipe.Control.Length == 0 || RandomMasks.Contains(recipe.Control));

    /// <summary>What the weights that a training began with depend on, of those of one pruning.</summary>
    private static (string Control, Seed Seed, double Scale, bool KeepsSigns, bool FromTrained) Begin(
        TrainRecipe recipe) =>
        recipe.Control is "" or SameTicket
            ? ("", default, 1, false, recipe.FromTrained)
            : (recipe.Control, recipe.ControlSeed, recipe.ControlScale, recipe.ControlKeepsSigns, recipe.FromTrained);

    private static IEnumerable<StabilityTrial> Compare(
        AnalysedRun run, AnalysedTraining training, string to, Weights twin)
    {
        var final = run.FinalOf(training);
        var layers = run.MasksOf(training).Select(layer => (
            layer.Name,
            Difference: WeightDifference.Of(final[layer.Name].Span, twin[layer.Name].Span, layer.Mask))).ToArray();
        var all = layers.Select(layer => layer.Difference).Aggregate((sum, next) => sum.Plus(next));
        return layers.Append((Name: AllLayers, Difference: all)).Select(layer => new StabilityTrial(
            training.Experiment, to, training.Branch, training.Trial, training.Level, training.Density, layer.Name,
            layer.Difference.Weights, layer.Difference.Distance, layer.Difference.Angle));
    }

    private static List<StabilityStatistics> Summarise(IEnumerable<StabilityTrial> rows) =>
    [
        .. rows
            .GroupBy(row => (row.Experiment, row.To, row.Branch, row.Level, row.Layer))
            .Select(group => Describe([.. group])),
    ];

    private static StabilityStatistics Describe(StabilityTrial[] rows)
    {
        var first = rows[0];
        var distance = Spread.Of(rows.Select(row => row.Distance))!;
        var angle = Spread.Of(rows.Select(row => row.Angle).OfType<double>());
        return new StabilityStatistics(
            first.Experiment, first.To, first.Branch, first.Level, rows.Average(row => row.Density), first.Layer,
            rows.Length, distance.Mean, distance.Min, distance.Max, angle?.Mean, angle?.Min, angle?.Max);
    }
}

/// <summary>The distance between a trained network and its twin, over the trials.</summary>
/// <param name="Experiment">The name of the experiment, with that of its variant.</param>
/// <param name="To">
/// What the twin differs in: <c>pruning</c> (it is the dense network) or <c>data-order</c>.
/// </param>
/// <param name="Branch"><c>winning-ticket</c>, or the control's label.</param>
/// <param name="Level">Rounds of pruning, from 1.</param>
/// <param name="Density">Survivors of the network as a fraction.</param>
/// <param name="Layer">The parameter, or <c>all</c> for the whole network.</param>
/// <param name="Trials">Pairs of trainings.</param>
/// <param name="Distance">The mean L2 distance of the surviving weights.</param>
/// <param name="DistanceMin">The least of any trial.</param>
/// <param name="DistanceMax">The largest of any trial.</param>
/// <param name="Angle">The mean angle between the surviving weights, in degrees; null where some are all zero.</param>
/// <param name="AngleMin">The least of any trial.</param>
/// <param name="AngleMax">The largest of any trial.</param>
public sealed record StabilityStatistics(
    string Experiment, string To, string Branch, int Level, double Density, string Layer, int Trials,
    double Distance, double DistanceMin, double DistanceMax, double? Angle, double? AngleMin, double? AngleMax);

/// <summary>The distance between one trained network and its twin.</summary>
/// <param name="Experiment">The name of the experiment, with that of its variant.</param>
/// <param name="To">What the twin differs in: <c>pruning</c> or <c>data-order</c>.</param>
/// <param name="Branch"><c>winning-ticket</c>, or the control's label.</param>
/// <param name="Trial">From 1.</param>
/// <param name="Level">Rounds of pruning, from 1.</param>
/// <param name="Density">Survivors of the network as a fraction.</param>
/// <param name="Layer">The parameter, or <c>all</c> for the whole network.</param>
/// <param name="Weights">Surviving weights compared.</param>
/// <param name="Distance">Their L2 distance.</param>
/// <param name="Angle">The angle between them, in degrees; null where one side is all zero.</param>
public sealed record StabilityTrial(
    string Experiment, string To, string Branch, int Trial, int Level, double Density, string Layer, long Weights,
    double Distance, double? Angle);
