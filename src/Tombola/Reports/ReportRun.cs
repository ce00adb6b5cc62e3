using Tombola.Experiments;
using Tombola.Formats;
using Tombola.Tickets;

namespace Tombola.Reports;

/// <summary>A finished run as reports see it.</summary>
/// <param name="Folder">The run folder.</param>
/// <param name="Name">The name of the experiment or study.</param>
/// <param name="Description">One line for people; may be empty.</param>
/// <param name="Recipe">The content of <c>experiment.json</c>.</param>
/// <param name="Summary">The verdicts.</param>
/// <param name="Rows">The trainings that went through.</param>
internal sealed record ReportRun(
    string Folder, string Name, string Description, string Recipe, RunSummary Summary, IReadOnlyList<ReportRow> Rows)
{
    /// <summary>Reads a run folder.</summary>
    /// <param name="folder">From <see cref="RunFolder.Find"/>.</param>
    /// <exception cref="InputException">A file of it is missing or damaged.</exception>
    internal static ReportRun Read(string folder)
    {
        var path = Path.Combine(folder, "experiment.json");
        var header = CanonicalJson.ReadFile<Header>(path);
        return new ReportRun(
            folder, header.Name, header.Description, File.ReadAllText(path), RunFolder.ReadSummary(folder),
            ReportRow.Read(RunFolder.ReadResults(folder)));
    }

    /// <summary>Reads the curve of a training.</summary>
    /// <returns>Null where the store no longer has it.</returns>
    internal CsvTable? CurveOf(ReportRow row)
    {
        var store = new RunStore(Path.GetDirectoryName(Folder) ?? Folder);
        var path = Path.Combine(store.FolderOf(new StageId(row.Stage)), "curves.csv");
        return File.Exists(path) ? CsvReader.Read(path) : null;
    }

    private sealed record Header(string Name, string Description);
}
