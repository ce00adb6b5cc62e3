using System.Diagnostics;

namespace Tombola.Experiments.Batch;

/// <summary>Follows stages that other machines compute: by the store, and by the scheduler who has given up.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class BatchWatch
{
    private readonly RunStore _store;
    private readonly BatchLedger _ledger;
    private readonly IExecutionObserver _observer;
    private readonly TimeSpan _patience;
    private readonly IReadOnlyList<Stage> _stages;
    private readonly Dictionary<StageId, StageOutcome> _outcomes = [];
    private readonly Dictionary<StageId, StageProgress> _progress = [];
    private readonly Dictionary<StageId, long> _endedSince = [];
    private readonly HashSet<StageId> _held = [];

    internal BatchWatch(
        IReadOnlyList<Stage> wanted, RunStore store, BatchLedger ledger, IExecutionObserver observer,
        TimeSpan patience)
    {
        (_store, _ledger, _observer, _patience) = (store, ledger, observer, patience);
        _stages = BatchPlan.Closure(wanted);
    }

    /// <summary>Whether there is nothing to wait for any more.</summary>
    internal bool IsOver => _outcomes.Count == _stages.Count;

    /// <summary>Looks what the store has before anything is submitted.</summary>
    internal void LookForFinished()
    {
        foreach (var stage in _stages.Where(stage => _store.Find(stage.Id) is not null))
        {
            _ledger.ForgetProgress(stage.Id); // Of a job that nobody watched.
            Finish(stage, StageOutcome.Reused);
        }
    }

    /// <summary>Looks into the store for results, failures and progress.</summary>
    internal void LookIntoStore()
    {
        foreach (var stage in Open())
        {
            var isDone = _store.Find(stage.Id) is not null;
            if (_ledger.ProgressOf(stage.Id) is { } progress)
                Progress(stage, progress);
            if (isDone)
            {
                _ledger.ForgetProgress(stage.Id);
                Finish(stage, StageOutcome.Computed);
            }
            else if (_ledger.FailureOf(stage.Id) is { IsFinal: true } failure)
            {
                Fail(stage, failure.ToException());
            }
        }
    }

    /// <summary>Gives stages up whose tasks have ended without a result, and those that need them.</summary>
    /// <param name="tasks">From <see cref="BatchLedger.Match"/>; what is not among them ended long ago.</param>
    internal void LookAtTasks(IReadOnlyDictionary<StageId, BatchTask> tasks)
    {
        var waiting = new HashSet<StageId>(); // Those that a task to come may compute still.
        foreach (var stage in Open().Reverse())
        {
            if (tasks.TryGetValue(stage.Id, out var task) && task.IsLive)
            {
                waiting.Add(stage.Id);
                if (task.Condition == BatchCondition.Running)
                    Start(stage);
                if (task.Condition == BatchCondition.Held && _held.Add(stage.Id))
                    _observer.Noticed($"{stage.Label}: {task.Title} is held: {task.Detail}.");
            }

            if (waiting.Contains(stage.Id))
                waiting.UnionWith(stage.Parents.Select(parent => parent.Id));
        }

        foreach (var stage in Open())
        {
            if (waiting.Contains(stage.Id))
                _endedSince.Remove(stage.Id);
            else if (stage.Parents.All(parent => IsDone(parent.Id)) && IsGivenUp(stage, tasks))
                Fail(stage, ReasonOf(stage, tasks));
        }
    }

    /// <summary>Returns the outcomes; what the watch did not wait for counts as interrupted.</summary>
    internal IReadOnlyDictionary<StageId, StageOutcome> End()
    {
        foreach (var stage in _stages)
            _outcomes.TryAdd(stage.Id, StageOutcome.Interrupted);
        return _outcomes;
    }

    private Stage[] Open() => [.. _stages.Where(stage => !_outcomes.ContainsKey(stage.Id))];

    private bool IsDone(StageId id) => _outcomes.GetValueOrDefault(id, StageOutcome.Failed)
        is StageOutcome.Reused or StageOutcome.Computed;

    private bool IsGivenUp(Stage stage, IReadOnlyDictionary<StageId, BatchTask> tasks)
    {
        if (tasks.GetValueOrDefault(stage.Id) is { Condition: BatchCondition.Cancelled })
            return true;
        if (!_endedSince.TryGetValue(stage.Id, out var since))
            since = _endedSince[stage.Id] = Stopwatch.GetTimestamp();
        return Stopwatch.GetElapsedTime(since) >= _patience;
    }

    private Exception ReasonOf(Stage stage, IReadOnlyDictionary<StageId, BatchTask> tasks)
    {
        if (_ledger.FailureOf(stage.Id) is { } failure)
            return failure.ToException();
        return new IOException(tasks.TryGetValue(stage.Id, out var task)
            ? $"{task.Title} ended without a result ({task.Detail}). What it wrote is in {_ledger.Folder}."
            : $"Its job has ended without a result. What it wrote is in {_ledger.Folder}.");
    }

    private void Start(Stage stage)
    {
        if (_progress.TryAdd(stage.Id, default))
            _observer.Started(stage);
    }

    private void Progress(Stage stage, StageProgress progress)
    {
        Start(stage);
        if (_progress[stage.Id] == progress)
            return;
        _progress[stage.Id] = progress;
        _observer.Progressed(stage, progress);
    }

    private void Fail(Stage stage, Exception reason)
    {
        if (_outcomes.ContainsKey(stage.Id))
            return;
        Finish(stage, StageOutcome.Failed, reason);
        foreach (var child in _stages.Where(child => child.Parents.Any(parent => parent.Id == stage.Id)))
            Block(child);
    }

    private void Block(Stage stage)
    {
        if (_outcomes.ContainsKey(stage.Id))
            return;
        Finish(stage, StageOutcome.Blocked);
        foreach (var child in _stages.Where(child => child.Parents.Any(parent => parent.Id == stage.Id)))
            Block(child);
    }

    private void Finish(Stage stage, StageOutcome outcome, Exception? reason = null)
    {
        _outcomes[stage.Id] = outcome;
        _observer.Finished(stage, outcome, reason);
    }
}
