using Tombola.Formats;
using Tombola.Nn;
using Tombola.Pruning;
using Tombola.Tickets;

namespace Tombola.Tests.Tickets;

public sealed class ExperimentFileTests
{
    private const string Every = """
        name: every-key
        description: all of them
        seed: 18
        trials: 3
        levels: 4
        rewind-step: 100
        retraining:
          method: learning-rate-rewinding
        data:
          name: kmnist
          validation: 1234
          normalisation: standard
          augment: flip-crop
        model:
          name: mlp
          hidden: [30, 20]
          initialiser: kaiming-uniform
          batch-norm-scale: uniform
        training:
          steps: 5000
          batch: 32
          evaluate-every: 50
          train-only: output
          optimizer:
            name: rmsprop
            learning-rate: 2.5e-3
            momentum: 0.5
            nesterov: false
            weight-decay: 1e-4
            beta1: 0.8
            beta2: 0.99
            epsilon: 1e-6
            alpha: 0.95
          schedule:
            name: step
            milestones: [1000, 2000]
            factor: 0.5
            warm-up: 10
            final: 0.001
        pruning:
          criterion: random
          scope: global
          schedule: one-shot
          fully-connected-rate: 0.3
          output-rate: 0.15
        controls:
          - name: random-reinit
            draws: 3
        """;

    [Fact]
    public void Every_key_reaches_its_place()
    {
        var e = Bind(Every);
        (e.Name, e.Description, e.Seed, e.Trials, e.Levels, e.RewindStep)
            .ShouldBe(("every-key", "all of them", new Seed(18), 3, 4, 100L));
        e.Data.ShouldBe(new DataOptions
        {
            Name = "kmnist", Validation = 1234, Normalisation = "standard", Augment = "flip-crop",
        });
        e.Retraining.ShouldBe(new RetrainingOptions { Method = RetrainingMethod.LearningRateRewinding });
        (e.Model.Name, e.Model.Initialiser, e.Model.BatchNormScale)
            .ShouldBe(("mlp", "kaiming-uniform", BatchNormScale.Uniform));
        e.Training.TrainOnly.ShouldBe(TrainedPart.Output);
        e.Model.Hidden.ShouldBe([30, 20]);
        (e.Training.Steps, e.Training.Batch, e.Training.EvaluateEvery).ShouldBe((5000L, 32, 50L));
        var optimizer = e.Training.Optimizer;
        (optimizer.Name, optimizer.LearningRate, optimizer.Momentum, optimizer.Nesterov, optimizer.WeightDecay)
            .ShouldBe(("rmsprop", 2.5e-3, 0.5, false, 1e-4));
        (optimizer.Beta1, optimizer.Beta2, optimizer.Epsilon, optimizer.Alpha).ShouldBe((0.8, 0.99, 1e-6, 0.95));
        var schedule = e.Training.Schedule;
        (schedule.Name, schedule.Factor, schedule.WarmUp, schedule.Final).ShouldBe(("step", 0.5, 10L, 0.001));
        schedule.Milestones.ShouldBe([1000, 2000]);
        CanonicalJson.Pretty(e.Pruning).ShouldBe(CanonicalJson.Pretty(new PruningOptions
        {
            Criterion = "random", Scope = PruningScope.Global, Schedule = PruningSchedule.OneShot,
            FullyConnectedRate = 0.3, OutputRate = 0.15,
        }));
        e.Controls.ShouldHaveSingleItem().ShouldBe(new ControlOptions { Name = "random-reinit", Draws = 3 });
    }

    [Fact]
    public void A_name_alone_gives_the_defaults() =>
        CanonicalJson.Pretty(Bind("name: x")).ShouldBe(CanonicalJson.Pretty(new TicketExperiment { Name = "x" }));

    [Fact]
    public void Settings_override_add_and_replace()
    {
        var root = ConfigReader.Parse(Every, "x.yaml");
        root.Set("training.steps", "7000");
        root.Set("training.schedule", "{name: cosine}");
        root.Set("controls", "[]");
        root.Set("model.hidden", "[5]");
        var experiment = ExperimentFile.Bind(root);
        experiment.Training.Steps.ShouldBe(7000);
        experiment.Training.Batch.ShouldBe(32, "its neighbour stays");
        experiment.Training.Schedule.Name.ShouldBe("cosine");
        experiment.Training.Schedule.Milestones.ShouldBeEmpty("the whole mapping was replaced");
        experiment.Controls.ShouldBeEmpty();
        experiment.Model.Hidden.ShouldBe([5]);
        var bare = ConfigReader.Parse("name: x", "x.yaml");
        bare.Set("training.optimizer.beta1", "0.5");
        ExperimentFile.Bind(bare).Training.Optimizer.Beta1.ShouldBe(0.5, "mappings on the way are made");
    }

    [Theory]
    [InlineData("trials: 3", "x.yaml", "name is missing; it has no default")]
    [InlineData("name: x y", "x.yaml: name: expected letters, digits and hyphens, got 'x y'")]
    [InlineData("name: .x", "x.yaml: name: expected letters")]
    [InlineData("name: x\ntrails: 3", "x.yaml:2:1: unknown key 'trails'. Did you mean 'trials'?")]
    [InlineData("name: x\ndata: {nam: y}", "x.yaml:2:8: unknown key 'data.nam'. Did you mean 'name'?")]
    [InlineData("name: x\ntrials: 0", "x.yaml:2:9: trials: expected a whole number from 1 to 100000, got '0'")]
    [InlineData("name: x\nlevels: -1", "x.yaml:2:9: levels: expected a whole number from 0 to 1000, got '-1'")]
    [InlineData("name: x\nlevels: 2.5", "x.yaml:2:9: levels: expected a whole number from 0 to 1000, got '2.5'")]
    [InlineData("name: x\nseed: -3", "x.yaml:2:7: seed: expected a whole number of at least 0, got '-3'")]
    [InlineData("name: x\nmodel: {name: lenet-300}", "model.name: expected one of", "Did you mean 'lenet-300-100'?")]
    [InlineData("name: x\nmodel: {name: mlp}", "x.yaml: model.hidden: mlp needs the sizes")]
    [InlineData("name: x\nmodel: {hidden: 7}", "x.yaml:2:17: model.hidden: expected a list of whole numbers")]
    [InlineData("name: x\nmodel: {name: mlp, hidden: [5, 0]}",
        "x.yaml:2:32: model.hidden.1: expected a whole number of at least 1")]
    [InlineData("name: x\nmodel: {initialiser: glorot}", "x.yaml: ", "glorot")]
    [InlineData("name: x\ntraining: {optimizer: {learning-rate: fast}}",
        "learning-rate: expected a number, got 'fast'")]
    [InlineData("name: x\ntraining: {optimizer: {learning-rate: nan}}", "learning-rate: expected a number, got 'nan'")]
    [InlineData("name: x\ntraining: {optimizer: {learning-rate: 0}}", "x.yaml: ", "learning-rate")]
    [InlineData("name: x\ntraining: {optimizer: {nesterov: yes}}", "nesterov: expected true or false, got 'yes'")]
    [InlineData("name: x\ntraining: {optimizer: {name: adm}}",
        "optimizer.name: expected one of", "Did you mean 'adam'")]
    [InlineData("name: x\ntraining: {schedule: {name: cos}}", "schedule.name: expected one of", "cosine")]
    [InlineData("name: x\npruning: {criterion: magnitud}", "criterion: expected one of", "Did you mean 'magnitude'?")]
    [InlineData("name: x\npruning: {scope: local}", "scope: expected one of layer-wise, global, got 'local'")]
    [InlineData("name: x\npruning: {schedule: once}", "schedule: expected one of iterative,", "got 'once'")]
    [InlineData("name: x\npruning: {output-rate: 20}", "output-rate: expected a number from 0 to 1, got '20'")]
    [InlineData("name: x\ncontrols: {name: random-reinit}", "controls: expected a list")]
    [InlineData("name: x\ncontrols: [random-reinit]", "x.yaml:2:12: controls.0: expected a mapping")]
    [InlineData("name: x\ncontrols: [{draws: 2}]", "controls.0.name is missing")]
    [InlineData("name: x\ncontrols: [{name: reinit}]", "controls.0.name: expected one of constant,")]
    [InlineData("name: x\ncontrols: [{name: random-reinit}, {name: random-reinit}]", "is listed twice; use its draws")]
    [InlineData("name: x\nrewind-step: 50000", "rewind-step: expected less than training.steps (50000), got 50000")]
    [InlineData("name: x\nrewind-step: 5\nrewind-epoch: 1", "rewind-step: expected none beside rewind-epoch, got 5")]
    [InlineData("name: x\nrewind-epoch: -1", "rewind-epoch: expected a number of at least 0, got '-1'")]
    [InlineData("name: x\nretraining: {method: tuning}", "retraining.method: expected one of weight-rewinding,")]
    [InlineData("name: x\nretraining: {method: fine-tuning}", "retraining.steps: fine-tuning needs the number")]
    [InlineData("name: x\nretraining: {steps: 60000}",
        "retraining.steps: expected 1 to training.steps (50000), got 60000")]
    [InlineData("name: x\nretraining: {steps: 0}", "retraining.steps: expected a whole number of at least 1, got '0'")]
    [InlineData("name: x\nrewind-step: 5\nretraining: {steps: 6}", "leave out rewind-step and rewind-epoch")]
    [InlineData("name: x\npruning: {schedule: iterative-continued}\nretraining: {method: fine-tuning, steps: 1}",
        "'iterative-continued' never rewinds")]
    [InlineData("name: x\ntraining: {train-only: bias}", "train-only: expected one of all, batch-norm, output")]
    [InlineData("name: x\ntraining: [1]", "x.yaml:2:11: training: expected a mapping of keys to values, got a list")]
    [InlineData("name: [x]", "x.yaml:1:7: name: expected text, got a list")]
    public void Complaints_name_place_key_expectation_and_value(string yaml, params string[] parts)
    {
        var message = Should.Throw<InputException>(() => Bind(yaml)).Message;
        message.ShouldNotContain("\n");
        foreach (var part in parts)
            message.ShouldContain(part);
    }

    [Fact]
    public void A_place_on_the_command_line_is_named_as_such()
    {
        var root = ConfigReader.Parse("name: x", @"C:\experiments\x.yaml");
        root.Set("rewind-step", "60000");
        Should.Throw<InputException>(() => ExperimentFile.Bind(root))
            .Message.ShouldStartWith(@"C:\experiments\x.yaml: ");
        root.Set("rewind-step", "soon");
        Should.Throw<InputException>(() => ExperimentFile.Bind(root)).Message.ShouldStartWith("--set rewind-step: ");
    }

    [Fact]
    public void Rewinding_is_given_by_step_epoch_or_number_of_steps_to_retrain()
    {
        Bind("name: x\nrewind-epoch: 1.4").RewindEpoch.ShouldBe(1.4);
        Bind("name: x\nretraining: {method: weight-rewinding}").Retraining.ShouldBeNull("the default");
        Bind("name: x\nretraining: {method: fine-tuning, steps: 70000}").Retraining
            .ShouldBe(new RetrainingOptions { Method = RetrainingMethod.FineTuning, Steps = 70_000 });
        var scaled = Scaling.Apply(Bind("name: x\nretraining: {steps: 500}"), 0.1);
        (scaled.Retraining!.Steps, scaled.Training.Steps).ShouldBe((50, 5_000));
        Scaling.Apply(Bind("name: x\nrewind-epoch: 1.4"), 0.5).RewindEpoch.ShouldBe(0.7);
    }

    private static TicketExperiment Bind(string yaml) => ExperimentFile.Bind(ConfigReader.Parse(yaml, "x.yaml"));
}
