using Tombola.Experiments;

namespace Tombola.Tests.Experiments;

public sealed class LocalExecutorTests : IDisposable
{
    private static readonly ExecutorOptions Options = new()
    {
        Leases = new LeaseOptions { Expiry = TimeSpan.FromSeconds(0.5), Poll = TimeSpan.FromSeconds(0.05) },
    };

    private readonly TemporaryFolder _folder = new();
    private readonly Stages _stages = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Computes_parents_first_and_nothing_twice(int jobs)
    {
        var root = _stages.Create("root");
        Stage a = _stages.Create("a", root), b = _stages.Create("b", root);
        Stage[] wanted = [_stages.Create("leaf", a, b), a, _stages.Create("b", root)];
        var outcomes = Run(wanted, jobs: jobs);
        outcomes.Count.ShouldBe(4, "the root was not asked for but is needed");
        outcomes.Values.ShouldAllBe(outcome => outcome == StageOutcome.Computed);
        _stages.Computed.Order().ShouldBe(["a", "b", "leaf", "root"]);
        (_stages.Computed[0], _stages.Computed[^1]).ShouldBe(("root", "leaf"));
        Run(wanted, jobs: jobs).Values.ShouldAllBe(outcome => outcome == StageOutcome.Reused);
        _stages.Computed.Count.ShouldBe(4);
    }

    [Fact]
    public void The_head_of_the_longest_remaining_chain_goes_first()
    {
        var early = _stages.Create("early", 3);
        var head = _stages.Create("head", 1);
        var next = _stages.Create("next", 2, head);
        var last = _stages.Create("last", 2, next);
        Run([early, last], jobs: 1);
        _stages.Computed.ShouldBe(["head", "next", "early", "last"]);
    }

    [Fact]
    public void Several_stages_run_at_a_time_but_no_more_than_asked()
    {
        using var together = new Barrier(2);
        var (running, most) = (0, 0);
        var gate = new Lock();
        Stage[] stages =
        [
            .. Enumerable.Range(0, 4).Select(i => _stages.Create($"{i}", _ =>
            {
                lock (gate)
                    most = Math.Max(most, ++running);
                together.SignalAndWait(TimeSpan.FromSeconds(10)).ShouldBeTrue();
                lock (gate)
                    running--;
            })),
        ];
        Run(stages, jobs: 2).Values.ShouldAllBe(outcome => outcome == StageOutcome.Computed);
        most.ShouldBe(2);
    }

    [Fact]
    public void A_failure_blocks_those_that_need_it_and_no_others()
    {
        var broken = _stages.Create("broken", _ => throw new InvalidOperationException("no"));
        Stage child = _stages.Create("child", broken), other = _stages.Create("other");
        Stage grandchild = _stages.Create("grandchild", child, other), cousin = _stages.Create("cousin", other);
        var watcher = new Watcher();
        var outcomes = Run([grandchild, cousin], watcher, jobs: 1);
        outcomes[broken.Id].ShouldBe(StageOutcome.Failed);
        outcomes[child.Id].ShouldBe(StageOutcome.Blocked);
        outcomes[grandchild.Id].ShouldBe(StageOutcome.Blocked);
        outcomes[cousin.Id].ShouldBe(StageOutcome.Computed);
        watcher.Calls.ShouldContain("Failed broken: no");
        watcher.Calls.ShouldContain("Blocked child");
        watcher.Calls.ShouldContain("Blocked grandchild");
        watcher.Calls.ShouldNotContain("started child");
        Leftovers().ShouldBeEmpty();
        Run([broken])[broken.Id].ShouldBe(StageOutcome.Failed, "a failure is not kept");
    }

    [Fact]
    public void The_observer_hears_of_each_stage_from_start_to_end()
    {
        var parent = _stages.Create("parent", context =>
        {
            context.Report(new StageProgress(1, 2, "half"));
            context.Report(new StageProgress(2, 2, "whole"));
        });
        var child = _stages.Create("child", parent);
        var (first, second) = (new Watcher(), new Watcher());
        Run([child], first);
        first.Calls.ShouldBe([
            "started parent", "parent 1/2 half", "parent 2/2 whole", "Computed parent", "started child",
            "Computed child"]);
        Run([child], second);
        second.Calls.ShouldBe(["Reused parent", "Reused child"]);
    }

    [Fact]
    public void The_observer_is_spoken_to_by_one_thread_at_a_time()
    {
        Stage[] stages =
        [
            .. Enumerable.Range(0, 8).Select(i => _stages.Create($"{i}", context =>
            {
                for (var step = 0; step < 50; step++)
                    context.Report(new StageProgress(step, 50, ""));
            })),
        ];
        var watcher = new Watcher();
        Run(stages, watcher, jobs: 4).Values.ShouldAllBe(outcome => outcome == StageOutcome.Computed);
        watcher.Calls.Count.ShouldBe(8 * 52);
    }

    [Fact]
    public void Interruption_keeps_what_was_finished_and_leaves_nothing_else()
    {
        using var stop = new CancellationTokenSource();
        var first = _stages.Create("first");
        var second = _stages.Create("second", context =>
        {
            File.WriteAllText(Path.Combine(context.Folder, "half.txt"), "");
            stop.Cancel();
            context.Cancellation.ThrowIfCancellationRequested();
        }, first);
        Stage third = _stages.Create("third", second), other = _stages.Create("other");
        var outcomes = new LocalExecutor(new RunStore(_folder.Path), new ExecutorOptions { Jobs = 1 })
            .Run([third, other], new Watcher(), stop.Token);
        outcomes[first.Id].ShouldBe(StageOutcome.Computed);
        foreach (var stage in new[] { second, third, other })
            outcomes[stage.Id].ShouldBe(StageOutcome.Interrupted, stage.Label);
        Leftovers().ShouldBeEmpty();
        new RunStore(_folder.Path).Find(first.Id).ShouldNotBeNull();
        new RunStore(_folder.Path).Find(second.Id).ShouldBeNull();
    }

    [Fact]
    public void A_run_that_was_stopped_before_it_began_computes_nothing()
    {
        var stage = _stages.Create("a");
        var outcomes = new LocalExecutor(new RunStore(_folder.Path), new ExecutorOptions { Jobs = 2 })
            .Run([stage], new Watcher(), new CancellationToken(canceled: true));
        outcomes[stage.Id].ShouldBe(StageOutcome.Interrupted);
        _stages.Computed.ShouldBeEmpty();
    }

    [Fact]
    public void What_a_live_process_computes_is_waited_for_while_others_are_computed()
    {
        var held = _stages.Create("held");
        var watcher = new Watcher();
        var lease = new Leases(new LeaseOptions()).TryTake(new RunStore(_folder.Path).WorkFolderOf(held.Id), out _);
        var other = _stages.Create("other", _ => lease!.Dispose());
        Run([held, other], watcher, jobs: 1).Values.ShouldAllBe(outcome => outcome == StageOutcome.Computed);
        _stages.Computed.ShouldBe(["other", "held"]);
        watcher.Notices.ShouldHaveSingleItem().ShouldContain("what it computes is waited for and shared");
    }

    [Fact]
    public void A_stage_taken_over_by_another_process_is_given_up_and_its_result_awaited()
    {
        var store = new RunStore(_folder.Path);
        var attempts = 0;
        Stage? stage = null;
        stage = _stages.Create("slow", context =>
        {
            if (attempts++ > 0)
                return;
            var successor = Path.Combine(store.WorkFolderOf(stage!.Id), "lease-2");
            Directory.CreateDirectory(successor);
            context.Cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(20)).ShouldBeTrue("it was taken over");
            context.Cancellation.ThrowIfCancellationRequested();
        });
        Run([stage])[stage.Id].ShouldBe(StageOutcome.Computed, "the successor left nothing and fell silent");
        attempts.ShouldBe(2);
        Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public void What_killed_processes_left_half_written_is_removed_and_their_checkpoints_are_used()
    {
        var store = new RunStore(_folder.Path);
        string? found = null;
        var stage = _stages.Create("a", context => found = context.Checkpoints.Latest);
        var half = store.Begin(stage.Id);
        new StageCheckpoints(store.WorkFolderOf(stage.Id), half, TimeSpan.FromMinutes(1), _ => { })
            .Save(7, folder => File.WriteAllText(Path.Combine(folder, "state"), "seven"));
        Run([stage])[stage.Id].ShouldBe(StageOutcome.Computed);
        found.ShouldNotBeNull().ShouldEndWith("7");
        Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_wanted_is_nothing_done() => Run([]).ShouldBeEmpty();

    private string[] Leftovers() => Directory.GetFileSystemEntries(_folder["work"]);

    private IReadOnlyDictionary<StageId, StageOutcome> Run(
        IReadOnlyList<Stage> stages, Watcher? watcher = null, int jobs = 3) =>
        new LocalExecutor(new RunStore(_folder.Path), Options with { Jobs = jobs })
            .Run(stages, watcher ?? new Watcher(), CancellationToken.None);
}
