namespace Tombola.Experiments.Batch;

/// <summary>How a stage of a run stands, wherever it is computed.</summary>
public enum StagePhase
{
    /// <summary>In the store.</summary>
    Done,

    /// <summary>A process computes it.</summary>
    Running,

    /// <summary>A scheduler has it and will start it.</summary>
    Queued,

    /// <summary>Nobody computes it, or its job comes later; the same <c>tombola run</c> does.</summary>
    Waiting,

    /// <summary>Ended without a result, and nobody tries again.</summary>
    Failed,
}

/// <summary>A stage of a run and how it stands.</summary>
/// <param name="Stage">Its id.</param>
/// <param name="Kind">What sort of stage it is.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Phase">How it stands.</param>
/// <param name="Detail">Who is at it, how far it is, or why it failed; may be empty.</param>
/// <param name="Job">What a scheduler calls its task; empty where none knows it.</param>
public sealed record StageStanding(
    string Stage, string Kind, string Label, StagePhase Phase, string Detail, string Job)
{
    /// <summary>Looks how the stages of a run stand; hashing them is for <c>tombola runs verify</c>.</summary>
    /// <param name="run">The folder of the run, within its store; nothing in it is changed.</param>
    /// <param name="tasks">What schedulers know, from <see cref="BatchLedger.Match"/>.</param>
    /// <exception cref="InputException">The run does not tell its stages.</exception>
    public static IReadOnlyList<StageStanding> Of(string run, IReadOnlyDictionary<StageId, BatchTask> tasks)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(tasks);
        var full = Path.GetFullPath(run);
        var (root, ledger) = (Path.GetDirectoryName(full)!, new BatchLedger(full));
        return [.. RunStages.Read(full).Select(stage => Of(stage, root, ledger, tasks.GetValueOrDefault(stage.Id)))];
    }

    private static StageStanding Of(RunStage stage, string root, BatchLedger ledger, BatchTask? task)
    {
        var (phase, detail) = PhaseOf(stage.Id, root, ledger, task);
        var job = task is { IsLive: true } && phase != StagePhase.Done
            ? FormattableString.Invariant($"{task.Job}_{task.Number}")
            : "";
        return new StageStanding(stage.Id.Value, stage.Kind, stage.Label, phase, detail, job);
    }

    private static (StagePhase Phase, string Detail) PhaseOf(
        StageId id, string root, BatchLedger ledger, BatchTask? task)
    {
        if (Directory.Exists(RunStore.FolderOf(root, id)))
            return (StagePhase.Done, "");
        var work = RunStore.WorkFolderOf(root, id);
        var progress = ledger.ProgressOf(id) is { Total: > 0 } known
            ? FormattableString.Invariant($"{known.Done} of {known.Total}, {known.Detail}")
            : "";
        if (task is { Condition: BatchCondition.Running })
            return (StagePhase.Running, progress);
        if (task is { IsLive: true })
            return (StagePhase.Queued, task.Detail);
        if (Leases.HolderOf(work) is { Released: false, Process: not null } holder && !holder.Process.HasEnded())
            return (StagePhase.Running, $"by {holder}");
        if (ledger.FailureOf(id) is { } failure)
            return (StagePhase.Failed, failure.Message);
        return (StagePhase.Waiting, StageCheckpoints.Any(work) ? "has a checkpoint to go on from" : "");
    }
}
