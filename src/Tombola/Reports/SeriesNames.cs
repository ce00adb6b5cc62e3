namespace Tombola.Reports;

/// <summary>Names the lines of a figure by what tells them apart: run, variant or branch.</summary>
internal sealed class SeriesNames
{
    private readonly bool _manyRuns;
    private readonly bool _manyVariants;
    private readonly List<string> _order = [];

    internal SeriesNames(IReadOnlyList<ReportRun> runs)
    {
        _manyRuns = runs.Count > 1;
        _manyVariants = runs.Any(run => run.Rows.Select(row => row.Experiment).Distinct().Skip(1).Any());
        foreach (var run in runs)
        {
            foreach (var row in run.Rows.Where(Shows).OrderBy(row => row.Branch == ReportRow.MainBranch ? 0 : 1))
            {
                if (!_order.Contains(Of(run, row)))
                    _order.Add(Of(run, row));
            }
        }
    }

    /// <summary>Tells whether a row is drawn: with several variants or runs, their tickets alone.</summary>
    internal bool Shows(ReportRow row) => !(_manyVariants || _manyRuns) || row.Branch == ReportRow.MainBranch;

    /// <summary>Returns the name of a row's line.</summary>
    internal string Of(ReportRun run, ReportRow row)
    {
        var slash = row.Experiment.IndexOf('/', StringComparison.Ordinal);
        var variant = slash < 0 ? "" : row.Experiment[(slash + 1)..];
        if (_manyRuns)
            return variant.Length == 0 ? Path.GetFileName(run.Folder) : $"{Path.GetFileName(run.Folder)} {variant}";
        if (_manyVariants)
            return variant;
        return row.Branch == ReportRow.MainBranch ? "winning ticket" : row.Branch;
    }

    /// <summary>Returns the place of a line in the legend.</summary>
    internal int OrderOf(string series) => _order.IndexOf(series);
}
