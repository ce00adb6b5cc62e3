using Tombola.Analysis;

namespace Tombola.Reports.Analyses;

/// <summary>How far the weights of a ticket moved and how far the others: appendix F.5 of Frankle and Carbin 2019.
/// </summary>
internal static class DistanceMovedFigures
{
    // The paper's best ticket of LeNet; distributions are shown at the level nearest to it.
    private const double ShownDensity = 0.211;

    private static readonly FigureHeading Means = new(
        "distance-moved", "Distance moved in training",
        "The mean distance between initial and final value in the unpruned network: of the weights that survive to the "
        + "level, and of those that do not.");

    private static readonly FigureHeading Distances = new(
        "distance-moved-by", "Distances moved",
        "How far single weights of the unpruned network moved: those that are in the ticket, and the others.");

    private static readonly FigureHeading Outward = new(
        "distance-moved-outward", "Moved away from zero",
        "By how much the magnitude of single weights of the unpruned network grew, or shrank where negative: of those "
        + "that are in the ticket, and of the others.");

    /// <summary>Draws the means over levels, and the distributions layer by layer.</summary>
    internal static IEnumerable<Figure> Draw(IReadOnlyList<AnalysisTable> tables)
    {
        var means = tables[0].RowsOf<DistanceStatistics>().Where(row => row.MeanDistance is not null)
            .GroupBy(row => row.Experiment).Select(experiment => LevelLines.Create(
                Means.Of(experiment.Key), "mean distance", ".3f",
                [.. experiment.Select(row => new LevelMark(
                    FigureText.Layer(row.Layer), row.Group, row.Level, 100 * row.Density, row.MeanDistance!.Value))]));
        return means
            .Concat(Distribute(tables, DistanceMoved.Distance, Distances, "|final − initial|"))
            .Concat(Distribute(tables, DistanceMoved.AwayFromZero, Outward, "|final| − |initial|"));
    }

    private static IEnumerable<Figure> Distribute(
        IReadOnlyList<AnalysisTable> tables, string measure, FigureHeading heading, string axis) =>
        from layer in tables[1].RowsOf<DistanceBin>().Where(bin => bin.Measure == measure)
            .GroupBy(bin => (bin.Experiment, bin.Layer))
        let shown = layer.MinBy(bin => Math.Abs(Math.Log(bin.Density / ShownDensity)))!
        select Distributions.Create(
            heading.OfLayer(layer.Key.Layer).Of(layer.Key.Experiment).At(shown.Density), axis,
            [.. layer.Where(bin => bin.Level == shown.Level).Select(
                bin => DistributionMark.Of(bin.Group, bin.From, bin.To, bin.Share))]);
}
