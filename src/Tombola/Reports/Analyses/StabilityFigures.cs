using Tombola.Analysis;

namespace Tombola.Reports.Analyses;

/// <summary>Angle and distance between trained networks and their twins over the levels.</summary>
internal static class StabilityFigures
{
    private const string Twins =
        "To pruning the twin is the trained dense network under the same mask, to data order the same ticket trained "
        + "in another order. Bars run from the least to the greatest trial.";

    private static readonly FigureHeading Angle = new(
        "stability-angle", "Stability: angle", "The angle between the weights of trained networks and their twins. "
        + Twins);

    private static readonly FigureHeading Distance = new(
        "stability-distance", "Stability: distance",
        "The L2 distance between the weights of trained networks and their twins. " + Twins);

    /// <summary>Draws both over the whole network, one figure each an experiment.</summary>
    internal static IEnumerable<Figure> Draw(IReadOnlyList<AnalysisTable> tables) =>
        tables[0].RowsOf<StabilityStatistics>().Where(row => row.Layer == Stability.AllLayers)
            .GroupBy(row => row.Experiment)
            .SelectMany(experiment => new[]
            {
                LevelLines.Create(
                    Angle.Of(experiment.Key), "angle (degrees)", "~r",
                    [.. experiment.Where(row => row.Angle is not null).Select(
                        row => MarkOf(row, row.Angle!.Value, row.AngleMin, row.AngleMax))]),
                LevelLines.Create(
                    Distance.Of(experiment.Key), "L2 distance", "~r",
                    [.. experiment.Select(row => MarkOf(row, row.Distance, row.DistanceMin, row.DistanceMax))]),
            });

    private static LevelMark MarkOf(StabilityStatistics row, double value, double? min, double? max)
    {
        var to = row.To == Stability.ToPruning ? "to pruning" : "to data order";
        return new LevelMark(
            FigureText.Branch(row.Branch), to, row.Level, 100 * row.Density, value, min, max);
    }
}
