using Tombola.Analysis;

namespace Tombola.Reports.Analyses;

/// <summary>The generalisation gap over the levels, at early stop and at the end.</summary>
internal static class GeneralisationGapFigures
{
    private static readonly FigureHeading Heading = new(
        "generalisation-gap-by-moment", "Generalisation gap by moment",
        "Training accuracy less test accuracy, at the step of least validation loss and at the end of training. Bars "
        + "run from the least to the greatest trial.");

    /// <summary>Draws one figure an experiment.</summary>
    internal static IEnumerable<Figure> Draw(IReadOnlyList<AnalysisTable> tables) =>
        tables[0].RowsOf<GeneralisationGapRow>().GroupBy(row => row.Experiment).Select(experiment =>
            LevelLines.Create(
                Heading.Of(experiment.Key), "training minus test accuracy", ".2%",
                [.. experiment.OrderBy(row => row.Moment).Select(row => new LevelMark(
                    FigureText.Branch(row.Branch), row.Moment, row.Level, 100 * row.Density, row.Gap, row.GapMin,
                    row.GapMax))]));
}
