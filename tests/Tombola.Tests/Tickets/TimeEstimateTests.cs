using Tombola.Nn.Models;
using Tombola.Tensors;
using Tombola.Tickets;

namespace Tombola.Tests.Tickets;

/// <summary>Checks what is reckoned from measured times; the times themselves depend on the machine.</summary>
public sealed class TimeEstimateTests
{
    [Fact]
    public void A_training_is_its_steps_its_evaluations_and_the_training_set_twice()
    {
        var pace = new TrainingPace(SecondsPerStep: 0.1, SecondsPerExample: 0.001);
        pace.Of(steps: 1000, evaluateEvery: 300, evaluated: 2000, trained: 5000)
            .ShouldBe(100 + (5 * 2) + (2 * 5), 1e-9, "evaluations at the start, at 300, 600, 900 and at the end");
        pace.Of(0, 300, 2000, 5000).ShouldBe(2 + 10, 1e-9);
    }

    [Fact]
    public void Layers_cost_the_same_until_they_are_compressed_and_then_in_proportion_to_their_survivors()
    {
        PrunableLayer[] layers =
        [
            new("a", new Shape(10, 10), LayerKind.Convolution, Positions: 4),
            new("b", new Shape(20, 30), LayerKind.FullyConnected),
        ];
        double[][] densities = [[1, 1], [0.5, 0.5], [0.25, 0.1]];
        var costs = TimeEstimate.CostsOf(layers, densities, new Dictionary<string, double> { ["a"] = 0.5 });
        costs[0].ShouldBe(1);
        costs[1].ShouldBe(((0.7 * 400) + 600) / 1000, 1e-12, "at its limit a layer costs 0.7 of the dense one");
        costs[2].ShouldBe(((0.35 * 400) + 600) / 1000, 1e-12);
    }

    [Fact]
    public void Levels_between_the_two_that_were_measured_lie_between_them()
    {
        var estimate = new TimeEstimate(new TrainingPace(10, 1), new TrainingPace(4, 0.4), [1, 0.8, 0.4]);
        estimate.At(0).ShouldBe(new TrainingPace(10, 1));
        estimate.At(2).ShouldBe(new TrainingPace(4, 0.4));
        estimate.At(1).SecondsPerStep.ShouldBe(8, 1e-12, "a third of what is saved is saved there");
        estimate.At(1).SecondsPerExample.ShouldBe(0.8, 1e-12);
        (estimate with { Costs = [1, 1, 1] }).At(2).ShouldBe(estimate.Dense, "nothing is compressed");
    }

    [Fact]
    public void Wall_time_is_the_work_shared_out_or_the_longest_chain()
    {
        (int Chain, double Seconds)[] trainings = [(1, 10), (1, 20), (2, 5), (3, 5)];
        TimeEstimate.WallSeconds(trainings, 1).ShouldBe(40);
        TimeEstimate.WallSeconds(trainings, 2).ShouldBe(30, "a level waits for the one before");
        TimeEstimate.WallSeconds(Array.Empty<(int, double)>(), 2).ShouldBe(0);
    }
}
