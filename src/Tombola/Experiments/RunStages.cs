using Tombola.Formats;

namespace Tombola.Experiments;

/// <summary>A stage that a run consists of: a row of <c>stages.csv</c>.</summary>
/// <param name="Id">The stage.</param>
/// <param name="Kind">What sort of stage it is.</param>
/// <param name="Label">What people see while it runs.</param>
public sealed record RunStage(StageId Id, string Kind, string Label);

/// <summary>The file <c>stages.csv</c> of a run folder: all stages that the run consists of, finished or not.</summary>
/// <remarks>
/// It is written before the first stage is computed, so that no stage in the store is without a run that refers to it.
/// </remarks>
public static class RunStages
{
    internal const string FileName = "stages.csv";

    private const string ResultsFileName = "results.csv";
    private const string DescriptionFileName = "experiment.json";

    private static readonly string[] Columns = ["stage", "kind", "label"];

    /// <summary>Writes the file.</summary>
    /// <param name="path">The file, overwritten.</param>
    /// <param name="stages">The stages and, with them, all that they need.</param>
    internal static void Write(string path, IEnumerable<Stage> stages)
    {
        using var csv = new CsvWriter(path, Columns);
        foreach (var stage in stages.DistinctBy(stage => stage.Id))
            csv.Write(stage.Id.Value, stage.Kind, stage.Label);
    }

    /// <summary>Reads the stages of a run.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    public static IReadOnlyList<RunStage> Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = Path.Combine(folder, FileName);
        return
        [
            .. CsvReader.Read(path).Rows.Select(row => new RunStage(
                IdOf(row, path), row.Text("kind"), row.Text("label"))),
        ];
    }

    /// <summary>Finds every stage that a run of a store refers to, and the stages that those were made from.</summary>
    /// <param name="root">The folder of the store.</param>
    /// <exception cref="InputException">A run does not tell what it refers to.</exception>
    internal static IReadOnlySet<StageId> ReferredTo(string root)
    {
        var found = new HashSet<StageId>();
        var open = new Stack<StageId>(Directory.EnumerateDirectories(root).Where(IsRun).SelectMany(NamedBy));
        while (open.TryPop(out var id))
        {
            if (!found.Add(id))
                continue;
            // A run written by an earlier version names its trainings alone.
            foreach (var parent in StageManifest.ParentsOf(RunStore.FolderOf(root, id)))
                open.Push(parent);
        }

        return found;
    }

    /// <summary>Tells whether a folder is that of a run.</summary>
    internal static bool IsRun(string folder) => File.Exists(Path.Combine(folder, DescriptionFileName));

    private static IEnumerable<StageId> NamedBy(string folder)
    {
        if (File.Exists(Path.Combine(folder, FileName)))
            return Read(folder).Select(stage => stage.Id);
        var results = Path.Combine(folder, ResultsFileName);
        return [.. CsvReader.Read(results).Rows.Select(row => IdOf(row, results))];
    }

    private static StageId IdOf(CsvRow row, string path) =>
        StageId.IsValid(row.Text("stage"))
            ? new StageId(row.Text("stage"))
            : throw new InputException(
                $"{path}:{row.Line}: stage: expected 40 hexadecimal digits, got {Excerpt.Quote(row.Text("stage"))}. "
                + "The same 'tombola run' writes the file anew.");
}
