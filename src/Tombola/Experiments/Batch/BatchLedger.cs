using Tombola.Formats;

namespace Tombola.Experiments.Batch;

/// <summary>The folder <c>jobs</c> of a run: which jobs were submitted, and what their tasks reported.</summary>
public sealed class BatchLedger
{
    private const string FolderName = "jobs";
    private const string Extension = ".json";
    private const string FailurePrefix = "failed-";
    private const string ProgressPrefix = "progress-";
    private const int NameDigits = 8;

    /// <summary>Opens the folder, which need not exist.</summary>
    /// <param name="run">The folder of the run.</param>
    public BatchLedger(string run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var full = Path.GetFullPath(run);
        Folder = Path.Combine(full, FolderName);
        var place = CanonicalJson.Hash(full)[..NameDigits];
        Name = $"tombola-{string.Concat(Path.GetFileName(full).Select(Plain))}-{place}";
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>What all jobs of the run are called; runs in other stores have other names.</summary>
    public string Name { get; }

    /// <summary>Reads what was submitted, in the order of submission.</summary>
    /// <exception cref="InputException">A file is damaged.</exception>
    public IReadOnlyList<BatchRecord> Read() =>
        !Directory.Exists(Folder)
            ? []
            : [.. Directory.EnumerateFiles(Folder, $"job-*{Extension}").Order(StringComparer.Ordinal)
                .Select(CanonicalJson.ReadFile<BatchRecord>)];

    /// <summary>Reads one job.</summary>
    /// <param name="token">Its token.</param>
    /// <exception cref="InputException">There is no such job, or its file is damaged.</exception>
    public BatchRecord Read(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return CanonicalJson.ReadFile<BatchRecord>(Path.Combine(Folder, Path.GetFileName(token) + Extension));
    }

    /// <summary>Finds for each stage the newest task that a scheduler knows of.</summary>
    /// <param name="tasks">From <see cref="IBatchScheduler.Tasks"/>.</param>
    public IReadOnlyDictionary<StageId, BatchTask> Match(IEnumerable<BatchTask> tasks)
    {
        var known = tasks.ToLookup(task => task.Token);
        var found = new Dictionary<StageId, BatchTask>();
        foreach (var record in Read())
        {
            foreach (var task in known[record.Token].Where(task => task.Number < record.Stages.Count))
            {
                var stage = new StageId(record.Stages[task.Number]);
                // One under way counts for more than one that ended, whichever was submitted later.
                if (task.IsLive || !found.TryGetValue(stage, out var other) || !other.IsLive)
                    found[stage] = task;
            }
        }

        return found;
    }

    /// <summary>Returns a token for the next job.</summary>
    internal string NextToken()
    {
        var number = Directory.EnumerateFiles(Folder, $"job-*{Extension}").Count() + 1;
        var drawn = Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal);
        return FormattableString.Invariant($"job-{number:D6}-{drawn}");
    }

    /// <summary>Writes a job down.</summary>
    internal void Write(BatchRecord record) =>
        Replace(Path.Combine(Folder, record.Token + Extension), CanonicalJson.Pretty(record));

    /// <summary>Writes down why a stage failed.</summary>
    internal void WriteFailure(StageId stage, StageFailure failure) =>
        Replace(PathOf(FailurePrefix, stage), CanonicalJson.Pretty(failure));

    /// <summary>Reads why a stage failed, or null.</summary>
    internal StageFailure? FailureOf(StageId stage) => TryRead<StageFailure>(PathOf(FailurePrefix, stage));

    /// <summary>Forgets that a stage failed, since it is tried again.</summary>
    internal void ForgetFailure(StageId stage) => Folders.Discard(PathOf(FailurePrefix, stage));

    /// <summary>Writes down how far a stage is.</summary>
    internal void WriteProgress(StageId stage, StageProgress progress) =>
        Replace(PathOf(ProgressPrefix, stage), CanonicalJson.Pretty(progress));

    /// <summary>Reads how far a stage is, or null.</summary>
    internal StageProgress? ProgressOf(StageId stage) =>
        TryRead<StageProgressFile>(PathOf(ProgressPrefix, stage)) is { } read
            ? new StageProgress(read.Done, read.Total, read.Detail, read.Value)
            : null;

    /// <summary>Removes what was said of a stage under way, since it is finished.</summary>
    internal void ForgetProgress(StageId stage) => Folders.Discard(PathOf(ProgressPrefix, stage));

    private string PathOf(string prefix, StageId stage) => Path.Combine(Folder, prefix + stage.Value + Extension);

    private static void Replace(string path, string text)
    {
        var beside = Path.Combine(
            Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}-{Path.GetRandomFileName()}");
        File.WriteAllText(beside, text);
        File.Move(beside, path, overwrite: true);
    }

    private static T? TryRead<T>(string path)
        where T : class
    {
        try
        {
            return File.Exists(path) ? CanonicalJson.ReadFile<T>(path) : null;
        }
        catch (Exception exception) when (exception is InputException or IOException)
        {
            return null; // Replaced or removed at this moment; the next look finds it.
        }
    }

    private static char Plain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-';

    private sealed record StageProgressFile(long Done, long Total, string Detail, double? Value);
}
