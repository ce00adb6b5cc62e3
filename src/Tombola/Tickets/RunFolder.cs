using Tombola.Experiments;
using Tombola.Formats;

namespace Tombola.Tickets;

/// <summary>
/// The folder of a run: <c>experiment.json</c>, <c>results.csv</c>, <c>summary.json</c> and links to stages.
/// </summary>
public static class RunFolder
{
    internal const string ExperimentFileName = "experiment.json";
    internal const string ResultsFileName = "results.csv";
    internal const string SummaryFileName = "summary.json";

    private const int HashDigits = 8;
    private static readonly TicketExperiment Defaults = new() { Name = "" };

    /// <summary>Finds the folder of a run.</summary>
    /// <param name="output">The folder of the run store.</param>
    /// <param name="run">
    /// The folder itself, or its name within the store, or the beginning of the name if only one fits.
    /// </param>
    /// <exception cref="InputException">There is no such run, or several.</exception>
    public static string Find(string output, string run)
    {
        if (File.Exists(Path.Combine(run, ExperimentFileName)))
            return Path.GetFullPath(run);
        string[] fitting = [.. List(output).Where(folder =>
            Path.GetFileName(folder).StartsWith(run, StringComparison.Ordinal))];
        return fitting.Length switch
        {
            1 => fitting[0],
            0 when !Directory.Exists(output) => throw new InputException(
                $"{output}: there is no run store here. 'tombola run quickstart' makes one; --out names another."),
            0 => throw InputException.UnknownName("run", run, List(output).Select(folder => Path.GetFileName(folder))),
            _ => fitting.FirstOrDefault(folder => Path.GetFileName(folder) == run) ?? throw new InputException(
                $"Several runs begin with '{run}': {string.Join(", ", fitting.Select(Path.GetFileName))}."),
        };
    }

    /// <summary>Lists the folders of runs, in alphabetical order.</summary>
    /// <param name="output">The folder of the run store.</param>
    public static IReadOnlyList<string> List(string output) =>
        !Directory.Exists(output)
            ? []
            : [.. Directory.EnumerateDirectories(Path.GetFullPath(output))
                .Where(folder => File.Exists(Path.Combine(folder, ExperimentFileName))).Order(StringComparer.Ordinal)];

    /// <summary>Reads the resolved description of a run: its experiment, or all its variants.</summary>
    /// <param name="folder">From <see cref="Find"/>.</param>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    public static TicketStudy ReadStudy(string folder)
    {
        var path = Path.Combine(folder, ExperimentFileName);
        var study = CanonicalJson.ReadFile<TicketStudy>(path);
        // A single experiment is written as such, without a list of variants.
        return study.Variants is null ? TicketStudy.Of(CanonicalJson.ReadFile<TicketExperiment>(path)) : study;
    }

    /// <summary>Reads the summary of a run.</summary>
    /// <param name="folder">From <see cref="Find"/>.</param>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    public static RunSummary ReadSummary(string folder) =>
        CanonicalJson.ReadFile<RunSummary>(Path.Combine(folder, SummaryFileName));

    /// <summary>Reads <c>results.csv</c> of a run: one row a trial, branch and level.</summary>
    /// <param name="folder">From <see cref="Find"/>.</param>
    /// <returns>The columns are those of <see cref="ResultsTable.Columns"/>.</returns>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    public static CsvTable ReadResults(string folder) => CsvReader.Read(Path.Combine(folder, ResultsFileName));

    /// <summary>Returns the folder that a study gets: its name and the hash of its description.</summary>
    internal static string Of(string output, TicketStudy study) =>
        Of(output, study.Name, string.Join(
            "\n", study.Variants.Select(variant => CanonicalJson.Write(variant, Defaults))));

    /// <summary>Returns the folder that a run gets, so that another description never overwrites it.</summary>
    /// <param name="output">The folder of the run store.</param>
    /// <param name="name">The name of the experiment.</param>
    /// <param name="description">The canonical JSON of the experiment.</param>
    internal static string Of(string output, string name, string description) =>
        Path.Combine(Path.GetFullPath(output), $"{name}-{CanonicalJson.Hash(description)[..HashDigits]}");

    /// <summary>Writes the list of the stages that a run consists of, before any of them is computed.</summary>
    /// <param name="folder">The folder of the run, created.</param>
    /// <param name="stages">All stages.</param>
    internal static void WriteStages(string folder, IEnumerable<Stage> stages)
    {
        Directory.CreateDirectory(folder);
        Replace(Path.Combine(folder, RunStages.FileName), path => RunStages.Write(path, stages));
    }

    /// <summary>Creates the folder with the description, and with empty results where there are none yet.</summary>
    internal static void WriteDescription(StudyRun run)
    {
        Directory.CreateDirectory(run.Folder);
        var description = run.Study.Variants is [{ Variant: "" } only]
            ? CanonicalJson.Pretty(only)
            : CanonicalJson.Pretty(run.Study);
        Replace(Path.Combine(run.Folder, ExperimentFileName), path => File.WriteAllText(path, description));
        if (!File.Exists(Path.Combine(run.Folder, SummaryFileName)))
            WriteResults(run);
    }

    /// <summary>Writes what there is of the results; files are replaced one by one, each as a whole.</summary>
    internal static void WriteResults(StudyRun run)
    {
        Replace(Path.Combine(run.Folder, ResultsFileName), path => ResultsTable.Write(
            path, run.Variants.SelectMany(variant => variant.Results.Select(
                row => (variant.Experiment.FullName, row)))));
        Replace(Path.Combine(run.Folder, SummaryFileName), path =>
            File.WriteAllText(path, CanonicalJson.Pretty(run.Summary)));
    }

    /// <summary>Makes links to the stages of a run that the store has.</summary>
    internal static void Link(StudyRun run, RunStore store) => Link(
        run.Folder, store, run.Variants.SelectMany(variant => variant.Nodes.Select(
            node => (NameOf(variant.Experiment.Variant, node), node.Train.Id))));

    /// <summary>Replaces a file as a whole, or leaves it as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the file it is given.</param>
    internal static void Replace(string path, Action<string> write)
    {
        // Several processes may run the same experiment, so the name beside is drawn.
        var beside = Path.Combine(
            Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}-{Path.GetRandomFileName()}");
        try
        {
            write(beside);
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Makes links to stages in the folder <c>stages</c> of a run.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <param name="store">Where the stages are; those that are not there get no link.</param>
    /// <param name="stages">A name and a stage each.</param>
    internal static void Link(string folder, RunStore store, IEnumerable<(string Name, StageId Stage)> stages)
    {
        var links = Path.Combine(folder, "stages");
        Directory.CreateDirectory(links);
        foreach (var (name, stage) in stages)
        {
            var link = Path.Combine(links, name);
            var target = Path.GetRelativePath(links, store.FolderOf(stage));
            if (store.Find(stage) is null || new DirectoryInfo(link).LinkTarget == target)
                continue;
            try
            {
                Remove(link); // It led to the stage of other data or of another machine's choice of kernels.
                Directory.CreateSymbolicLink(link, target);
            }
            catch (IOException)
            {
                if (new DirectoryInfo(link).LinkTarget is null)
                    return; // File systems without links: results.csv names the stages all the same.
            }
        }
    }

    private static string NameOf(string variant, TicketNode node)
    {
        var prefix = variant.Length == 0 ? "" : variant + "-";
        return FormattableString.Invariant($"{prefix}{node.Branch}-trial-{node.Trial}-level-{node.Level}");
    }

    private static void Remove(string link)
    {
        if (Directory.Exists(link))
            Directory.Delete(link);
        else
            File.Delete(link); // A link that leads nowhere, or nothing at all.
    }
}
