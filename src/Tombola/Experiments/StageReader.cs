namespace Tombola.Experiments;

/// <summary>Reads the stages of a store that belongs to somebody else: writes nothing, sets nothing aside.</summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="root">The folder of the store.</param>
internal sealed class StageReader(string root)
{
    private readonly Dictionary<StageId, StoredStage> _read = [];

    /// <summary>Reads the description of a stage; its files are checked against their hashes the first time.</summary>
    /// <param name="id">The stage.</param>
    /// <exception cref="InputException">The store does not have the stage, or it is damaged.</exception>
    internal StoredStage Read(StageId id)
    {
        if (_read.TryGetValue(id, out var known))
            return known;
        if (!StageId.IsValid(id.Value))
            throw new InputException($"'{id.Value}' is no id of a stage; expected 40 hexadecimal digits.");
        var folder = RunStore.FolderOf(root, id);
        if (!Directory.Exists(folder))
        {
            throw new InputException(
                $"{folder}: there is no such stage; expected the store that the run was computed in. "
                + "The same 'tombola run' computes it again.");
        }

        if (StageManifest.FindDamage(id, folder) is { } damage)
            throw new InputException($"{folder}: {damage}; the same 'tombola run' computes it again.");
        return _read[id] = StageManifest.Read(folder);
    }
}
