using Tombola.Tickets;

namespace Tombola.Reports;

/// <summary>Makes reports: one page of HTML over one or more runs, and the figures as files.</summary>
public static class Report
{
    /// <summary>Writes a report, and the figures of each run into its folder.</summary>
    /// <param name="folders">Run folders, from <see cref="RunFolder.Find"/>; one or more.</param>
    /// <param name="page">The HTML file, overwritten.</param>
    /// <param name="command">The command that repeats it, for the page's foot.</param>
    /// <param name="analyses">From <see cref="AnalysisFigures"/>, to show below the others; null for none.</param>
    /// <returns>The files written, the page first.</returns>
    /// <exception cref="InputException">A run folder is damaged, or holds results of another kind.</exception>
    public static IReadOnlyList<string> Write(
        IReadOnlyList<string> folders, string page, string command, IReadOnlyList<Figure>? analyses = null)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ReportRun[] runs = [.. folders.Select(ReportRun.Read)];
        var files = new List<string> { Path.GetFullPath(page) };
        Directory.CreateDirectory(Path.GetDirectoryName(files[0])!);
        var figures = FigureRegistry.Draw(runs, new FigureChoice());
        File.WriteAllText(files[0], ReportPage.Write(runs, figures, analyses ?? [], command));
        foreach (var run in runs)
            files.AddRange(WriteFigures(run));
        return files;
    }

    private static IEnumerable<string> WriteFigures(ReportRun run)
    {
        var folder = Path.Combine(run.Folder, "figures");
        Directory.CreateDirectory(folder);
        foreach (var figure in FigureRegistry.Draw([run], new FigureChoice()))
        {
            var (specification, data) =
                (Path.Combine(folder, figure.Name + ".vl.json"), Path.Combine(folder, figure.Name + ".csv"));
            File.WriteAllText(specification, figure.Specification.ToJsonString() + "\n");
            File.WriteAllText(data, figure.Data);
            yield return specification;
            yield return data;
        }
    }
}
