using FsCheck;
using FsCheck.Fluent;
using Tombola.Numerics.Random;
using Tombola.Pruning;
using Tombola.Tensors;

namespace Tombola.Tests.Pruning;

/// <summary>Holds the pruner to a naive twin on weights full of ties, zeros and things that are no numbers.</summary>
public sealed class PrunerTwinTests
{
    private static readonly float[] Values =
        [-2f, -1f, -0.5f, -0f, 0f, 0.5f, 1f, 2f, float.NaN, float.PositiveInfinity];

    private static readonly float[] Four = [1, 2, 3, 4];

    [Theory]
    [InlineData(PruningScope.LayerWise)]
    [InlineData(PruningScope.Global)]
    public void Agrees_with_a_stable_sort(PruningScope scope)
    {
        Prop.ForAll(Networks().ToArbitrary(), network =>
        {
            LayerWeights[] layers = [.. network.Layers.Select((layer, i) => Layer(i, layer, network.Rate))];
            var masks = new Pruner(new MagnitudeCriterion(), scope).Prune(layers, network.Rounds, new Seed(1));
            var expected = scope == PruningScope.Global
                ? Twin(layers, network.Rate, network.Rounds)
                : [.. layers.SelectMany(layer => Twin([layer], network.Rate, network.Rounds))];
            return masks.Zip(expected).All(pair => pair.First.Survives.SequenceEqual(pair.Second));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Equal_scores_of_all_layers_go_in_order_of_layer_and_position()
    {
        LayerWeights[] layers = [Full("z", [1, 1]), Full("a", [1, 1, 1]), Full("m", [1])];
        var masks = new Pruner(new MagnitudeCriterion(), PruningScope.Global).Prune(layers, 1, new Seed(1));
        masks.SelectMany(mask => mask.Survives.ToArray()).ShouldBe([false, false, false, true, true, true]);
    }

    [Fact]
    public void Negative_scores_go_before_positive_ones()
    {
        var pruner = new Pruner(new SignedCriterion(), PruningScope.LayerWise);
        float[] scores = [0.5f, -1f, float.NegativeInfinity, 0f, -0.25f, float.NaN];
        Removed(pruner, scores, 1 / 6.0).ShouldBe([5]);
        Removed(pruner, scores, 2 / 6.0).ShouldBe([2, 5]);
        Removed(pruner, scores, 4 / 6.0).ShouldBe([1, 2, 4, 5]);
    }

    [Fact]
    public void Rate_zero_keeps_the_mask_and_rate_one_leaves_nothing()
    {
        foreach (var scope in Enum.GetValues<PruningScope>())
        {
            var pruner = new Pruner(new MagnitudeCriterion(), scope);
            LayerWeights layer = new("w", new Mask(new Shape(4), [true, false, true, true]), Four, Four, 0);
            pruner.Prune([layer], 3, new Seed(1))[0].ShouldBe(layer.Mask);
            pruner.Prune([layer with { Rate = 1 }], 1, new Seed(1))[0].Survivors.ShouldBe(0);
        }
    }

    [Fact]
    public void Nothing_is_pruned_of_nothing()
    {
        new Pruner(new MagnitudeCriterion(), PruningScope.Global).Prune([], 1, new Seed(1)).ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(
            () => new Pruner(new MagnitudeCriterion(), PruningScope.LayerWise).Prune([], 0, new Seed(1)));
    }

    private static Gen<(Weight[][] Layers, double Rate, int Rounds)> Networks()
    {
        var weight = Gen.Elements(Values).SelectMany(value => Gen.Choose(0, 3).Select(n => new Weight(value, n > 0)));
        return weight.ArrayOf().ArrayOf().SelectMany(
            layers => Gen.Choose(0, 20).SelectMany(
                twentieths => Gen.Choose(1, 3).Select(rounds => (layers, twentieths / 20.0, rounds))));
    }

    /// <summary>Sorts survivors by magnitude, stably, and drops the first.</summary>
    private static bool[][] Twin(LayerWeights[] layers, double rate, int rounds)
    {
        bool[][] survives = [.. layers.Select(layer => layer.Mask.Survives.ToArray())];
        var order = layers
            .SelectMany((layer, l) => layer.Final.ToArray().Select((value, i) => (l, i, value)))
            .Where(weight => survives[weight.l][weight.i])
            .OrderBy(weight => float.IsNaN(weight.value) ? -1 : Math.Abs(weight.value))
            .ToArray();
        var gone = order.Length - PruningCounts.Survivors(order.Length, rate, rounds);
        foreach (var (l, i, _) in order.Take(gone))
            survives[l][i] = false;
        return survives;
    }

    private static int[] Removed(Pruner pruner, float[] scores, double rate)
    {
        var survives = pruner.Prune([Full("w", scores) with { Rate = rate }], 1, new Seed(1))[0].Survives.ToArray();
        return [.. Enumerable.Range(0, scores.Length).Where(i => !survives[i])];
    }

    private static LayerWeights Full(string name, float[] weights) =>
        new(name, Mask.Full(new Shape(weights.Length)), weights, weights, 0.5);

    private static LayerWeights Layer(int index, Weight[] weights, double rate)
    {
        float[] values = [.. weights.Select(weight => weight.Value)];
        var mask = new Mask(new Shape(weights.Length), [.. weights.Select(weight => weight.Survives)]);
        return new LayerWeights($"layer{index}", mask, values, values, rate);
    }

    private sealed record Weight(float Value, bool Survives);

    /// <summary>The weight itself, as criteria with signs score.</summary>
    private sealed class SignedCriterion : IPruningCriterion
    {
        public bool Draws => false;

        public void Score(LayerWeights layer, RandomStream random, Span<float> scores) =>
            layer.Final.Span.CopyTo(scores);
    }
}
