using Tombola.Reports.Figures;

namespace Tombola.Reports;

/// <summary>The figures of a report, in the order in which it shows them.</summary>
/// <remarks>One figure is one file in <c>Figures/</c> and one line here.</remarks>
internal static class FigureRegistry
{
    private static readonly Func<IReadOnlyList<ReportRun>, FigureChoice, Figure?>[] Table =
    [
        (runs, choice) => LevelFigure.Create(runs, LevelFigure.EarlyStopAccuracy, choice),
        (runs, choice) => LevelFigure.Create(runs, LevelFigure.EarlyStopStep, choice),
        LearningCurves.Create,
        (runs, choice) => LevelFigure.Create(runs, LevelFigure.FinalAccuracy, choice),
        (runs, choice) => LevelFigure.Create(runs, LevelFigure.FinalTrainAccuracy, choice),
        (runs, choice) => LevelFigure.Create(runs, LevelFigure.GeneralisationGap, choice),
    ];

    /// <summary>Draws what the runs have data for.</summary>
    /// <param name="runs">One or more.</param>
    /// <param name="choice">What the figures show beside the means.</param>
    internal static IReadOnlyList<Figure> Draw(IReadOnlyList<ReportRun> runs, FigureChoice choice) =>
        [.. Table.Select(create => create(runs, choice)).OfType<Figure>()];
}
