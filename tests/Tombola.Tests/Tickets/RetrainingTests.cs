using System.Globalization;
using System.Text.Json.Nodes;
using Tombola.Formats;
using Tombola.Optim;
using Tombola.Tickets;

namespace Tombola.Tests.Tickets;

public sealed class RetrainingTests : IDisposable
{
    private readonly TicketBench _bench = new();

    private TicketExperiment Small => _bench.Experiment with
    {
        Controls = [],
        Trials = 1,
        Training = _bench.Experiment.Training with
        {
            EvaluateEvery = 10,
            Optimizer = new OptimizerOptions { Name = "sgd", LearningRate = 0.1, Momentum = 0.9 },
            Schedule = new ScheduleOptions { Name = "step", Milestones = [20, 30] },
        },
    };

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(RetrainingMethod.WeightRewinding, 10, 40, new[] { 0.1, 0.01, 0.001, 0.001 })]
    [InlineData(RetrainingMethod.LearningRateRewinding, 10, 40, new[] { 0.1, 0.01, 0.001, 0.001 })]
    [InlineData(RetrainingMethod.FineTuning, 40, 70, new[] { 0.001, 0.001, 0.001, 0.001 })]
    public void Thirty_steps_are_trained_at_the_methods_learning_rates(
        RetrainingMethod method, long first, long last, double[] rates)
    {
        var run = _bench.Prepare(With(method, 30)).Execute();
        foreach (var level in new[] { 1, 2 })
        {
            var stage = string.Create(CultureInfo.InvariantCulture, $"winning-ticket-trial-1-level-{level}");
            var curve = CsvReader.Read(Path.Combine(run.Folder, "stages", stage, "curves.csv")).Rows;
            (curve[0].Integer("step"), curve[^1].Integer("step")).ShouldBe((first, last));
            // The rate of an evaluation is that of the step before it; the first has none before.
            curve.Skip(1).Select(row => row.Number("learning_rate")).Zip(rates[..^1])
                .ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
        }
    }

    [Theory]
    [InlineData(RetrainingMethod.LearningRateRewinding)]
    [InlineData(RetrainingMethod.FineTuning)]
    public void Survivors_go_on_from_the_weights_that_were_pruned(RetrainingMethod method)
    {
        var run = _bench.Prepare(With(method, 10)).Execute();
        foreach (var level in new[] { 1, 2 })
        {
            var (start, before) = (run.TicketAt(1, level), run.TrainedAt(1, level - 1));
            start.Weights["fc1.bias"].ToArray().ShouldBe(before.Weights["fc1.bias"].ToArray());
            var mask = start.Masks["fc1.weight"];
            var (kept, trained) = (start.Weights["fc1.weight"].ToArray(), before.Weights["fc1.weight"].ToArray());
            var least = trained.Where((_, i) => mask.Survives[i]).Min(Math.Abs);
            trained.Where((_, i) => !mask.Survives[i]).ShouldAllBe(weight => Math.Abs(weight) <= least);
            kept.ShouldBe(trained);
        }
    }

    [Fact]
    public void One_shot_levels_all_go_on_from_the_dense_network()
    {
        var small = With(RetrainingMethod.LearningRateRewinding, 10);
        var nodes = _bench.Prepare(
            small with { Pruning = small.Pruning with { Schedule = PruningSchedule.OneShot } }).Nodes;
        var dense = nodes.Single(node => node.Level == 0).Train;
        nodes.Where(node => node.Level > 0).ShouldAllBe(node => node.Train.Parents[1] == dense);
    }

    [Fact]
    public void Rewinding_weights_by_t_steps_is_rewinding_to_the_step_t_before_the_end()
    {
        var byStep = _bench.Prepare(Small with { RewindStep = 25 }).Stages.Select(stage => stage.Id);
        _bench.Prepare(With(RetrainingMethod.WeightRewinding, 15)).Stages.Select(stage => stage.Id).ShouldBe(byStep);
    }

    [Fact]
    public void An_epoch_has_as_many_steps_as_whole_batches()
    {
        // 400 pictures without 80 for validation in batches of 20: 16 steps; 0.53 of them are 8.48.
        var byStep = _bench.Prepare(Small with { RewindStep = 8 }).Stages.Select(stage => stage.Id);
        _bench.Prepare(Small with { RewindEpoch = 0.53 }).Stages.Select(stage => stage.Id).ShouldBe(byStep);
        Should.Throw<InputException>(() => _bench.Prepare(Small with { RewindEpoch = 2.5 })).Message
            .ShouldBe("rewind-epoch: expected less than the whole training; epoch 2.5 is step 40 of the 40 of "
                + "training.steps.");
    }

    [Fact]
    public void Recipes_of_tickets_that_rewind_weights_are_what_they_were()
    {
        var nodes = _bench.Prepare(Small with { RewindStep = 10 }).Nodes;
        var recipe = JsonNode.Parse(nodes.Single(node => node.Level == 1).Train.Recipe)!.AsObject();
        recipe.Select(pair => pair.Key).ShouldBe(
            ["data", "data_order", "first_step", "initialisation", "model", "training"]);
    }

    private TicketExperiment With(RetrainingMethod method, long steps) =>
        Small with { Retraining = new RetrainingOptions { Method = method, Steps = steps } };
}
