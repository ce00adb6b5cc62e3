namespace Tombola.Experiments;

/// <summary>What lies where in a store; reads without writing, so that a store may be somebody else's.</summary>
public sealed partial class RunStore
{
    /// <summary>Lists the stages that are complete, sound or not, in the order of their ids.</summary>
    /// <exception cref="InputException">There is no such store.</exception>
    internal static IEnumerable<StageId> StagesIn(string root)
    {
        var stages = Path.Combine(root, StagesName);
        return Directory.Exists(stages)
            ? IdsIn(Directory.EnumerateDirectories(stages).SelectMany(Directory.EnumerateDirectories))
            : throw new InputException(
                $"{root}: there is no run store here. 'tombola run quickstart' makes one; --out names another.");
    }

    /// <summary>Lists the stages that have a work area, in the order of their ids.</summary>
    internal static IEnumerable<StageId> WorkIn(string root)
    {
        var work = Path.Combine(root, WorkName);
        return Directory.Exists(work) ? IdsIn(Directory.EnumerateDirectories(work)) : [];
    }

    /// <summary>Lists what was begun and never finished, work areas apart.</summary>
    internal static IEnumerable<string> StraysIn(string root) =>
    [
        .. new[] { StagesName, WorkName }.Select(name => Path.Combine(root, name)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFileSystemEntries(folder, ".*")),
        .. Directory.EnumerateDirectories(root).Where(RunStages.IsRun)
            .SelectMany(run => Directory.EnumerateFiles(run, ".*")),
    ];

    /// <summary>Lists what was begun and never finished in the work area of a stage.</summary>
    internal static IEnumerable<string> StraysInWork(string work) =>
        Directory.Exists(work)
            ? Directory.GetDirectories(work, ".*").Concat(Directory.GetDirectories(work, OutputPrefix + "*"))
            : [];

    private static IEnumerable<StageId> IdsIn(IEnumerable<string> folders) =>
        folders.Select(folder => Path.GetFileName(folder)).Where(StageId.IsValid).Order(StringComparer.Ordinal)
            .Select(name => new StageId(name));
}
