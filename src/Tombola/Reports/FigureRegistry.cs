using Tombola.Reports.Figures;

namespace Tombola.Reports;

/// <summary>The figures of a report, in the order in which it shows them.</summary>
/// <remarks>One figure is one file in <c>Figures/</c> and one line here.</remarks>
internal static class FigureRegistry
{
    private static readonly Func<IReadOnlyList<ReportRun>, Figure?>[] Table =
    [
        runs => LevelFigure.Create(runs, LevelFigure.EarlyStopAccuracy),
        runs => LevelFigure.Create(runs, LevelFigure.EarlyStopStep),
        LearningCurves.Create,
        runs => LevelFigure.Create(runs, LevelFigure.FinalAccuracy),
        runs => LevelFigure.Create(runs, LevelFigure.FinalTrainAccuracy),
        runs => LevelFigure.Create(runs, LevelFigure.GeneralisationGap),
    ];

    /// <summary>Draws what the runs have data for.</summary>
    internal static IReadOnlyList<Figure> Draw(IReadOnlyList<ReportRun> runs) =>
        [.. Table.Select(create => create(runs)).OfType<Figure>()];
}
