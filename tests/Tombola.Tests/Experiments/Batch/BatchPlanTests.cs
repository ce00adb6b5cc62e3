using Tombola.Experiments;
using Tombola.Experiments.Batch;

namespace Tombola.Tests.Experiments.Batch;

public sealed class BatchPlanTests
{
    private static readonly HashSet<StageId> None = [];

    private readonly Stages _stages = new();

    [Fact]
    public void Trials_that_look_alike_become_arrays_whose_tasks_wait_for_their_own_trial()
    {
        var trials = new[] { "x", "y", "z" }.Select(Trial).ToArray();
        var plan = BatchPlan.Of([.. trials.SelectMany(trial => trial)], None, None, null);
        Described(plan).ShouldBe(
        [
            "x0 y0 z0 after -", "x1 y1 z1 after 0", "x1control y1control z1control after 0", "x2 y2 z2 after 0 1",
        ]);
    }

    [Fact]
    public void A_stage_without_work_is_computed_by_the_task_that_needs_it()
    {
        var plan = BatchPlan.Of(Trial("x"), None, None, null);
        plan.Jobs.SelectMany(job => job.Stages).ShouldNotContain(stage => stage.Work == 0);
        var lonely = _stages.Create("mask", 0, _stages.Create("dense"));
        Described(BatchPlan.Of([lonely], None, None, null)).ShouldBe(["dense after -", "mask after 0"]);
    }

    [Fact]
    public void What_is_in_the_store_is_left_out_and_what_is_under_way_is_waited_for()
    {
        var (one, other) = (Trial("x"), Trial("y"));
        var done = Ids(one, "x0");
        var plan = BatchPlan.Of([.. one, .. other], done, Ids(other, "y0", "y1"), null);
        Described(plan).ShouldBe(
        [
            "x1 after -", "x2 after 0", "x1control after -", "y1control after - waits y0", "y2 after - waits y0 y1",
        ], ignoreOrder: true);
        var all = BatchPlan.Closure(one).Select(stage => stage.Id).ToHashSet();
        BatchPlan.Of(one, all, None, null).Jobs.ShouldBeEmpty();
    }

    [Fact]
    public void Lanes_of_other_shapes_get_jobs_of_their_own()
    {
        var shorter = _stages.Create("short", _stages.Create("base"));
        var plan = BatchPlan.Of([.. Trial("x"), shorter, .. Trial("y")], None, None, null);
        Described(plan).ShouldContain("base after -");
        Described(plan).ShouldContain("x0 y0 after -");
        plan.Jobs.Count.ShouldBe(6);
    }

    [Fact]
    public void A_bound_on_tasks_at_a_time_makes_each_depth_wait_for_the_one_before()
    {
        var earlier = _stages.Create("earlier");
        Stage[] wanted = [.. Trial("x"), .. Trial("y"), earlier];
        var plan = BatchPlan.Of(wanted, None, Ids(wanted, "earlier"), 3);
        Described(plan).ShouldBe(
        [
            "x0 y0 after - waits earlier", "x1 x1control y1 y1control before 0", "x2 y2 before 1",
        ]);
    }

    [Theory]
    [InlineData(null, 3)]
    [InlineData(2, 3)]
    public void No_job_has_more_tasks_than_schedulers_take(int? mostAtATime, int jobs)
    {
        Stage[] many = [.. Enumerable.Range(0, (2 * BatchPlan.MostTasks) + 1).Select(i => _stages.Create($"{i}"))];
        var plan = BatchPlan.Of(many, None, None, mostAtATime);
        plan.Jobs.Select(job => job.Stages.Count).ShouldBe([BatchPlan.MostTasks, BatchPlan.MostTasks, 1]);
        plan.Jobs.Count.ShouldBe(jobs);
        plan.Jobs.SelectMany(job => job.Stages).Distinct().Count().ShouldBe(many.Length);
    }

    [Fact]
    public void Parents_come_before_those_that_need_them()
    {
        var order = BatchPlan.Closure(Trial("x").Reverse()).ToList();
        order.ShouldAllBe(stage => stage.Parents.All(parent => order.IndexOf(parent) < order.IndexOf(stage)));
        order.Count.ShouldBe(6);
    }

    /// <summary>Two levels: dense, pruned, trained, with a control at the first.</summary>
    private Stage[] Trial(string name)
    {
        var dense = _stages.Create(name + "0");
        var mask = _stages.Create(name + "1mask", 0, dense);
        var first = _stages.Create(name + "1", mask, dense);
        var control = _stages.Create(name + "1control", mask, dense);
        var next = _stages.Create(name + "2", _stages.Create(name + "2mask", 0, first, mask), dense);
        return [dense, first, control, next];
    }

    private static HashSet<StageId> Ids(IEnumerable<Stage> stages, params string[] labels) =>
        [.. BatchPlan.Closure(stages).Where(stage => labels.Contains(stage.Label)).Select(stage => stage.Id)];

    private string[] Described(BatchPlan plan) => [.. plan.Jobs.Select(Describe)];

    private string Describe(PlannedJob job)
    {
        var text = string.Join(' ', job.Stages.Select(stage => stage.Label));
        text += job.Before is { } before ? $" before {before}"
            : " after " + (job.Corresponding.Count == 0 ? "-" : string.Join(' ', job.Corresponding));
        return job.UnderWay.Count == 0
            ? text
            : text + " waits " + string.Join(' ', job.UnderWay.Select(id => LabelOf(id)).Order(StringComparer.Ordinal));
    }

    private string LabelOf(StageId id) =>
        new[] { "x", "y" }.SelectMany(Trial).SelectMany(stage => BatchPlan.Closure([stage]))
            .Append(_stages.Create("earlier")).First(stage => stage.Id == id).Label;
}
