using System.Diagnostics;

namespace Tombola.Experiments.Batch;

/// <summary>Has a graph computed by the jobs of a scheduler, and watches the store for their results.</summary>
/// <remarks>
/// The store, on a file system that all machines share, is the only channel. The jobs do not need this process: it may
/// be ended, and another one then finds in the store what was submitted and goes on watching.
/// </remarks>
internal sealed class BatchExecutor : IExecutor
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    private readonly RunStore _store;
    private readonly BatchLedger _ledger;
    private readonly IBatchScheduler _scheduler;
    private readonly BatchOptions _options;
    private readonly BatchSubmission _submission;

    /// <summary>Creates an executor.</summary>
    /// <param name="store">Where stages are found.</param>
    /// <param name="ledger">Where the jobs of the run are written down.</param>
    /// <param name="scheduler">Who starts the jobs.</param>
    /// <param name="options">What they ask of the cluster.</param>
    /// <param name="command">Program and arguments that compute a stage of the run; see BatchSubmission.</param>
    internal BatchExecutor(
        RunStore store, BatchLedger ledger, IBatchScheduler scheduler, BatchOptions options,
        IReadOnlyList<string> command)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Poll, TimeSpan.Zero);
        (_store, _ledger, _scheduler, _options) = (store, ledger, scheduler, options);
        _submission = new BatchSubmission(scheduler, options, ledger, command);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<StageId, StageOutcome> Run(
        IReadOnlyList<Stage> stages, IExecutionObserver observer, CancellationToken cancellation)
    {
        var watch = new BatchWatch(stages, _store, _ledger, observer, _options.Patience);
        watch.LookForFinished();
        try
        {
            if (!watch.IsOver)
            {
                _submission.Submit(
                    stages, id => _store.Find(id) is not null, observer.Noticed, cancellation);
            }

            Follow(watch, observer, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The jobs go on.
        }

        return watch.End();
    }

    private void Follow(BatchWatch watch, IExecutionObserver observer, CancellationToken cancellation)
    {
        var look = _options.Poll < LongestLook ? _options.Poll : LongestLook;
        var (asked, complained) = (Stopwatch.StartNew(), false);
        while (!watch.IsOver && !cancellation.IsCancellationRequested)
        {
            cancellation.WaitHandle.WaitOne(look);
            if (asked.Elapsed < _options.Poll)
            {
                watch.LookIntoStore();
                continue;
            }

            try
            {
                // Asked before the store is looked at: a task that ended between the two has left its result.
                var tasks = _ledger.Match(_scheduler.Tasks(_ledger.Name));
                watch.LookIntoStore();
                watch.LookAtTasks(tasks);
                complained = false;
            }
            catch (IOException exception)
            {
                if (!complained)
                    observer.Noticed($"{exception.Message} The jobs go on; it is asked again.");
                complained = true;
                watch.LookIntoStore();
            }

            asked.Restart();
        }
    }
}
