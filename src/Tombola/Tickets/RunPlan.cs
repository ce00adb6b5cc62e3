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
    /// <summary>Plans a run; measures for about a second where anything is left to compute.</summary>
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
            seen.Count - left, left == 0 ? 0 : Estimate(missing, settings).TotalSeconds);
    }

    private static IEnumerable<PlannedLevel> LevelsOf(TicketRun run, TicketNode[] nodes)
    {
        var remaining = run.WeightsRemaining();
        return remaining.Select((weights, level) => new PlannedLevel(
            run.Experiment.FullName, level, weights, (double)weights / remaining[0],
            nodes.Count(node => node.Level == level)));
    }

    private static TimeSpan Estimate((TicketRun Variant, TicketNode[] Nodes)[] missing, RunSettings settings)
    {
        var cores = Math.Max(1, Environment.ProcessorCount / settings.Threads);
        var (sum, longest) = (TimeSpan.Zero, TimeSpan.Zero);
        var measured = new Dictionary<string, TimeEstimate>();
        foreach (var (run, nodes) in missing.Where(part => part.Nodes.Length > 0))
        {
            var experiment = run.Experiment;
            var key = CanonicalJson.Pretty(experiment.Model) + experiment.Training.Batch + experiment.Data.Name;
            if (!measured.TryGetValue(key, out var estimate))
                measured[key] = estimate = TimeEstimate.Measure(experiment, run.Split, settings.Threads);
            // The levels of a trial follow one another where each prunes what the one before has trained.
            var chain = experiment.Pruning.Schedule == PruningSchedule.OneShot
                ? Math.Min(2, nodes.Length)
                : nodes.GroupBy(node => (node.Branch, node.Trial)).Max(group => group.Count());
            sum += estimate.Of(experiment.Training, nodes.Length, chain: 1, atATime: 1);
            var own = estimate.Of(experiment.Training, chain, chain, atATime: 1);
            longest = own > longest ? own : longest;
        }

        var shared = sum / Math.Min(settings.Jobs, cores);
        return shared > longest ? shared : longest;
    }
}
