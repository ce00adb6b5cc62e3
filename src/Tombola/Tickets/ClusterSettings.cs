using Tombola.Experiments;
using Tombola.Experiments.Batch;

namespace Tombola.Tickets;

/// <summary>Has a run computed by a cluster.</summary>
/// <param name="Scheduler">Who starts its jobs.</param>
/// <param name="Options">What they ask of the cluster.</param>
/// <param name="Command">Program and arguments that start <c>tombola</c> on the machines of the cluster.</param>
public sealed record ClusterSettings(
    IBatchScheduler Scheduler, BatchOptions Options, IReadOnlyList<string> Command)
{
    /// <summary>Creates the executor of a run.</summary>
    /// <remarks>
    /// What the ids of stages depend on besides the description, such as measured break-even densities, is left in the
    /// run's folder, so that every machine lays out the same stages.
    /// </remarks>
    internal BatchExecutor ExecutorFor(RunStore store, string folder, RunSettings settings)
    {
        var ledger = new BatchLedger(folder);
        var file = JobSettings.Of(settings).Write(ledger.Folder);
        return new BatchExecutor(
            store, ledger, Scheduler, Options, [.. Command, "stage", folder, "--settings", file]);
    }
}
