using System.Collections.Concurrent;

namespace Tombola.Experiments;

/// <summary>A folder of finished stages, found by their id, and of runs that refer to them.</summary>
/// <remarks>
/// Layout: <c>stages/ab/abcd…/</c> holds a stage's files and its manifest; <c>work/abcd…/</c> the lease, the
/// checkpoints and the half-written outputs of an unfinished one; <c>NAME/</c> holds a run. A stage is written beside
/// and moved into place when it is complete, so what is in place is complete. Its files are checked against their
/// hashes before they are used; a damaged stage is set aside under <c>damaged/</c> and computed again.
/// </remarks>
public sealed partial class RunStore
{
    private const string StagesName = "stages";
    private const string WorkName = "work";
    private const string OutputPrefix = "output-";
    private const int ProbeBytes = 1 << 16;

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
            var probe = Path.Combine(StagesFolder, $".probe-{Path.GetRandomFileName()}");
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
    internal string WorkFolderOf(StageId id) => WorkFolderOf(Root, id);

    /// <summary>Returns where an unfinished stage of a store keeps what it needs to go on.</summary>
    internal static string WorkFolderOf(string root, StageId id) => Path.Combine(root, WorkName, id.Value);

    /// <summary>Finds a complete and undamaged stage; its files are checked the first time.</summary>
    /// <param name="id">The stage.</param>
    /// <returns>Its folder, or null when it must be computed.</returns>
    public string? Find(StageId id)
    {
        if (_verified.TryGetValue(id, out var known))
            return known;
        var folder = FolderOf(id);
        return Directory.Exists(folder) && StageManifest.FindDamage(id, folder) is null
            ? _verified[id] = folder
            : null;
    }

    /// <summary>Finds a stage as <see cref="Find"/> does, and sets it aside if it is damaged.</summary>
    /// <remarks>Only for who holds the lease: another may have put a sound stage in its place meanwhile.</remarks>
    /// <param name="id">The stage.</param>
    /// <param name="notice">Told when a damaged stage was set aside.</param>
    internal string? FindOrSetAside(StageId id, Action<string> notice)
    {
        var folder = FolderOf(id);
        if (Find(id) is { } sound)
            return sound;
        if (Directory.Exists(folder) && StageManifest.FindDamage(id, folder) is { } damage)
        {
            var aside = SetAside(id, folder);
            notice($"Stage {id.Value[..8]}: {damage}; set aside in {aside} and computed again.");
        }

        return null;
    }

    /// <summary>Creates an empty folder in which a stage is computed, within its work area.</summary>
    /// <param name="id">The stage.</param>
    internal string Begin(StageId id)
    {
        var folder = Path.Combine(WorkFolderOf(id), $"{OutputPrefix}{Path.GetRandomFileName()}");
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>Moves a computed stage into place.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="folder">From <see cref="Begin"/>, with the stage's files.</param>
    /// <returns>The folder in place.</returns>
    internal string Complete(Stage stage, string folder)
    {
        var target = FolderOf(stage.Id);
        try
        {
            StageManifest.Write(stage, folder);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Directory.Move(folder, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            Folders.Discard(folder); // Another executor was first; both computed the same.
        }

        return _verified[stage.Id] = target;
    }

    /// <summary>Removes what earlier attempts at a stage left half-written; checkpoints stay.</summary>
    /// <remarks>Only for who holds the lease.</remarks>
    /// <param name="id">The stage.</param>
    internal void RemoveStrays(StageId id)
    {
        foreach (var stray in StraysInWork(WorkFolderOf(id)))
            Folders.Discard(stray);
    }

    /// <summary>Removes the work area of a stage at one stroke: whoever still works in it finds nothing.</summary>
    /// <param name="id">The stage.</param>
    internal void RemoveWork(StageId id)
    {
        var gone = Path.Combine(Root, WorkName, $".{Path.GetRandomFileName()}");
        try
        {
            Directory.Move(WorkFolderOf(id), gone);
        }
        catch (IOException)
        {
            return; // There is none, or another process removes it.
        }

        Folders.Discard(gone);
    }

    /// <summary>Removes a finished stage at one stroke.</summary>
    /// <param name="id">The stage.</param>
    internal void Remove(StageId id)
    {
        var gone = Path.Combine(StagesFolder, $".{Path.GetRandomFileName()}");
        Directory.Move(FolderOf(id), gone);
        _verified.TryRemove(id, out _);
        Folders.Discard(gone);
    }

    /// <summary>Tells whether files can be written now.</summary>
    internal bool IsWritable()
    {
        var probe = Path.Combine(StagesFolder, $".probe-{Path.GetRandomFileName()}");
        try
        {
            File.WriteAllBytes(probe, new byte[ProbeBytes]);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        finally
        {
            Folders.Discard(probe);
        }
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
