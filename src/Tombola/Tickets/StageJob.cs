using Tombola.Experiments;
using Tombola.Experiments.Batch;
using Tombola.Tickets.Xor;

namespace Tombola.Tickets;

/// <summary>How a task of a job ended.</summary>
public enum StageJobEnd
{
    /// <summary>Its stage is in the store.</summary>
    Done,

    /// <summary>It failed, and another attempt may succeed.</summary>
    Failed,

    /// <summary>It failed, and another attempt would come to the same.</summary>
    FailedForGood,

    /// <summary>It was stopped with its state kept.</summary>
    Interrupted,
}

/// <summary>Computes one stage of a run whose description lies in the store: what the jobs of a cluster do.</summary>
public static class StageJob
{
    /// <summary>Computes the stage of a task, and what it needs that nobody has computed.</summary>
    /// <param name="run">The folder of the run.</param>
    /// <param name="settings">The name of the file with the settings, in its folder of jobs.</param>
    /// <param name="token">The job.</param>
    /// <param name="task">The number of the task in the job.</param>
    /// <param name="watch">Makes an observer of the stages of the task.</param>
    /// <param name="cancellation">Stops it; the state of the stage is kept.</param>
    /// <exception cref="InputException">The run, the job or the data cannot be read, or do not fit.</exception>
    public static StageJobEnd Run(
        string run, string settings, string token, int task,
        Func<IReadOnlyList<Stage>, IExecutionObserver> watch, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(watch);
        var folder = Path.GetFullPath(run);
        var ledger = new BatchLedger(folder);
        var record = ledger.Read(token);
        if (task < 0 || task >= record.Stages.Count)
        {
            throw new InputException(FormattableString.Invariant(
                $"--task {task}: job {token} has tasks 0 to {record.Stages.Count - 1}."));
        }

        var id = new StageId(record.Stages[task]);
        try
        {
            return Compute(folder, settings, id, ledger, watch, cancellation);
        }
        catch (InputException exception)
        {
            ledger.WriteFailure(id, StageFailure.Of(exception));
            throw;
        }
    }

    private static StageJobEnd Compute(
        string folder, string settingsFile, StageId id, BatchLedger ledger,
        Func<IReadOnlyList<Stage>, IExecutionObserver> watch, CancellationToken cancellation)
    {
        var settings = JobSettings.Read(ledger.Folder, settingsFile, Path.GetDirectoryName(folder)!);
        var stage = StagesOf(folder, settings).FirstOrDefault(stage => stage.Id == id) ?? throw new InputException(
            $"{folder}: stage {id} is not among the stages that this machine lays out. Expected machines with vectors "
            + "of one width, the same data and the same version of Tombola; keep jobs to such machines.");
        var store = new RunStore(settings.Output);
        Stage[] all = [.. BatchPlan.Closure([stage]).Where(other => store.Find(other.Id) is null)];
        if (all.Length == 0)
            return StageJobEnd.Done;
        if (all.Any(other => ledger.FailureOf(other.Id) is { IsFinal: true }))
            return StageJobEnd.FailedForGood;
        var report = new StageReport(ledger, watch(all));
        var outcome = new LocalExecutor(store, settings.Execution).Run([stage], report, cancellation)[id];
        return outcome switch
        {
            StageOutcome.Computed or StageOutcome.Reused => StageJobEnd.Done,
            StageOutcome.Interrupted => StageJobEnd.Interrupted,
            _ => report.FailedForGood ? StageJobEnd.FailedForGood : StageJobEnd.Failed,
        };
    }

    private static IReadOnlyList<Stage> StagesOf(string folder, RunSettings settings) =>
        ExperimentKind.OfRun(folder) == ExperimentKind.Xor
            ? XorRun.Prepare(XorRunFolder.ReadExperiment(folder), settings).Stages
            : StudyRun.Prepare(RunFolder.ReadStudy(folder), settings).Stages;
}
