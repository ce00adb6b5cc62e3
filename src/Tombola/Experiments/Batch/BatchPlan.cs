using System.Globalization;

namespace Tombola.Experiments.Batch;

/// <summary>Translates a graph of stages into jobs.</summary>
/// <remarks>
/// <para>
/// A stage that takes time is a task. One that takes none, such as a pruning, is computed by the first task that needs
/// it. Stages that hang together, those of a trial for example, form a lane. Lanes that look alike are put beside each
/// other: their first stages are the tasks of one job, their second ones those of the next, and each task waits for
/// the task of its own lane alone, so no trial waits for another.
/// </para>
/// <para>
/// Where the number of tasks at a time is bounded, lanes are cut across instead: all stages of one depth are a job,
/// which starts when that of the depth before has ended, so that at most one job is under way.
/// </para>
/// </remarks>
internal sealed class BatchPlan
{
    /// <summary>The most tasks of a job: what Slurm allows unless it is set up otherwise.</summary>
    internal const int MostTasks = 1_000;

    private readonly Dictionary<StageId, Stage> _tasks = [];
    private readonly Dictionary<StageId, List<StageId>> _inputs = [];
    private readonly Dictionary<StageId, List<StageId>> _underWay = [];

    private BatchPlan(
        IReadOnlyList<Stage> wanted, IReadOnlySet<StageId> done, IReadOnlySet<StageId> underWay, int? mostAtATime)
    {
        var stages = Closure(wanted);
        var open = stages.Where(stage => !done.Contains(stage.Id) && !underWay.Contains(stage.Id)).ToArray();
        FindTasks(stages, open, underWay);
        foreach (var task in open.Where(stage => _tasks.ContainsKey(stage.Id)))
            FindInputs(task, done, underWay);
        Stage[] tasks = [.. open.Where(stage => _tasks.ContainsKey(stage.Id))];
        Jobs = mostAtATime is null ? Lanes(tasks) : Waves(tasks, underWay);
    }

    /// <summary>The jobs, each after those that it needs.</summary>
    internal IReadOnlyList<PlannedJob> Jobs { get; }

    /// <summary>Plans what is to be submitted.</summary>
    /// <param name="wanted">The stages wanted.</param>
    /// <param name="done">Stages that are in the store.</param>
    /// <param name="underWay">Stages that tasks of earlier submissions compute or will compute.</param>
    /// <param name="mostAtATime">How many tasks may run at a time; null for any number.</param>
    internal static BatchPlan Of(
        IReadOnlyList<Stage> wanted, IReadOnlySet<StageId> done, IReadOnlySet<StageId> underWay, int? mostAtATime) =>
        new(wanted, done, underWay, mostAtATime);

    /// <summary>Lists stages and all that they need, parents first.</summary>
    internal static IReadOnlyList<Stage> Closure(IEnumerable<Stage> wanted)
    {
        var (seen, list) = (new HashSet<StageId>(), new List<Stage>());
        void Add(Stage stage)
        {
            if (!seen.Add(stage.Id))
                return;
            foreach (var parent in stage.Parents)
                Add(parent);
            list.Add(stage);
        }

        foreach (var stage in wanted)
            Add(stage);
        return list;
    }

    // A stage without work is a task only where no task that is to come needs it.
    private void FindTasks(IReadOnlyList<Stage> stages, Stage[] open, IReadOnlySet<StageId> underWay)
    {
        var needed = new HashSet<StageId>();
        var isOpen = open.Select(stage => stage.Id).ToHashSet();
        foreach (var stage in stages.Reverse())
        {
            if (!isOpen.Contains(stage.Id) && !underWay.Contains(stage.Id))
                continue;
            if (isOpen.Contains(stage.Id) && (stage.Work > 0 || !needed.Contains(stage.Id)))
                _tasks[stage.Id] = stage;
            needed.UnionWith(stage.Parents.Select(parent => parent.Id));
        }
    }

    private void FindInputs(Stage task, IReadOnlySet<StageId> done, IReadOnlySet<StageId> underWay)
    {
        var (inputs, waits) = (_inputs[task.Id] = [], _underWay[task.Id] = []);
        var seen = new HashSet<StageId>();
        var ahead = new Stack<Stage>(task.Parents);
        while (ahead.TryPop(out var stage))
        {
            if (!seen.Add(stage.Id) || done.Contains(stage.Id))
                continue;
            if (underWay.Contains(stage.Id))
                waits.Add(stage.Id);
            else if (_tasks.ContainsKey(stage.Id))
                inputs.Add(stage.Id);
            else
                stage.Parents.ToList().ForEach(ahead.Push);
        }
    }

    private List<PlannedJob> Lanes(Stage[] tasks)
    {
        var lanes = tasks.GroupBy(LaneOf(tasks)).Select(lane => lane.ToArray()).ToArray();
        var jobs = new List<PlannedJob>();
        foreach (var alike in lanes.GroupBy(ShapeOf).SelectMany(family => family.Chunk(MostTasks)))
        {
            var (first, lane) = (jobs.Count, alike[0]);
            var positions = PositionsIn(lane);
            for (var p = 0; p < lane.Length; p++)
            {
                jobs.Add(new PlannedJob(
                    [.. alike.Select(other => other[p])],
                    [.. _inputs[lane[p].Id].Select(input => first + positions[input]).Order()], Before: null,
                    _underWay[lane[p].Id]));
            }
        }

        return jobs;
    }

    private List<PlannedJob> Waves(Stage[] tasks, IReadOnlySet<StageId> underWay)
    {
        var depths = new Dictionary<StageId, int>();
        foreach (var task in tasks)
            depths[task.Id] = _inputs[task.Id].Select(input => depths[input] + 1).DefaultIfEmpty(0).Max();
        var jobs = new List<PlannedJob>();
        foreach (var wave in tasks.GroupBy(task => depths[task.Id]).OrderBy(wave => wave.Key))
        {
            foreach (var part in wave.Chunk(MostTasks))
                jobs.Add(new PlannedJob(part, [], jobs.Count - 1, []));
        }

        if (jobs.Count > 0)
            jobs[0] = jobs[0] with { Before = null, UnderWay = [.. underWay] };
        return jobs;
    }

    /// <summary>Finds the tasks that hang together.</summary>
    private Func<Stage, StageId> LaneOf(Stage[] tasks)
    {
        var roots = tasks.ToDictionary(task => task.Id, task => task.Id);
        StageId Root(StageId id) => roots[id] == id ? id : roots[id] = Root(roots[id]);
        foreach (var task in tasks)
        {
            foreach (var input in _inputs[task.Id])
                roots[Root(input)] = Root(task.Id);
        }

        return task => Root(task.Id);
    }

    private string ShapeOf(Stage[] lane)
    {
        var positions = PositionsIn(lane);
        // What waits for others' tasks is alike only where it waits for the same ones.
        return string.Join(';', lane.Select(stage => string.Join(
            ' ', _inputs[stage.Id].Select(input => positions[input]).Order()
                .Select(position => position.ToString(CultureInfo.InvariantCulture))
                .Append(stage.Kind)
                .Concat(_underWay[stage.Id].Select(id => id.Value).Order(StringComparer.Ordinal)))));
    }

    private static Dictionary<StageId, int> PositionsIn(Stage[] lane) =>
        lane.Select((stage, position) => (stage.Id, position)).ToDictionary(pair => pair.Id, pair => pair.position);
}
