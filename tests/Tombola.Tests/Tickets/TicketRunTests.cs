using Tombola.Experiments;
using Tombola.Optim;
using Tombola.Nn.Models;
using Tombola.Tickets;
using Tombola.Training;

namespace Tombola.Tests.Tickets;

/// <summary>Runs a small experiment from end to end.</summary>
public sealed class TicketRunTests : IDisposable
{
    private readonly TicketBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Results_do_not_depend_on_jobs_or_threads()
    {
        var one = TicketRun.Prepare(_bench.Experiment, _bench.Settings("one", jobs: 1)).Execute();
        var many = TicketRun.Prepare(_bench.Experiment, _bench.Settings("many", jobs: 3) with { Threads = 2 })
            .Execute();
        one.Results.Count.ShouldBe(10);
        many.Results.Select(WithoutTimes).ShouldBe(one.Results.Select(WithoutTimes));
        string[] files = [.. Outputs(_bench["one"])];
        files.Length.ShouldBe(10 + 4 + 2, "final weights, masks, starts");
        Outputs(_bench["many"]).ShouldBe(files);
        foreach (var file in files)
        {
            File.ReadAllBytes(Path.Combine(_bench["many"], file)).ShouldBe(
                File.ReadAllBytes(Path.Combine(_bench["one"], file)), file);
        }
    }

    [Fact]
    public void A_run_folder_holds_what_is_documented()
    {
        var run = _bench.Prepare().Execute();
        Path.GetFileName(run.Folder).ShouldStartWith("small-");
        File.ReadLines(Path.Combine(run.Folder, "results.csv")).Count().ShouldBe(1 + 10);
        var read = RunFolder.ReadSummary(run.Folder);
        read.Levels.Select(level => (level.Branch, level.Level, level.WeightsRemaining)).ShouldBe([
            ("winning-ticket", 0, 816), ("winning-ticket", 1, 657), ("winning-ticket", 2, 530),
            ("random-reinit", 1, 657), ("random-reinit", 2, 530)]);
        read.Levels.ShouldBe(run.Summary.Levels);
        var links = Path.Combine(run.Folder, "stages");
        Directory.GetDirectories(links).Length.ShouldBe(10);
        File.Exists(Path.Combine(links, "winning-ticket-trial-2-level-1", "curves.csv")).ShouldBeTrue();
        RunFolder.Find(_bench["runs"], "sma").ShouldBe(run.Folder);
        File.ReadAllText(Path.Combine(run.Folder, "experiment.json")).ShouldContain("\"fully_connected_rate\": 0.2");
    }

    [Fact]
    public void Controls_with_masks_of_their_own_are_counted_by_them_and_pruned_layers_alone_shrink()
    {
        var experiment = _bench.Experiment with
        {
            Levels = 1,
            Controls = [new() { Name = "invert" }, new() { Name = "random-mask" }, new() { Name = "keep-training" }],
            Pruning = new PruningOptions { Layers = [LayerKind.FullyConnected] },
        };
        var run = _bench.Prepare(experiment).Execute();
        run.Results.ShouldAllBe(row => row.Completed);
        long Remaining(string branch) =>
            run.Results.First(row => row.Branch == branch && row.Level == 1).WeightsRemaining;
        run.TicketAt(1, 1).Masks["fc2.weight"].Density.ShouldBe(1, "the output layer is spared");
        var ticket = Remaining("winning-ticket");
        ticket.ShouldBe(run.TicketAt(1, 1).WeightsRemaining);
        Remaining("random-mask").ShouldBe(ticket);
        Remaining("invert").ShouldBe(816 - ticket);
    }

    [Fact]
    public void Links_follow_when_the_same_description_leads_to_other_stages()
    {
        var run = _bench.Prepare().Execute();
        var link = Path.Combine(run.Folder, "stages", "winning-ticket-trial-1-level-1");
        var before = Path.GetFileName(new DirectoryInfo(link).LinkTarget!);
        Directory.Delete(Path.Combine(_bench["runs"], "stages"), recursive: true); // Leaves the links dangling.
        var compressed = TicketRun.Prepare(_bench.Experiment, _bench.Settings() with { Sparse = SparseMode.On });
        compressed.Execute().Folder.ShouldBe(run.Folder);
        var after = Path.GetFileName(new DirectoryInfo(link).LinkTarget!);
        after.ShouldNotBe(before);
        after.ShouldBe(compressed.Results.Single(
            row => row is { Branch: "winning-ticket", Trial: 1, Level: 1 }).Stage);
    }

    [Fact]
    public void Tickets_carry_the_dense_start_and_a_nested_mask()
    {
        var run = _bench.Prepare().Execute();
        var dense = run.TicketAt(1, 0);
        dense.Masks.ShouldBeEmpty();
        dense.Density.ShouldBe(1);
        Ticket first = run.TicketAt(1, 1), second = run.TicketAt(1, 2);
        (first.WeightsRemaining, second.WeightsRemaining, second.WeightsTotal).ShouldBe((657, 530, 816));
        using var model = run.CreateModel();
        second.ApplyTo(model);
        var started = Weights.Capture(model);
        foreach (var (name, mask) in second.Masks)
        {
            for (var i = 0; i < mask.Shape.Count; i++)
            {
                started[name].Span[i].ShouldBe(mask.Survives[i] ? dense.Weights[name].Span[i] : 0);
                (mask.Survives[i] && !first.Masks[name].Survives[i]).ShouldBeFalse("what is pruned stays pruned");
            }
        }

        var trained = run.TrainedAt(1, 2);
        foreach (var (name, mask) in trained.Masks)
            trained.Weights[name].ToArray().Where((_, i) => !mask.Survives[i]).ShouldAllBe(weight => weight == 0);
        run.TicketAt(2, 0).Weights["fc1.weight"].ToArray().ShouldNotBe(dense.Weights["fc1.weight"].ToArray());
    }

    [Fact]
    public void Rewound_tickets_carry_the_weights_of_the_step()
    {
        var run = _bench.Prepare(_bench.Experiment with { RewindStep = 10, Controls = [], Trials = 1 }).Execute();
        var start = _bench.Prepare(_bench.Experiment with { Controls = [], Trials = 1 }).Execute();
        var rewound = run.TicketAt(1, 1);
        rewound.Weights["fc1.weight"].ToArray().ShouldNotBe(start.TicketAt(1, 1).Weights["fc1.weight"].ToArray());
        rewound.Masks["fc1.weight"].ShouldBe(
            start.TicketAt(1, 1).Masks["fc1.weight"], "the dense training was the same");
        run.Results.Single(row => row.Level == 1).Training!.Final!.Step.ShouldBe(40);
        File.ReadLines(Path.Combine(run.Folder, "stages", "winning-ticket-trial-1-level-1", "curves.csv"))
            .ElementAt(1).ShouldStartWith("10,");
    }

    [Fact]
    public void A_second_run_computes_nothing()
    {
        var first = _bench.Prepare().Execute();
        var outcomes = new Outcomes();
        var second = _bench.Prepare().Execute(outcomes);
        outcomes.Counts.ShouldBe(new Dictionary<StageOutcome, int> { [StageOutcome.Reused] = 14 });
        second.Results.Select(row => row.Training!.Seconds)
            .ShouldBe(first.Results.Select(row => row.Training!.Seconds));
        second.Results.Select(WithoutTimes).ShouldBe(first.Results.Select(WithoutTimes));
    }

    [Fact]
    public void A_diverged_trial_leaves_the_others_alone()
    {
        var dense = _bench.Prepare(_bench.Experiment with { Levels = 0 }).Execute();
        LetDiverge(dense.Nodes.Single(node => node.Trial == 2).Train, step: 7);
        var run = _bench.Prepare().Execute();
        run.Results.Where(row => row.Trial == 1).ShouldAllBe(row => row.Completed);
        run.Results.Where(row => row.Trial == 2).Select(row => row.Status).Distinct().ShouldBe([
            "diverged at step 7", "not run: The training diverged at step 7; there is nothing to prune."]);
        run.Summary.Levels.ShouldAllBe(level => level.Trials == 1 && level.Failed == 1);
        File.ReadLines(Path.Combine(run.Folder, "results.csv")).Count(
            row => row.Contains(",completed,", StringComparison.Ordinal)).ShouldBe(5);
    }

    [Fact]
    public void Where_all_diverge_there_is_no_verdict_and_later_levels_say_why()
    {
        var run = _bench.Prepare(_bench.Experiment with { Training = Wild }).Execute();
        foreach (var row in run.Results)
        {
            if (row.Level == 0)
                row.Status.ShouldStartWith("diverged at step ");
            else
                row.Status.ShouldStartWith("not run: The training diverged at step ");
            row.Completed.ShouldBeFalse();
        }

        run.Failures.ShouldBeEmpty("divergence is a result, not a failure");
        run.Summary.Levels.ShouldAllBe(level => level.Verdict == null && level.Trials == 0);
        run.Summary.Levels[0].Failed.ShouldBe(2);
        var exception = Should.Throw<InputException>(() => run.TicketAt(1, 1));
        exception.Message.ShouldContain("trial 1 has no level 1");
        Should.Throw<InputException>(() => run.TrainedAt(1, 0));
    }

    [Fact]
    public void An_interrupted_run_goes_on_where_it_stopped()
    {
        using var stop = new CancellationTokenSource();
        var run = TicketRun.Prepare(_bench.Experiment, _bench.Settings(jobs: 1));
        var stopping = new Outcomes { Finished = () => stop.Cancel() };
        Should.Throw<OperationCanceledException>(() => run.Execute(stopping, stop.Token));
        run.Results.Count(row => row.Completed).ShouldBe(1);
        run.Results.Count(row => row.Status == "not run").ShouldBe(9);
        var rest = new Outcomes();
        var resumed = _bench.Prepare().Execute(rest);
        rest.Counts[StageOutcome.Reused].ShouldBe(1);
        var whole = _bench.Prepare(store: "whole").Execute();
        resumed.Results.Select(WithoutTimes).ShouldBe(whole.Results.Select(WithoutTimes));
    }

    [Theory]
    [InlineData("trials: expected 1 or more")]
    [InlineData("levels: expected 0 or more")]
    [InlineData("training.steps: expected 1 or more")]
    [InlineData("training.evaluate-every: expected 1 or more")]
    [InlineData("rewind-step: expected less than training.steps (40), got 40")]
    [InlineData("pruning.output-rate: expected 0 to 1, got 1.5")]
    [InlineData("batch of 0")]
    [InlineData("validation examples")]
    [InlineData("'random-reinit' is listed twice")]
    [InlineData("draws of control 'random-reinit': expected 1 or more")]
    [InlineData("Unknown control 'reinit'")]
    [InlineData("Unknown pruning criterion 'magnitud'. Did you mean 'magnitude'?")]
    [InlineData("name: expected letters, digits and hyphens")]
    public void An_experiment_built_wrongly_is_refused_before_anything_is_computed(string complaint)
    {
        var small = _bench.Experiment;
        var control = small.Controls[0];
        var wrong = complaint[..5] switch
        {
            "trial" => small with { Trials = 0 },
            "level" => small with { Levels = -1 },
            "train" when complaint.Contains("steps") => small with { Training = small.Training with { Steps = 0 } },
            "train" => small with { Training = small.Training with { EvaluateEvery = 0 } },
            "rewin" => small with { RewindStep = 40 },
            "pruni" => small with { Pruning = small.Pruning with { OutputRate = 1.5 } },
            "batch" => small with { Training = small.Training with { Batch = 0 } },
            "valid" => small with { Data = small.Data with { Validation = 400 } },
            "'rand" => small with { Controls = [control, control] },
            "draws" => small with { Controls = [control with { Draws = 0 }] },
            "Unkno" when complaint.Contains("control") => small with { Controls = [new() { Name = "reinit" }] },
            "Unkno" => small with { Pruning = small.Pruning with { Criterion = "magnitud" } },
            _ => small with { Name = "../elsewhere" },
        };
        Should.Throw<InputException>(() => _bench.Prepare(wrong)).Message.ShouldContain(complaint);
        Directory.Exists(_bench["runs"]).ShouldBeFalse();
    }

    private TrainingOptions Wild => _bench.Experiment.Training with
    {
        Optimizer = new OptimizerOptions { Name = "sgd", LearningRate = 1e30 },
    };

    /// <summary>Rewrites a finished training as one that diverged.</summary>
    private void LetDiverge(Stage stage, long step)
    {
        var folder = new RunStore(_bench["runs"]).FolderOf(stage.Id);
        var result = TrainingFiles.ReadResult(folder) with
        {
            DivergedAt = step, Final = null, FinalTrainAccuracy = null,
        };
        TrainingFiles.Write(folder, result);
        File.Delete(Path.Combine(folder, "stage.json"));
        StageManifest.Write(stage, folder);
    }

    /// <summary>What may not differ between two runs: all but the wall times.</summary>
    private static object WithoutTimes(LevelResult row) => (
        row.Branch, row.Trial, row.Level, row.WeightsRemaining, row.WeightsTotal, row.Status, row.Stage,
        row.Training!.EarlyStop! with { Seconds = 0 }, row.Training.Final! with { Seconds = 0 },
        row.Training.EarlyStopTrainAccuracy, row.Training.FinalTrainAccuracy);

    private static IEnumerable<string> Outputs(string store) =>
        Directory.EnumerateFiles(Path.Combine(store, "stages"), "*.safetensors", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(store, file)).Order(StringComparer.Ordinal);

    private sealed class Outcomes : IExecutionObserver
    {
        public Dictionary<StageOutcome, int> Counts { get; } = [];

        public Action Finished { get; init; } = () => { };

        void IExecutionObserver.Started(Stage stage)
        {
        }

        void IExecutionObserver.Progressed(Stage stage, StageProgress progress)
        {
        }

        void IExecutionObserver.Finished(Stage stage, StageOutcome outcome, Exception? failure)
        {
            Counts[outcome] = Counts.GetValueOrDefault(outcome) + 1;
            Finished();
        }

        void IExecutionObserver.Noticed(string message)
        {
        }
    }
}
