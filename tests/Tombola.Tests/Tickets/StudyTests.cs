using Tombola.Formats;
using Tombola.Optim;
using Tombola.Tickets;
using Tombola.Training;

namespace Tombola.Tests.Tickets;

/// <summary>Variants of an experiment, and experiments at a fraction of their size.</summary>
public sealed class StudyTests : IDisposable
{
    private readonly TicketBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Variants_differ_in_their_keys_alone()
    {
        var study = Bind("""
            name: rates
            levels: 3
            variants:
              - {name: slow, set: {pruning.fully-connected-rate: 0.1}}
              - {name: fast, set: {pruning.fully-connected-rate: 0.6, levels: 1}}
            """);
        study.Name.ShouldBe("rates");
        study.Variants.Select(variant => variant.FullName).ShouldBe(["rates/slow", "rates/fast"]);
        study.Variants.Select(variant => variant.Pruning.FullyConnectedRate).ShouldBe([0.1, 0.6]);
        study.Variants.Select(variant => variant.Levels).ShouldBe([3, 1]);
        Bind("name: alone").Variants.ShouldHaveSingleItem().FullName.ShouldBe("alone");
    }

    [Theory]
    [InlineData("variants: [{set: {levels: 1}}]", "variants.0.name is missing")]
    [InlineData("variants: [{name: a/b}]", "expected letters, digits and hyphens, got 'a/b'")]
    [InlineData("variants: [{name: a}, {name: a}]", "'a' is listed twice")]
    [InlineData("variants: [{name: a, set: {level: 1}}]", "unknown key 'level'. Did you mean 'levels'?")]
    [InlineData("variants: [{name: a, sets: {}}]", "unknown key 'variants.0.sets'. Did you mean 'set'?")]
    [InlineData("variants: [{name: a, set: {levels: x}}]", "levels: expected a whole number")]
    public void Complaints_name_the_place(string yaml, string expected) =>
        Should.Throw<InputException>(() => Bind("name: x\n" + yaml)).Message.ShouldContain(expected);

    [Fact]
    public void A_run_shares_stages_between_variants_and_keeps_all_results_in_one_folder()
    {
        var small = _bench.Experiment with { Name = "study", Trials = 1, Levels = 1, Controls = [] };
        var study = new TicketStudy("study", "",
        [
            small with { Variant = "20" },
            small with { Variant = "50", Pruning = new PruningOptions { FullyConnectedRate = 0.5 } },
        ]);
        var run = StudyRun.Prepare(study, _bench.Settings());
        run.Execute();
        run.AnyCompleted.ShouldBeTrue();
        run.Stages.Select(stage => stage.Id).Distinct().Count().ShouldBe(5, "one dense training serves both");
        var rows = RunFolder.ReadResults(run.Folder).Rows;
        rows.Select(row => row.Text("experiment")).Distinct().ShouldBe(["study/20", "study/50"]);
        rows.Count.ShouldBe(4);
        var summary = RunFolder.ReadSummary(run.Folder);
        summary.Variants.Select(variant => variant.Experiment).ShouldBe(["study/20", "study/50"]);
        summary.Variants.ShouldAllBe(variant => variant.Levels.Count == 2);
        var plan = RunPlan.Of(run, _bench.Settings());
        (plan.Trainings, plan.InStore, plan.EstimatedSeconds).ShouldBe((3, 3, 0.0));
        Directory.Exists(Path.Combine(run.Folder, "stages", "50-winning-ticket-trial-1-level-1")).ShouldBeTrue();
    }

    [Fact]
    public void Scaling_shrinks_steps_and_trials_and_marks_the_name()
    {
        var experiment = new TicketExperiment
        {
            Name = "big",
            Trials = 5,
            RewindStep = 500,
            Training = new TrainingOptions
            {
                Steps = 10_000,
                EvaluateEvery = 100,
                Schedule = new ScheduleOptions { Name = "step", Milestones = [5_000, 7_500], WarmUp = 1_000 },
            },
        };
        var scaled = Scaling.Apply(experiment, 0.1);
        (scaled.Name, scaled.Trials, scaled.Scale, scaled.RewindStep).ShouldBe(("big-scale-0.1", 1, 0.1, 50));
        (scaled.Training.Steps, scaled.Training.EvaluateEvery).ShouldBe((1_000, 50));
        (scaled.Training.Schedule.Milestones[1], scaled.Training.Schedule.WarmUp).ShouldBe((750, 100));
        Scaling.Apply(experiment, 1).ShouldBeSameAs(experiment);
        TicketStudy.Of(experiment).Scaled(0.5).Name.ShouldBe("big-scale-0.5");
        Should.Throw<InputException>(() => Scaling.Apply(experiment, 0)).Message.ShouldContain("more than 0");
    }

    private static TicketStudy Bind(string yaml) => ExperimentFile.BindStudy(ConfigReader.Parse(yaml, "x.yaml"));
}
