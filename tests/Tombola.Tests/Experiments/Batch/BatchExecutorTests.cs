using Tombola.Experiments;
using Tombola.Experiments.Batch;

namespace Tombola.Tests.Experiments.Batch;

public sealed class BatchExecutorTests : IDisposable
{
    private static readonly BatchOptions Options = new()
    {
        Poll = TimeSpan.FromMilliseconds(5), Patience = TimeSpan.Zero,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly Stages _stages = new();
    private readonly Watcher _watcher = new();
    private readonly RunStore _store;
    private readonly BatchLedger _ledger;

    public BatchExecutorTests()
    {
        _store = new RunStore(_folder["store"]);
        _ledger = new BatchLedger(_folder["store", "run-1234"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public void Jobs_compute_each_stage_once_and_parents_first(int? mostAtATime)
    {
        var wanted = new[] { "x", "y" }.SelectMany(name => Trial(name)).ToArray();
        var scheduler = Scheduler(wanted);
        var outcomes = Run(scheduler, wanted, Options with { MaxJobs = mostAtATime });
        outcomes.Count.ShouldBe(6);
        outcomes.Values.ShouldAllBe(outcome => outcome == StageOutcome.Computed);
        _stages.Computed.Order().ShouldBe(["x dense", "x mask", "x ticket", "y dense", "y mask", "y ticket"]);
        scheduler.Started.Count.ShouldBe(4, "masks are made where they are needed");
        scheduler.Jobs.Select(job => job.Count).ShouldBe([2, 2]);
        _watcher.Calls.ShouldContain("Computed x ticket");
        var again = Scheduler(wanted);
        Run(again, wanted).Values.ShouldAllBe(outcome => outcome == StageOutcome.Reused);
        again.Jobs.ShouldBeEmpty();
        Directory.GetFiles(_ledger.Folder, "progress-*").ShouldBeEmpty();
    }

    [Fact]
    public void A_second_process_submits_nothing_that_is_queued_and_waits_for_it()
    {
        var wanted = Trial("x");
        var scheduler = Scheduler(wanted);
        scheduler.Runs = false;
        using var stop = new CancellationTokenSource();
        var asked = 0;
        scheduler.Asked = () =>
        {
            if (++asked == 3)
                stop.Cancel();
        };
        Run(scheduler, wanted, cancellation: stop.Token).Values
            .ShouldAllBe(outcome => outcome == StageOutcome.Interrupted);
        scheduler.Jobs.Count.ShouldBe(2);
        RunFromTheSecondQuestionOn(scheduler);
        Run(scheduler, wanted).Values.ShouldAllBe(outcome => outcome == StageOutcome.Computed);
        scheduler.Jobs.Count.ShouldBe(2);
        _watcher.Notices.ShouldContain("2 stages are queued or running on fake already.");
    }

    [Fact]
    public void A_process_that_ended_between_two_jobs_is_completed_by_the_next()
    {
        var wanted = Trial("x");
        var scheduler = Scheduler(wanted);
        scheduler.Runs = false;
        var jobs = 0;
        scheduler.Submitting = () =>
        {
            if (++jobs == 2)
                throw new IOException("The machine is gone.");
        };
        Should.Throw<IOException>(() => Run(scheduler, wanted));
        scheduler.Submitting = () => { };
        RunFromTheSecondQuestionOn(scheduler);
        Run(scheduler, wanted).Values.ShouldAllBe(outcome => outcome == StageOutcome.Computed);
        scheduler.Jobs.Count.ShouldBe(2);
        scheduler.Jobs[1].After.ShouldBe([new BatchDependency("1", 0)]);
        _ledger.Read().Count.ShouldBe(3, "what was written down before it was submitted stays");
    }

    [Fact]
    public void A_failure_is_told_with_its_reason_and_blocks_what_needs_it()
    {
        var bad = _stages.Create("bad", _ => throw new IOException("The disk is full."));
        Stage[] wanted = [_stages.Create("child", bad), .. Trial("x")];
        var outcomes = Run(Scheduler([.. wanted, bad]), wanted);
        outcomes[bad.Id].ShouldBe(StageOutcome.Failed);
        outcomes[wanted[0].Id].ShouldBe(StageOutcome.Blocked);
        outcomes[wanted[^1].Id].ShouldBe(StageOutcome.Computed);
        _watcher.Calls.ShouldContain("Failed bad: The disk is full.");
        _watcher.Calls.ShouldContain("Blocked child");
        // The same run tries again, and what failed before does not stand in its way.
        _ledger.FailureOf(bad.Id).ShouldNotBeNull();
        var good = Scheduler([.. wanted, bad]);
        good.Submitting = () => _ledger.FailureOf(bad.Id).ShouldBeNull();
        Run(good, wanted);
        good.Jobs.Count.ShouldBe(2);
    }

    [Fact]
    public void A_trial_that_ends_is_no_failure_of_the_machine_wherever_it_ended()
    {
        var dense = _stages.Create("dense");
        var mask = new Stage(
            "prune", "mask", "{}", [dense], 0, _ => throw new StageEndException("Layer collapse."));
        var ticket = _stages.Create("ticket", mask);
        var kept = new FailureKeeper();
        var outcomes = new BatchExecutor(_store, _ledger, Scheduler([dense, ticket]), Options, ["tombola"])
            .Run([ticket], kept, CancellationToken.None);
        outcomes[dense.Id].ShouldBe(StageOutcome.Computed);
        outcomes[mask.Id].ShouldBe(StageOutcome.Failed);
        outcomes[ticket.Id].ShouldBe(StageOutcome.Blocked);
        kept.Failures.ShouldHaveSingleItem().ShouldBeOfType<StageEndException>().Message.ShouldBe("Layer collapse.");
    }

    [Fact]
    public void Cancelled_jobs_are_given_up()
    {
        var wanted = Trial("x");
        var scheduler = Scheduler(wanted);
        scheduler.Runs = false;
        scheduler.Asked = () => scheduler.Cancel(["1", "2"]);
        var outcomes = Run(scheduler, wanted);
        StageOutcome[] expected = [StageOutcome.Failed, StageOutcome.Blocked, StageOutcome.Blocked];
        outcomes.Values.ShouldBe(expected, ignoreOrder: true);
        _watcher.Calls.ShouldContain(call => call.Contains("x dense: job 1_0 ended", StringComparison.Ordinal));
    }

    [Fact]
    public void A_scheduler_that_does_not_answer_for_a_while_is_asked_again()
    {
        var wanted = Trial("x");
        var scheduler = Scheduler(wanted);
        var asked = 0;
        scheduler.Asked = () =>
        {
            if (++asked is > 1 and < 5)
                throw new IOException("No answer.");
        };
        Run(scheduler, wanted).Values.ShouldAllBe(outcome => outcome == StageOutcome.Computed);
        _watcher.Notices.ShouldContain("No answer. The jobs go on; it is asked again.");
        _watcher.Notices.Count.ShouldBe(2, "once, and what was submitted");
    }

    [Fact]
    public void Names_of_runs_are_safe_and_tell_stores_apart()
    {
        var name = new BatchLedger("/x/my run, $(rm)%j-1234").Name;
        name.ShouldStartWith("tombola-my-run----rm--j-1234-");
        new BatchLedger("/y/my run, $(rm)%j-1234").Name.ShouldNotBe(name);
    }

    [Fact]
    public void Each_stage_of_a_run_says_how_it_stands()
    {
        var wanted = Trial("x");
        var run = Path.GetDirectoryName(_ledger.Folder)!;
        Directory.CreateDirectory(run);
        RunStages.Write(Path.Combine(run, RunStages.FileName), BatchPlan.Closure(wanted));
        var scheduler = Scheduler(wanted);
        string[] Phases() =>
        [
            .. StageStanding.Of(run, _ledger.Match(scheduler.Jobs.Count == 0 ? [] : scheduler.Tasks(_ledger.Name)))
                .Select(stage => $"{stage.Label} {stage.Phase} {stage.Job}".TrimEnd()),
        ];
        Phases().ShouldBe(["x dense Waiting", "x mask Waiting", "x ticket Waiting"]);
        using var stop = new CancellationTokenSource();
        scheduler.Runs = false;
        scheduler.Submitting = () => stop.CancelAfter(50);
        Run(scheduler, wanted, cancellation: stop.Token);
        Phases().ShouldBe(["x dense Queued 1_0", "x mask Waiting", "x ticket Queued 2_0"]);
        scheduler.Runs = true;
        Phases()[0].ShouldBe("x dense Done");
    }

    private Stage[] Trial(string name)
    {
        var dense = _stages.Create(name + " dense");
        return [dense, _stages.Create(name + " ticket", _stages.Create(name + " mask", 0, dense), dense)];
    }

    private static void RunFromTheSecondQuestionOn(FakeScheduler scheduler)
    {
        var asked = 0;
        scheduler.Asked = () => scheduler.Runs = ++asked > 1;
    }

    private FakeScheduler Scheduler(IReadOnlyList<Stage> stages) => new(_store, _ledger, stages);

    private IReadOnlyDictionary<StageId, StageOutcome> Run(
        FakeScheduler scheduler, Stage[] wanted, BatchOptions? options = null,
        CancellationToken cancellation = default) =>
        new BatchExecutor(_store, _ledger, scheduler, options ?? Options, ["tombola"])
            .Run(wanted, _watcher, cancellation);

    private sealed class FailureKeeper : IExecutionObserver
    {
        public List<Exception> Failures { get; } = [];

        public void Started(Stage stage)
        {
        }

        public void Progressed(Stage stage, StageProgress progress)
        {
        }

        public void Finished(Stage stage, StageOutcome outcome, Exception? failure)
        {
            if (failure is not null)
                Failures.Add(failure);
        }

        public void Noticed(string message)
        {
        }
    }
}
