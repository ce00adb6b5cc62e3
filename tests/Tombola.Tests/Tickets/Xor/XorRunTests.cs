using Tombola.Experiments;
using Tombola.Formats;
using Tombola.Tests.Experiments;
using Tombola.Tickets;
using Tombola.Tickets.Xor;

namespace Tombola.Tests.Tickets.Xor;

/// <summary>Runs small experiments on XOR and holds them to the procedure of the paper.</summary>
public sealed class XorRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static XorExperiment Sizes => new()
    {
        Name = "sizes", Trials = 100, Hidden = [8, 2], Training = new XorTrainingOptions { Steps = 3000 },
    };

    private static XorExperiment Strategies => Sizes with
    {
        Name = "strategies", Hidden = [5],
        Pruning = new XorPruningOptions
        {
            To = [2, 3],
            Strategies =
            [
                new XorStrategy(PruningSchedule.OneShot, "product"),
                new XorStrategy(PruningSchedule.Iterative, "product"),
            ],
        },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Larger_networks_learn_it_more_often()
    {
        var rows = Run(Sizes).Summary.Rows;
        rows.Select(row => (row.Strategy, row.Hidden, row.Units, row.Status)).ShouldBe(
            [("unpruned", 8, 8, "completed"), ("unpruned", 2, 2, "completed")]);
        rows[0].ZeroLoss!.Rate.ShouldBeGreaterThan(0.7);
        rows[1].ZeroLoss!.Rate.ShouldBeLessThan(0.5);
        foreach (var row in rows)
        {
            row.DecisionBoundary!.Successes.ShouldBeGreaterThanOrEqualTo(row.DecisionBoundaryStrict!.Successes);
            row.DecisionBoundaryStrict!.Successes.ShouldBeGreaterThanOrEqualTo(row.ZeroLoss!.Successes);
        }

        rows[0].Published.ShouldBe(new XorPublished(0.968, 0.875));
    }

    [Fact]
    public void Strategies_start_from_one_training_and_report_the_sizes_asked_for()
    {
        var run = Run(Strategies);
        run.Summary.Rows.Select(row => (row.Strategy, row.Units)).ShouldBe(
        [
            ("one-shot-product", 5), ("one-shot-product", 3), ("one-shot-product", 2),
            ("iterative-product", 5), ("iterative-product", 3), ("iterative-product", 2),
        ]);
        run.Summary.Rows[3].Stage.ShouldBe(run.Summary.Rows[0].Stage);
        // 5; at once 3 and 2; one by one 4, 3 and 2.
        run.Stages.Count.ShouldBe(6);
    }

    [Fact]
    public void Each_cycle_removes_the_lowest_unit_and_resets_the_others()
    {
        var run = Run(Strategies);
        var child = run.Stages.Single(stage => stage.Label == "iterative-product · 3 hidden units");
        var parent = child.Parents.Single();
        var (start, trained) = (Weights(parent, "start"), Weights(parent, "final"));
        var (reset, masks) = (Weights(child, "start"), (Mask(child), Mask(parent)));
        for (var trial = 0; trial < start.Trials; trial++)
        {
            double[] scores =
            [
                .. Enumerable.Range(0, 4).Select(unit => Math.Abs(trained.Outgoing(trial, unit)[0])
                    * (Math.Abs(trained.Incoming(trial, unit)[0]) + Math.Abs(trained.Incoming(trial, unit)[1]))),
            ];
            var lowest = Array.IndexOf(scores, scores.Min());
            int[] stay = [.. Enumerable.Range(0, 4).Where(unit => unit != lowest)];
            for (var i = 0; i < 3; i++)
            {
                reset.Incoming(trial, i).SequenceEqual(start.Incoming(trial, stay[i])).ShouldBeTrue();
                reset.Outgoing(trial, i).SequenceEqual(start.Outgoing(trial, stay[i])).ShouldBeTrue();
            }

            var had = Positions(masks.Item2, trial);
            Positions(masks.Item1, trial).ShouldBe(stay.Select(unit => had[unit]));
        }
    }

    [Fact]
    public void Bits_depend_neither_on_jobs_nor_on_threads()
    {
        var one = XorRun.Prepare(Strategies, Settings("one", jobs: 1, threads: 1)).Execute();
        var many = XorRun.Prepare(Strategies, Settings("many", jobs: 3, threads: 2)).Execute();
        CanonicalJson.Pretty(many.Summary).ShouldBe(CanonicalJson.Pretty(one.Summary));
        foreach (var stage in one.Stages)
        {
            foreach (var file in Directory.EnumerateFiles(FolderOf("one", stage)))
            {
                File.ReadAllBytes(Path.Combine(FolderOf("many", stage), Path.GetFileName(file)))
                    .ShouldBe(File.ReadAllBytes(file));
            }
        }
    }

    [Fact]
    public void What_is_there_is_not_computed_again()
    {
        Run(Strategies);
        var watcher = new Watcher();
        var rescored = Strategies with { Scoring = new XorScoringOptions { Tolerance = 0.2 } };
        XorRun.Prepare(rescored, Settings("store")).Execute(watcher);
        watcher.Calls.ShouldAllBe(call => call.StartsWith("Reused", StringComparison.Ordinal));
        XorPlan.Of(XorRun.Prepare(Strategies, Settings("store")), Settings("store")).EstimatedSeconds.ShouldBe(0);
    }

    [Fact]
    public void A_plan_counts_the_trainings_between_and_computes_nothing()
    {
        var settings = Settings("store");
        var plan = XorPlan.Of(XorRun.Prepare(Strategies, settings), settings);
        (plan.Trainings, plan.InStore, plan.Trials).ShouldBe((6, 0, 100));
        plan.EstimatedSeconds.ShouldBeGreaterThan(0);
        Directory.Exists(settings.Output).ShouldBeFalse();
    }

    [Fact]
    public void A_run_leaves_its_description_its_table_and_links()
    {
        var run = Run(Sizes);
        ExperimentKind.OfRun(run.Folder).ShouldBe("xor");
        CanonicalJson.Pretty(XorRunFolder.ReadSummary(run.Folder)).ShouldBe(CanonicalJson.Pretty(run.Summary));
        var row = RunFolder.ReadResults(run.Folder).Rows[0];
        row.Integer("trials").ShouldBe(100);
        row.Number("zero_loss").ShouldBe(run.Summary.Rows[0].ZeroLoss!.Rate);
        row.Number("published_zero_loss").ShouldBe(0.875);
        var trials = CsvReader.Read(Path.Combine(run.Folder, "stages", "unpruned-8-to-8-units", "trials.csv"));
        trials.Rows.Count.ShouldBe(100);
        trials.Rows.Average(trial => trial.Number("loss")).ShouldBe(run.Summary.Rows[0].MeanLoss!.Value, 1e-12);
    }

    [Fact]
    public void A_fraction_has_fewer_trials_and_steps_and_another_name()
    {
        var fraction = Strategies.Scaled(0.1);
        (fraction.Name, fraction.Trials, fraction.Training.Steps).ShouldBe(("strategies-scale-0.1", 10, 300));
        fraction.Pruning.To.ShouldBe(Strategies.Pruning.To);
        Strategies.Scaled(0.00001).Trials.ShouldBe(1);
        Should.Throw<InputException>(() => Strategies.Scaled(2));
    }

    [Fact]
    public void Units_are_reset_each_cycle_and_never_trained_on()
    {
        var continued = new XorStrategy(PruningSchedule.IterativeContinued, "product");
        var experiment = Strategies with { Pruning = new XorPruningOptions { To = [2], Strategies = [continued] } };
        Should.Throw<InputException>(() => XorRun.Prepare(experiment, Settings("store")))
            .Message.ShouldContain("pruning.strategies: expected iterative or one-shot schedules");
    }

    [Fact]
    public void A_stopped_run_says_so_and_leaves_what_it_has()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var run = XorRun.Prepare(Sizes, Settings("store"));
        Should.Throw<OperationCanceledException>(() => run.Execute(null, stop.Token));
        run.Summary.Rows.ShouldAllBe(row => row.Status == "not run" && row.ZeroLoss == null);
    }

    private XorRun Run(XorExperiment experiment) => XorRun.Prepare(experiment, Settings("store")).Execute();

    private RunSettings Settings(string store, int jobs = 2, int threads = 1) =>
        new() { Output = Path.Combine(_folder.Path, store), Jobs = jobs, Threads = threads };

    private string FolderOf(string store, Stage stage) =>
        new RunStore(Path.Combine(_folder.Path, store)).FolderOf(stage.Id);

    private XorNetworks Weights(Stage stage, string name) =>
        XorNetworks.Load(Path.Combine(FolderOf("store", stage), $"{name}.safetensors"));

    private NamedTensor Mask(Stage stage) =>
        Safetensors.Read(Path.Combine(FolderOf("store", stage), "mask.safetensors"))["hidden"];

    private static int[] Positions(NamedTensor mask, int trial)
    {
        var (units, survives) = (mask.Shape[1], mask.ToBooleans());
        return [.. Enumerable.Range(0, units).Where(unit => survives[(trial * units) + unit])];
    }
}
