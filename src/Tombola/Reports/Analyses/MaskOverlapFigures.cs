using Tombola.Analysis;

namespace Tombola.Reports.Analyses;

/// <summary>How far masks agree over the levels, against chance.</summary>
internal static class MaskOverlapFigures
{
    private const string Name = "mask-overlap";

    /// <summary>Draws one figure for each kind of pair.</summary>
    internal static IEnumerable<Figure> Draw(IReadOnlyList<AnalysisTable> tables)
    {
        var rows = tables[0].RowsOf<MaskOverlapSummary>();
        var densities = rows.Where(row => row.Layer == MaskOverlap.AllLayers)
            .ToDictionary(KeyOf, row => (row.Density + row.OtherDensity) / 2);
        return rows.Where(row => row.Ratio is not null).GroupBy(SidesOf).Index().Select(pair => LevelLines.Create(
            HeadingOf(pair.Index, pair.Item.First()), "intersection / chance", ".2f",
            [.. pair.Item.Select(row => new LevelMark(
                FigureText.Layer(row.Layer), "", row.Level, 100 * densities[KeyOf(row)], row.Ratio!.Value,
                row.RatioMin, row.RatioMax))],
            reference: 1));
    }

    private static FigureHeading HeadingOf(int index, MaskOverlapSummary row) => new(
        index == 0 ? Name : FormattableString.Invariant($"{Name}-{index + 1}"),
        $"Overlap of masks between {row.Between}: {DescribeSides(row)}",
        "Weights that survive in both masks over those that would by chance, layer by layer. Bars run from the least "
        + "to the greatest pair. Dotted: as by chance.");

    private static string DescribeSides(MaskOverlapSummary row)
    {
        var (one, other) = (FigureText.Branch(row.Branch), FigureText.Branch(row.OtherBranch));
        if (row.Run != row.OtherRun)
            return $"{SourceOf(row.Run, row.Experiment)} and {SourceOf(row.OtherRun, row.OtherExperiment)}";
        if (row.Experiment != row.OtherExperiment)
            return $"{SourceOf("", row.Experiment)} and {SourceOf("", row.OtherExperiment)}";
        var variant = SourceOf("", row.Experiment);
        return (variant.Length > 0 ? variant + ", " : "") + (one == other ? one : $"{one} and {other}");
    }

    /// <summary>Names what masks are from: the run where it matters, and the variant where there is one.</summary>
    private static string SourceOf(string run, string experiment)
    {
        var slash = experiment.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? run : $"{run} {experiment[(slash + 1)..]}".TrimStart();
    }

    private static (string, string, string, string, string, string, string) SidesOf(MaskOverlapSummary row) => (
        row.Between, row.Run, row.Experiment, row.Branch, row.OtherRun, row.OtherExperiment, row.OtherBranch);

    private static ((string, string, string, string, string, string, string), int) KeyOf(MaskOverlapSummary row) =>
        (SidesOf(row), row.Level);
}
