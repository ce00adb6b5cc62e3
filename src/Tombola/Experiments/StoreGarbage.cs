namespace Tombola.Experiments;

/// <summary>What a store holds that nobody needs.</summary>
/// <remarks>
/// That is: finished stages that no run refers to, work areas of such stages and of finished ones, and what killed
/// processes left half-written. Checkpoints of stages that a run refers to are needed, stages that were set aside as
/// damaged are their owner's to judge, and whatever a live process works on is left alone.
/// </remarks>
public sealed class StoreGarbage
{
    private readonly string _root;

    private StoreGarbage(string root, IReadOnlyList<StageId> stages, IReadOnlyList<StageId> work, string[] strays) =>
        (_root, Stages, Work, Strays) = (root, stages, work, strays);

    /// <summary>Finished stages that no run refers to.</summary>
    public IReadOnlyList<StageId> Stages { get; }

    /// <summary>Stages whose checkpoints are of no use any more.</summary>
    public IReadOnlyList<StageId> Work { get; }

    /// <summary>Files and folders that were never finished.</summary>
    public IReadOnlyList<string> Strays { get; }

    /// <summary>What all of it takes, in bytes.</summary>
    public long Bytes =>
        Stages.Sum(id => Folders.BytesOf(RunStore.FolderOf(_root, id)))
        + Work.Sum(id => Folders.BytesOf(RunStore.WorkFolderOf(_root, id)))
        + Strays.Sum(path => File.Exists(path) ? new FileInfo(path).Length : Folders.BytesOf(path));

    /// <summary>Looks through a store; changes nothing.</summary>
    /// <param name="root">The folder of the store.</param>
    /// <exception cref="InputException">
    /// There is no such store, or one of its runs does not tell which stages it refers to.
    /// </exception>
    public static StoreGarbage Find(string root)
    {
        var finished = RunStore.StagesIn(root).ToArray();
        var needed = RunStages.ReferredTo(root);
        var (work, strays) = (new List<StageId>(), new List<string>(RunStore.StraysIn(root)));
        foreach (var id in RunStore.WorkIn(root))
        {
            var folder = RunStore.WorkFolderOf(root, id);
            if (StageState.Of(root, id).Condition == StageCondition.Running)
                continue;
            if (finished.Contains(id) || !needed.Contains(id) || !StageCheckpoints.Any(folder))
                work.Add(id);
            else
                strays.AddRange(RunStore.StraysInWork(folder));
        }

        return new StoreGarbage(root, [.. finished.Where(id => !needed.Contains(id))], work, [.. strays]);
    }

    /// <summary>Removes it.</summary>
    /// <exception cref="InputException">The store cannot be written.</exception>
    public void Remove()
    {
        var store = new RunStore(_root);
        var leases = new Leases(new LeaseOptions());
        foreach (var id in Work.Concat(Stages))
        {
            // Whoever began to compute it meanwhile keeps it.
            using var lease = leases.TryTake(store.WorkFolderOf(id), out _);
            if (lease is null)
                continue;
            if (Stages.Contains(id))
                store.Remove(id);
            lease.End();
            store.RemoveWork(id);
        }

        foreach (var stray in Strays)
            Folders.Discard(stray);
    }
}
