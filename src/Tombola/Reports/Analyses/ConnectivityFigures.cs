using Tombola.Analysis;

namespace Tombola.Reports.Analyses;

/// <summary>The connections that pruning leaves: appendix F.6 of Frankle and Carbin 2019.</summary>
internal static class ConnectivityFigures
{
    private static readonly FigureHeading Pixels = new(
        "connectivity-pixels", "Pixels that tickets read",
        "Connections out of each input pixel, as a multiple of the mean pixel's, in the mean over trials; each picture "
        + "is a level, named by the percentage of all weights that remain.");

    private static readonly FigureHeading Evenness = new(
        "connectivity-evenness", "How unevenly units are connected",
        "The standard deviation of the number of connections over units, as a multiple of what it would be if the "
        + "survivors lay anywhere in the layer. Dotted: as by chance.");

    private static readonly FigureHeading Units = new(
        "connectivity-units", "Connections of units",
        "How the numbers of connections are distributed over the units, as a multiple of their mean: into the units of "
        + "the layer, and out of those that it reads.");

    /// <summary>Draws the pictures, the evenness over levels, and the distributions layer by layer.</summary>
    internal static IEnumerable<Figure> Draw(IReadOnlyList<AnalysisTable> tables)
    {
        var pictures = Tickets(tables[2].RowsOf<PixelConnections>(), row => row.Branch)
            .GroupBy(row => row.Experiment).Select(experiment => PixelMaps.Create(
                Pixels.Of(experiment.Key), [.. experiment]));
        var statistics = Tickets(tables[0].RowsOf<ConnectivityStatistics>(), row => row.Branch).ToArray();
        var evenness = statistics.Where(row => row.DeviationByChance > 0)
            .GroupBy(row => row.Experiment).Select(experiment => LevelLines.Create(
                Evenness.Of(experiment.Key), "deviation against chance", ".1f",
                [.. experiment.Select(row => new LevelMark(
                    FigureText.Layer(row.Layer), row.Side, row.Level, 100 * row.Density,
                    row.Deviation / row.DeviationByChance))],
                reference: 1));
        return pictures.Concat(evenness).Concat(Distribute(tables, statistics));
    }

    private static IEnumerable<Figure> Distribute(
        IReadOnlyList<AnalysisTable> tables, ConnectivityStatistics[] statistics)
    {
        var means = statistics.ToDictionary(row => (row.Experiment, row.Level, row.Layer, row.Side), row => row.Mean);
        return
            from layer in Tickets(tables[1].RowsOf<ConnectivityBin>(), row => row.Branch)
                .GroupBy(bin => (bin.Experiment, bin.Layer))
            let level = PaperLevels.Choose(layer.Select(bin => (bin.Level, bin.Density)))[^1]
            let bins = layer.Where(bin => bin.Level == level).ToArray()
            select Distributions.Create(
                Units.OfLayer(layer.Key.Layer).Of(layer.Key.Experiment).At(bins[0].Density), "connections / mean",
                [.. from bin in bins
                    let mean = means[(bin.Experiment, bin.Level, bin.Layer, bin.Side)]
                    where mean > 0
                    select DistributionMark.Of(bin.Side, bin.From / mean, bin.Below / mean, bin.Share)]);
    }

    private static IEnumerable<TRow> Tickets<TRow>(IEnumerable<TRow> rows, Func<TRow, string> branch) =>
        rows.Where(row => branch(row) == ReportRow.MainBranch);
}
