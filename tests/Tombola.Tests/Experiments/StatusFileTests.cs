using Tombola.Experiments;
using Tombola.Tests.Tickets;

namespace Tombola.Tests.Experiments;

/// <summary>What a run tells those who watch it from outside.</summary>
public sealed class StatusFileTests : IDisposable
{
    private readonly TicketBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_finished_run_says_so_and_how_many_trainings_it_had()
    {
        var run = _bench.Prepare().Execute();
        var status = StatusFile.Read(run.Folder)!;
        (status.State, status.Trainings, status.Ended, status.Fraction).ShouldBe((RunState.Finished, 10, 10, 1.0));
        (status.Process, status.Stages.Count).ShouldBe((Environment.ProcessId, 0));
        status.Updated.ShouldBeGreaterThanOrEqualTo(status.Started);
    }

    [Fact]
    public void While_a_training_goes_on_its_label_and_points_can_be_read_and_results_grow()
    {
        var run = _bench.Prepare();
        RunStatus? seen = null;
        var results = "";
        var observer = new Pausing(() =>
        {
            // The training waits here, as a slow one would, while another thread writes.
            for (var i = 0; i < 200; i++)
            {
                seen = StatusFile.Read(run.Folder);
                results = File.ReadAllText(Path.Combine(run.Folder, "results.csv"));
                if (seen is { Ended: > 0, Stages: [{ Points.Count: > 0 }, ..] } && results.Contains("completed"))
                    return;
                Thread.Sleep(25);
            }
        });
        run.Execute(observer);
        seen!.State.ShouldBe(RunState.Running);
        seen.Stages.ShouldContain(stage => stage.Label.Contains(" · trial ") && stage.Total == 40);
        seen.Stages[0].Points[0].Value.ShouldBeInRange(0, 1);
        results.ShouldContain("completed");
        results.ShouldContain("not run");
    }

    [Fact]
    public void An_interrupted_run_says_so()
    {
        using var stop = new CancellationTokenSource();
        var run = _bench.Prepare();
        Should.Throw<OperationCanceledException>(() => run.Execute(new Pausing(stop.Cancel), stop.Token));
        StatusFile.Read(run.Folder)!.State.ShouldBe(RunState.Interrupted);
    }

    [Fact]
    public void A_stage_that_reports_much_is_thinned_out_evenly()
    {
        var trace = new StageTrace(new Stage("train", "long", "{}", [], 1, _ => { }));
        for (var i = 0; i < 10_000; i++)
            trace.Add(new StageProgress(i, 10_000, "", i));
        var points = trace.Read().Points;
        points.Count.ShouldBeInRange(100, 256);
        var gaps = points.Zip(points.Skip(1), (one, next) => next.Done - one.Done).Distinct().ToArray();
        gaps.ShouldHaveSingleItem();
        points.ShouldAllBe(point => point.Value == point.Done);
    }

    /// <summary>Does something once, at the first report after a training has ended.</summary>
    private sealed class Pausing(Action act) : IExecutionObserver
    {
        private bool _ended;
        private bool _done;

        public void Started(Stage stage)
        {
        }

        public void Progressed(Stage stage, StageProgress progress)
        {
            if (!_ended || _done)
                return;
            _done = true;
            act();
        }

        public void Finished(Stage stage, StageOutcome outcome, Exception? failure) => _ended |= stage.Work > 0;

        public void Noticed(string message)
        {
        }
    }
}
