using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Tombola.Experiments;

/// <summary>Computes the stages of a graph in this process, several at a time.</summary>
/// <remarks>
/// Of the stages whose parents are complete, the one at the head of the longest remaining chain goes first. A stage
/// that fails blocks those that need it and leaves the others alone. What is in the store is not computed again. Other
/// processes may work on the same store: what one of them computes is waited for while other stages are computed, and
/// taken over from a process that was killed.
/// </remarks>
public sealed class LocalExecutor : IExecutor
{
    private readonly RunStore _store;
    private readonly ExecutorOptions _options;
    private readonly Leases _leases;
    private readonly ConcurrentDictionary<string, bool> _others = new();

    /// <summary>Creates an executor.</summary>
    /// <param name="store">Where stages are found and kept.</param>
    /// <param name="options">How to work.</param>
    public LocalExecutor(RunStore store, ExecutorOptions options)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Jobs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.CheckpointEvery, TimeSpan.Zero);
        (_store, _options, _leases) = (store, options, new Leases(options.Leases));
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<StageId, StageOutcome> Run(
        IReadOnlyList<Stage> stages, IExecutionObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stages);
        ArgumentNullException.ThrowIfNull(observer);
        var schedule = new StageSchedule(stages, _options.Leases.Poll);
        // Dedicated threads: stages compute for minutes, which is not what a thread pool is for.
        var workers = Enumerable.Range(0, Math.Min(_options.Jobs, Math.Max(1, schedule.Count)))
            .Select(i => new Thread(() => Work(schedule, observer, cancellation)) { Name = $"tombola stage {i}" })
            .ToArray();
        foreach (var worker in workers)
            worker.Start();
        foreach (var worker in workers)
            worker.Join();
        return schedule.End();
    }

    [SuppressMessage("Design", "CA1031", Justification = "A stage's failure, whatever it is, must not end the others.")]
    private void Work(StageSchedule schedule, IExecutionObserver observer, CancellationToken cancellation)
    {
        while (schedule.Take(cancellation) is { } stage)
        {
            StageOutcome? outcome;
            Exception? error = null;
            try
            {
                outcome = Obtain(stage, schedule, observer, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                outcome = StageOutcome.Interrupted;
            }
            catch (Exception exception)
            {
                (outcome, error) = (StageOutcome.Failed, exception);
                // Stages that cannot be kept need not be computed.
                if (exception is IOException or UnauthorizedAccessException && !_store.IsWritable())
                    schedule.Stop();
            }

            if (outcome is { } ended)
                Finish(stage, ended, error, schedule, observer);
            else
                schedule.Postpone(stage);
        }
    }

    private static void Finish(
        Stage stage, StageOutcome outcome, Exception? error, StageSchedule schedule, IExecutionObserver observer)
    {
        // Told before its children can start: who watches sees a stage end before those that need it begin.
        schedule.Tell(() => observer.Finished(stage, outcome, error));
        foreach (var blocked in schedule.Finish(stage, outcome))
            schedule.Tell(() => observer.Finished(blocked, StageOutcome.Blocked, failure: null));
    }

    /// <summary>Finds a stage in the store or computes it.</summary>
    /// <returns>Null when another process is at it.</returns>
    private StageOutcome? Obtain(
        Stage stage, StageSchedule schedule, IExecutionObserver observer, CancellationToken cancellation)
    {
        void Notice(string message) => schedule.Tell(() => observer.Noticed(message));
        if (_store.Find(stage.Id) is not null)
            return StageOutcome.Reused;
        using var lease = _leases.TryTake(_store.WorkFolderOf(stage.Id), out var holder);
        if (lease is null)
        {
            if (holder is not null && _others.TryAdd(holder.ToString(), true))
                Notice($"{holder} works on this store too; what it computes is waited for and shared.");
            return null;
        }

        if (_store.FindOrSetAside(stage.Id, Notice) is not null)
        {
            RemoveWork(stage, lease);
            return StageOutcome.Reused;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Lost);
        try
        {
            Compute(stage, schedule, observer, stop.Token);
            RemoveWork(stage, lease);
            return StageOutcome.Computed;
        }
        catch (Exception) when (!cancellation.IsCancellationRequested && lease.IsLost())
        {
            return null; // Another process has taken over, and with it what this one failed on.
        }
        catch (Exception) when (!StageCheckpoints.Any(_store.WorkFolderOf(stage.Id)) && !lease.IsLost())
        {
            RemoveWork(stage, lease);
            throw;
        }
    }

    private void RemoveWork(Stage stage, Lease lease)
    {
        lease.End();
        _store.RemoveWork(stage.Id);
    }

    private void Compute(
        Stage stage, StageSchedule schedule, IExecutionObserver observer, CancellationToken cancellation)
    {
        schedule.Tell(() => observer.Started(stage));
        _store.RemoveStrays(stage.Id);
        var folder = _store.Begin(stage.Id);
        try
        {
            string[] parents = [.. stage.Parents.Select(parent => _store.FolderOf(parent.Id))];
            var checkpoints = new StageCheckpoints(
                _store.WorkFolderOf(stage.Id), folder, _options.CheckpointEvery,
                message => schedule.Tell(() => observer.Noticed($"{stage.Label}: {message}")));
            stage.Run(new StageContext(
                folder, parents, progress => schedule.Tell(() => observer.Progressed(stage, progress)), checkpoints,
                cancellation));
            _store.Complete(stage, folder);
        }
        catch
        {
            Folders.Discard(folder);
            throw;
        }
    }
}
