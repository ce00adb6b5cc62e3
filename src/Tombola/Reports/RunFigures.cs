using Tombola.Tickets;

namespace Tombola.Reports;

/// <summary>The figures of runs, for reports, pages and notebooks.</summary>
public static class RunFigures
{
    /// <summary>Draws what the runs have data for.</summary>
    /// <param name="folders">Run folders, from <see cref="RunFolder.Find"/>; several are held side by side.</param>
    /// <param name="choice">What to show; null for the defaults, as in a report.</param>
    /// <returns>In the order of a report; none where there are no results yet.</returns>
    /// <exception cref="InputException">A run folder is damaged, or holds results of another kind.</exception>
    public static IReadOnlyList<Figure> Draw(IReadOnlyList<string> folders, FigureChoice? choice = null)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ReportRun[] runs = [.. folders.Select(ReportRun.Read)];
        return runs.Any(run => run.Rows.Count > 0) ? FigureRegistry.Draw(runs, choice ?? new FigureChoice()) : [];
    }
}
