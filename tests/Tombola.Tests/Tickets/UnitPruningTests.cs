using Tombola.Pruning;
using Tombola.Pruning.Units;
using Tombola.Tensors;
using Tombola.Tickets;

namespace Tombola.Tests.Tickets;

public sealed class UnitPruningTests : IDisposable
{
    // Three units that read two inputs, and two outputs that read the units.
    private static readonly float[] Incoming = [1, -1, 0.1f, 0.1f, 2, 2];
    private static readonly float[] Outgoing = [3, 0.1f, -1, 3, 0.1f, 1];

    private readonly TicketBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("input-magnitude", 1)]
    [InlineData("output-magnitude", 1)]
    [InlineData("product", 1)]
    public void The_unit_of_lowest_score_goes_with_all_its_weights(string score, int lowest)
    {
        var masks = UnitPruning.Prune(Layers(rate: 0.34), UnitScoreRegistry.Get(score), rounds: 1);
        for (var unit = 0; unit < 3; unit++)
        {
            masks[0].Survives.Slice(unit * 2, 2).ToArray().ShouldAllBe(survives => survives == (unit != lowest));
            new[] { masks[1].Survives[unit], masks[1].Survives[3 + unit] }
                .ShouldAllBe(survives => survives == (unit != lowest));
        }
    }

    [Fact]
    public void Units_pruned_before_count_no_more()
    {
        var layers = Layers(rate: 0.5);
        var first = UnitPruning.Prune(layers, new ProductScore(), 1);
        first[0].Survivors.ShouldBe(2, "round(0.5 × 3) = 2 units go");
        LayerWeights[] next = [.. layers.Zip(first, (layer, mask) => layer with { Mask = mask })];
        UnitPruning.Prune(next, new ProductScore(), 1)[0].Survivors.ShouldBe(0, "midpoints are rounded away from zero");
        UnitPruning.Prune(layers, new ProductScore(), 2)[0].Survivors.ShouldBe(0, "two rounds at once count the same");
    }

    [Fact]
    public void Layers_that_do_not_follow_one_another_are_refused()
    {
        var first = Layers(rate: 0.5)[0];
        LayerWeights[] layers = [first, first with { Name = "fc2.weight" }];
        Should.Throw<InputException>(() => UnitPruning.Prune(layers, new ProductScore(), 1)).Message
            .ShouldContain("fully connected layers in a row");
    }

    [Fact]
    public void A_run_counts_what_its_masks_hold()
    {
        var pruning = new PruningOptions { Granularity = PruningGranularity.Unit, FullyConnectedRate = 0.25 };
        var run = _bench.Prepare(_bench.Experiment with { Pruning = pruning, Controls = [] }).Execute();
        // 12 units, 9, then 7, each with 64 inputs and 4 outputs.
        run.WeightsRemaining().ShouldBe([816, 9 * 68, 7 * 68]);
        foreach (var level in new[] { 1, 2 })
            run.TicketAt(1, level).WeightsRemaining.ShouldBe(run.WeightsRemaining()[level]);
    }

    private static LayerWeights[] Layers(double rate) =>
    [
        new("fc1.weight", Mask.Full(new Shape(3, 2)), Incoming, Incoming, rate),
        new("fc2.weight", Mask.Full(new Shape(2, 3)), Outgoing, Outgoing, 0.1),
    ];
}
