namespace Tombola.Reports;

/// <summary>The levels that the paper's figures show, for figures that cannot show all.</summary>
/// <remarks>Source: Frankle and Carbin 2019, figure 3.</remarks>
internal static class PaperLevels
{
    // A level stands in for one of the paper's only where it is not much denser.
    private const double Nearness = 1.3;

    private static readonly double[] Densities = [1, 0.513, 0.211, 0.07, 0.036, 0.019];

    /// <summary>Chooses the levels nearest to the paper's among those that there are, densest first.</summary>
    /// <param name="levels">Levels with their densities; repeats are allowed.</param>
    internal static IReadOnlyList<int> Choose(IEnumerable<(int Level, double Density)> levels)
    {
        var known = levels.DistinctBy(level => level.Level).ToArray();
        return
        [
            .. Densities.Where(density => known.Any(level => level.Density <= Nearness * density)).Select(
                density => known.MinBy(level => Math.Abs(Math.Log(level.Density / density))).Level).Distinct(),
        ];
    }
}
