using Tombola.Formats;
using Tombola.Optim;
using Tombola.Tickets;
using Tombola.Tickets.Xor;
using Tombola.Training;

namespace Tombola.Tests.Tickets;

/// <summary>Freezes the defaults: a changed one would let old stages pass for new ones.</summary>
public sealed class RecipeTests
{
    [Fact]
    public void A_recipe_at_its_defaults_is_empty_and_names_only_what_differs()
    {
        CanonicalJson.Write(new TrainRecipe(), new TrainRecipe()).ShouldBe("{}");
        var training = new TrainingOptions { Steps = 7, Optimizer = new OptimizerOptions { Name = "sgd" } };
        var recipe = new TrainRecipe { KeepStep = 0, Training = training };
        CanonicalJson.Write(recipe, new TrainRecipe())
            .ShouldBe("{\"keep_step\":0,\"training\":{\"optimizer\":{\"name\":\"sgd\"},\"steps\":7}}");
        CanonicalJson.Write(new PruneRecipe { Seed = new Seed(ulong.MaxValue) }, new PruneRecipe())
            .ShouldBe("{\"seed\":\"18446744073709551615\"}");
    }

    [Fact]
    public void The_defaults_are_those_released()
    {
        CanonicalJson.Hash(CanonicalJson.Pretty(new TrainRecipe())).ShouldBe(
            "ee2d05929162e90571e23dd3d4151c704a800c9c9cd23d86ab67137b635b5c2e");
        CanonicalJson.Hash(CanonicalJson.Pretty(new PruneRecipe())).ShouldBe(
            "45fe1aadc77c80e960f573878f068bc8038341272a317e5b248f6c2bb1aea9c4");
    }

    [Fact]
    public void An_experiment_at_its_defaults_names_its_run_by_its_name_alone()
    {
        CanonicalJson.Hash(CanonicalJson.Pretty(new TicketExperiment { Name = "" })).ShouldBe(
            "ea9ad46353b515b198205098d99dabdb1a46d75a18a3021675060b7b8670d7a2");
        CanonicalJson.Write(
            new TicketExperiment { Name = "a", Trials = 2, Controls = [new ControlOptions { Name = "random-reinit" }] },
            new TicketExperiment { Name = "" })
            .ShouldBe("{\"controls\":[{\"draws\":1,\"name\":\"random-reinit\"}],\"name\":\"a\",\"trials\":2}");
    }

    [Fact]
    public void All_presets_bind()
    {
        foreach (var name in Presets.Names)
        {
            var preset = Presets.Open(name);
            var bound = ExperimentKind.Of(preset) == ExperimentKind.Xor
                ? XorFile.Bind(preset).Name
                : ExperimentFile.BindStudy(preset).Name;
            bound.ShouldBe(name);
        }

        var mnist = ExperimentFile.Bind(Presets.Open("lenet-mnist"));
        (mnist.Trials, mnist.Levels, mnist.Training.Steps, mnist.Training.Batch).ShouldBe((5, 20, 50_000, 60));
        mnist.Training.Optimizer.LearningRate.ShouldBe(1.2e-3);
        CanonicalJson.Pretty(mnist.Pruning).ShouldBe(CanonicalJson.Pretty(new PruningOptions()));
        (mnist.RewindStep, mnist.Data.Validation).ShouldBe((0L, 5_000));
        mnist.Controls.Select(control => control.Name).ShouldBe(["random-reinit", "random-mask"]);
    }

    [Fact]
    public void Settings_reach_every_part()
    {
        var root = Presets.Open("quickstart");
        root.Set("training.optimizer.name", "sgd");
        root.Set("training.schedule", "{name: step, milestones: [10, 20], factor: 0.5}");
        root.Set("pruning.schedule", "one-shot");
        root.Set("controls.0.draws", "3");
        root.Set("model", "{name: mlp, hidden: [30, 20], initialiser: normal(0.1)}");
        var experiment = ExperimentFile.Bind(root);
        experiment.Training.Optimizer.Name.ShouldBe("sgd");
        experiment.Training.Schedule.Milestones.ShouldBe([10, 20]);
        experiment.Pruning.Schedule.ShouldBe(PruningSchedule.OneShot);
        experiment.Controls[0].Draws.ShouldBe(3);
        experiment.Model.Hidden.ShouldBe([30, 20]);
    }
}
