using System.Collections.Concurrent;

namespace Tombola.Experiments;

/// <summary>A folder of finished stages, found by their id, and of runs that refer to them.</summary>
/// <remarks>
/// Layout: <c>stages/ab/abcd…/</c> holds a stage's files and its manifest; <c>work/abcd…/</c> the checkpoints of an
/// unfinished one; <c>NAME/</c> holds a run. A stage is written beside and moved into place when it is complete, so
/// what is in place is complete. Its files are checked against their hashes before they are used; a damaged stage is
/// set aside under <c>damaged/</c> and computed again.
/// </remarks>
public sealed class RunStore
{
    private const string StagesName = "stages";
    private const string WorkName = "work";

    private readonly ConcurrentDictionary<StageId, string> _verified = new();

    /// <summary>Opens a store, creating its folder where needed.</summary>
    /// <param name="root">The folder.</param>
    /// <exception cref="InputException">The folder cannot be created or written.</exception>
    public RunStore(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        Root = Path.GetFullPath(root);
        try
        {
            Directory.CreateDirectory(StagesFolder);
            var probe = Path.Combine(StagesFolder, $".probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"{Root}: cannot be written ({exception.Message}). Choose another folder with --out.", exception);
        }
    }

    /// <summary>The folder, as an absolute path.</summary>
    public string Root { get; }

    private string StagesFolder => Path.Combine(Root, StagesName);

    /// <summary>Returns where a stage's files are once it is complete.</summary>
    /// <param name="id">The stage.</param>
    public string FolderOf(StageId id) => FolderOf(Root, id);

    /// <summary>Returns where a stage's files are in a store that is not opened for writing.</summary>
    /// <param name="root">The folder of the store.</param>
    /// <param name="id">The stage.</param>
    internal static string FolderOf(string root, StageId id) =>
        Path.Combine(root, StagesName, id.Value[..2], id.Value);

    /// <summary>Returns where an unfinished stage keeps what it needs to go on.</summary>
    /// <param name="id">The stage.</param>
    internal string WorkFolderOf(StageId id) => Path.Combine(Root, WorkName, id.Value);

    /// <summary>Finds a complete and undamaged stage.</summary>
    /// <param name="id">The stage.</param>
    /// <param name="notice">Told when a damaged stage was set aside.</param>
    /// <returns>Its folder, or null when it must be computed.</returns>
    public string? Find(StageId id, Action<string>? notice = null)
    {
        if (_verified.TryGetValue(id, out var known))
            return known;
        var folder = FolderOf(id);
        if (!Directory.Exists(folder))
            return null;
        if (StageManifest.FindDamage(id, folder) is { } damage)
        {
            var aside = SetAside(id, folder);
            notice?.Invoke($"Stage {id.Value[..8]}: {damage}; set aside in {aside} and computed again.");
            return null;
        }

        return _verified[id] = folder;
    }

    /// <summary>Creates an empty folder in which a stage is computed.</summary>
    /// <remarks>Each call makes another, so that executors which compute the same stage do not disturb each other.
    /// </remarks>
    /// <param name="id">The stage.</param>
    internal string Begin(StageId id)
    {
        var folder = Path.Combine(StagesFolder, $".new-{id.Value[..16]}-{Path.GetRandomFileName()}");
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>Moves a computed stage into place.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="folder">From <see cref="Begin"/>, with the stage's files.</param>
    /// <returns>The folder in place.</returns>
    internal string Complete(Stage stage, string folder)
    {
        StageManifest.Write(stage, folder);
        var target = FolderOf(stage.Id);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        try
        {
            Directory.Move(folder, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            Discard(folder); // Another executor was first; both computed the same.
        }

        Discard(WorkFolderOf(stage.Id));
        return _verified[stage.Id] = target;
    }

    /// <summary>Removes an unfinished stage.</summary>
    /// <param name="folder">From <see cref="Begin"/>.</param>
    internal static void Discard(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private string SetAside(StageId id, string folder)
    {
        var damaged = Path.Combine(Root, "damaged");
        Directory.CreateDirectory(damaged);
        var aside = Path.Combine(damaged, id.Value);
        for (var n = 2; Directory.Exists(aside); n++)
            aside = Path.Combine(damaged, $"{id.Value}-{n}");
        try
        {
            Directory.Move(folder, aside);
        }
        catch (IOException) when (!Directory.Exists(folder))
        {
            // Another executor found the damage too and was first.
        }

        return aside;
    }
}
