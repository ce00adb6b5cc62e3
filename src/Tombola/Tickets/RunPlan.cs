using Tombola.Experiments;

namespace Tombola.Tickets;

/// <summary>What an experiment would compute, level by level: the content of a dry run.</summary>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="Folder">The folder of the run.</param>
/// <param name="Levels">From the dense network on.</param>
/// <param name="Trainings">Trainings in all.</param>
/// <param name="InStore">How many of them the store has already.</param>
/// <param name="EstimatedSeconds">Wall time of the others.</param>
public sealed record RunPlan(
    string Experiment, string Folder, IReadOnlyList<PlannedLevel> Levels, int Trainings, int InStore,
    double EstimatedSeconds)
{
    /// <summary>Plans a run; measures for about a second where anything is left to compute.</summary>
    /// <param name="run">The run, prepared.</param>
    /// <param name="settings">Where and with what it would be computed.</param>
    public static RunPlan Of(TicketRun run, RunSettings settings)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(settings);
        var trainings = run.Nodes.DistinctBy(node => node.Train.Id).ToArray();
        var store = Directory.Exists(settings.Output) ? new RunStore(settings.Output) : null;
        TicketNode[] missing =
            [.. trainings.Where(node => store is null || !Directory.Exists(store.FolderOf(node.Train.Id)))];
        var remaining = run.WeightsRemaining();
        PlannedLevel[] levels =
        [
            .. remaining.Select((weights, level) => new PlannedLevel(
                level, weights, (double)weights / remaining[0], trainings.Count(node => node.Level == level))),
        ];
        return new RunPlan(
            run.Experiment.Name, run.Folder, levels, trainings.Length, trainings.Length - missing.Length,
            missing.Length == 0 ? 0 : Estimate(run, settings, missing).TotalSeconds);
    }

    private static TimeSpan Estimate(TicketRun run, RunSettings settings, TicketNode[] missing)
    {
        // The levels of a trial follow one another where each prunes what the one before has trained.
        var chain = run.Experiment.Pruning.Schedule == PruningSchedule.OneShot
            ? Math.Min(2, missing.Length)
            : missing.GroupBy(node => (node.Branch, node.Trial)).Max(group => group.Count());
        var cores = Math.Max(1, Environment.ProcessorCount / settings.Threads);
        return TimeEstimate.Measure(run.Experiment, run.Split, settings.Threads)
            .Of(run.Experiment.Training, missing.Length, chain, Math.Min(settings.Jobs, cores));
    }
}
