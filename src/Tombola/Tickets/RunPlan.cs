using Tombola.Experiments;
using Tombola.Formats;

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
    /// <summary>Plans a run; measures for a second or two where anything is left to compute.</summary>
    /// <param name="run">The run, prepared.</param>
    /// <param name="settings">Where and with what it would be computed.</param>
    public static RunPlan Of(StudyRun run, RunSettings settings)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(settings);
        var store = Directory.Exists(settings.Output) ? new RunStore(settings.Output) : null;
        bool IsMissing(TicketNode node) => store is null || !Directory.Exists(store.FolderOf(node.Train.Id));
        // Each training counts for the first variant that has it; the others share it.
        var seen = new HashSet<StageId>();
        (TicketRun Variant, TicketNode[] Nodes)[] own =
        [
            .. run.Variants.Select(
                variant => (variant, variant.Nodes.Where(node => seen.Add(node.Train.Id)).ToArray())),
        ];
        (TicketRun Variant, TicketNode[] Nodes)[] missing =
            [.. own.Select(part => (part.Variant, part.Nodes.Where(IsMissing).ToArray()))];
        var left = missing.Sum(part => part.Nodes.Length);
        return new RunPlan(
            run.Study.Name, run.Folder, [.. own.SelectMany(part => LevelsOf(part.Variant, part.Nodes))], seen.Count,
            seen.Count - left, left == 0 ? 0 : Estimate(missing, settings));
    }

    private static IEnumerable<PlannedLevel> LevelsOf(TicketRun run, TicketNode[] nodes)
    {
        var remaining = run.WeightsRemaining();
        var multiplyAdds = PrunableLayer.MultiplyAdds(run.Layers, run.Experiment.Pruning, run.Experiment.Levels);
        return remaining.Select((weights, level) => new PlannedLevel(
            run.Experiment.FullName, level, weights, (double)weights / remaining[0], multiplyAdds[level],
            nodes.Count(node => node.Level == level)));
    }

    private static double Estimate((TicketRun Variant, TicketNode[] Nodes)[] missing, RunSettings settings)
    {
        var cores = Math.Max(1, Environment.ProcessorCount / settings.Threads);
        var trainings = new List<((string Variant, string Branch, int Trial) Chain, double Seconds)>();
        var measured = new Dictionary<string, TrainingPace>();
        foreach (var (run, nodes) in missing.Where(part => part.Nodes.Length > 0))
        {
            var (experiment, split) = (run.Experiment, run.Split);
            var estimate = EstimateOf(run, measured, settings.Threads);
            double SecondsOf(TicketNode node) => estimate.At(node.Level).Of(
                node.Train.Work, experiment.Training.EvaluateEvery, split.Validation.Count + split.Test.Count,
                split.Train.Count);
            // The levels of a trial follow one another where each prunes what the one before has trained.
            var oneShot = experiment.Pruning.Schedule == PruningSchedule.OneShot;
            trainings.AddRange(nodes.Select(node => (
                (experiment.FullName, oneShot ? $"{node.Branch} {node.Level}" : node.Branch, node.Trial),
                SecondsOf(node))));
        }

        return TimeEstimate.WallSeconds(trainings, Math.Min(settings.Jobs, cores));
    }

    private static TimeEstimate EstimateOf(TicketRun run, Dictionary<string, TrainingPace> measured, int threads)
    {
        var experiment = run.Experiment;
        var densities = PrunableLayer.Densities(run.Layers, experiment.Pruning, experiment.Levels);
        var costs = TimeEstimate.CostsOf(run.Layers, densities, run.CompressBelow);
        TrainingPace Measure(IReadOnlyList<double> level)
        {
            var key = CanonicalJson.Pretty(experiment.Model) + CanonicalJson.Pretty(experiment.Data)
                + FormattableString.Invariant($"{experiment.Training.Batch} {experiment.Training.TrainOnly} ")
                + experiment.Training.Optimizer.Name + string.Join(' ', level);
            if (!measured.TryGetValue(key, out var pace))
            {
                measured[key] = pace =
                    PaceMeasurement.Run(experiment, run.Split, level, run.CompressBelow, threads);
            }

            return pace;
        }

        var dense = Measure(densities[0]);
        return new TimeEstimate(dense, costs[^1] < 1 ? Measure(densities[^1]) : dense, costs);
    }
}
