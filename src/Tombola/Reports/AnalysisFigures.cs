using System.Collections.Frozen;
using Tombola.Analysis;
using Tombola.Reports.Analyses;

namespace Tombola.Reports;

/// <summary>The figures of analyses.</summary>
/// <remarks>The figures of an analysis are one file in <c>Analyses/</c> and one line here.</remarks>
public static class AnalysisFigures
{
    private static readonly FrozenDictionary<string, Func<IReadOnlyList<AnalysisTable>, IEnumerable<Figure>>> Table =
        new Dictionary<string, Func<IReadOnlyList<AnalysisTable>, IEnumerable<Figure>>>
        {
            [Connectivity.Name] = ConnectivityFigures.Draw,
            [DistanceMoved.Name] = DistanceMovedFigures.Draw,
            [Ensemble.Name] = EnsembleFigures.Draw,
            [GeneralisationGap.Name] = GeneralisationGapFigures.Draw,
            [InitialValues.Name] = InitialValuesFigures.Draw,
            [MaskOverlap.Name] = MaskOverlapFigures.Draw,
            [Stability.Name] = StabilityFigures.Draw,
        }.ToFrozenDictionary();

    /// <summary>Draws what an analysis came to.</summary>
    /// <param name="analysis">Its name in <see cref="AnalysisRegistry"/>.</param>
    /// <param name="tables">What its <see cref="IAnalysis.Run"/> returned.</param>
    /// <returns>Its figures, the one to look at first at the head; none where none are drawn of it.</returns>
    public static IReadOnlyList<Figure> Draw(string analysis, IReadOnlyList<AnalysisTable> tables)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(tables);
        return Table.TryGetValue(analysis, out var draw) ? [.. draw(tables)] : [];
    }
}
