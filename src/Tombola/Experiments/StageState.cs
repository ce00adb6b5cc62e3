namespace Tombola.Experiments;

/// <summary>How a stage lies in a store.</summary>
public enum StageCondition
{
    /// <summary>Complete, every file as it was written.</summary>
    Sound,

    /// <summary>Complete once; a file is missing or other than it was written.</summary>
    Damaged,

    /// <summary>A process computes it.</summary>
    Running,

    /// <summary>Interrupted with a checkpoint to go on from.</summary>
    Unfinished,

    /// <summary>Not in the store.</summary>
    Missing,
}

/// <summary>What the files of a store say of a stage.</summary>
/// <param name="Id">The stage.</param>
/// <param name="Condition">How it lies there.</param>
/// <param name="Detail">What is damaged, or who is at it; else empty.</param>
/// <param name="Bytes">What its files take, those of its checkpoints included.</param>
public sealed record StageState(StageId Id, StageCondition Condition, string Detail, long Bytes)
{
    /// <summary>Looks at a stage; every file of a complete one is read and hashed.</summary>
    /// <param name="root">The folder of the store; nothing in it is changed.</param>
    /// <param name="id">The stage.</param>
    public static StageState Of(string root, StageId id)
    {
        ArgumentNullException.ThrowIfNull(root);
        var (folder, work) = (RunStore.FolderOf(root, id), RunStore.WorkFolderOf(root, id));
        if (Directory.Exists(folder))
        {
            return StageManifest.FindDamage(id, folder) is { } damage
                ? new StageState(id, StageCondition.Damaged, damage, Folders.BytesOf(folder))
                : new StageState(id, StageCondition.Sound, "", Folders.BytesOf(folder));
        }

        var bytes = Folders.BytesOf(work);
        if (Leases.HolderOf(work) is { Released: false, Process: not null } holder && !holder.Process.HasEnded())
            return new StageState(id, StageCondition.Running, $"by {holder}", bytes);
        return new StageState(
            id, StageCheckpoints.Any(work) ? StageCondition.Unfinished : StageCondition.Missing, "", bytes);
    }

    /// <summary>Looks at every complete stage of a store.</summary>
    /// <param name="root">The folder of the store; nothing in it is changed.</param>
    /// <returns>In the order of their ids.</returns>
    /// <exception cref="InputException">There is no such store.</exception>
    public static IEnumerable<StageState> All(string root) =>
        RunStore.StagesIn(root).Select(id => Of(root, id));
}
