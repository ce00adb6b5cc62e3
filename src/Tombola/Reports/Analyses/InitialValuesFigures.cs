using Tombola.Analysis;

namespace Tombola.Reports.Analyses;

/// <summary>The distributions of surviving initial values: appendix F.1 of Frankle and Carbin 2019.</summary>
internal static class InitialValuesFigures
{
    private static readonly FigureHeading Heading = new(
        "initial-values", "Initial values of the survivors",
        "How the initial values of the weights that survive are distributed, all trials together; each line is a "
        + "level, named by the percentage of all weights that remain.");

    /// <summary>Draws one figure a layer.</summary>
    internal static IEnumerable<Figure> Draw(IReadOnlyList<AnalysisTable> tables) =>
        from layer in tables[1].RowsOf<InitialValueBin>().GroupBy(bin => (bin.Experiment, bin.Layer))
        let levels = PaperLevels.Choose(layer.Select(bin => (bin.Level, bin.Density)))
        select Distributions.Create(
            Heading.OfLayer(layer.Key.Layer).Of(layer.Key.Experiment), "initial value",
            [.. layer.Where(bin => levels.Contains(bin.Level)).Select(bin => DistributionMark.Of(
                FigureText.Percent(bin.Density), bin.From, bin.To, bin.Share))]);
}
