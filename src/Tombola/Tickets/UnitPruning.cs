using Tombola.Pruning;
using Tombola.Pruning.Units;
using Tombola.Tensors;

namespace Tombola.Tickets;

/// <summary>Prunes whole hidden units of fully connected networks, with all weights into and out of them.</summary>
/// <remarks>
/// A layer of n units loses <c>round(rate × n)</c> a round, counted and ordered as weights are. The output layer keeps
/// its units. Source: Frankle and Carbin 2018, which prunes units of XOR networks.
/// </remarks>
internal static class UnitPruning
{
    /// <summary>Prunes by a number of rounds' worth in one go.</summary>
    /// <param name="weights">The layers in the order of the forward pass, [outputs, inputs] each.</param>
    /// <param name="score">What scores the units.</param>
    /// <param name="rounds">How many rounds' counts to remove; one or more.</param>
    /// <returns>One mask a layer.</returns>
    /// <exception cref="InputException">A layer does not read the units of the one before.</exception>
    internal static IReadOnlyList<Mask> Prune(IReadOnlyList<LayerWeights> weights, IUnitScore score, int rounds)
    {
        bool[][] survives = [.. weights.Select(layer => layer.Mask.Survives.ToArray())];
        for (var i = 0; i + 1 < weights.Count; i++)
        {
            var (layer, next) = (weights[i], weights[i + 1]);
            RequireChain(layer, next);
            int[] alive = [.. Enumerable.Range(0, layer.Mask.Shape[0]).Where(unit => IsAlive(layer.Mask, unit))];
            double[] scores = [.. alive.Select(unit => score.Score(RowOf(layer, unit), ColumnOf(next, unit)))];
            var kept = UnitPruner.Keep(scores, PruningCounts.Survivors(alive.Length, layer.Rate, rounds));
            foreach (var unit in alive.Except(kept.Select(position => alive[position])))
                Remove(survives[i], survives[i + 1], unit, layer.Mask.Shape, next.Mask.Shape);
        }

        return [.. weights.Zip(survives, (layer, mask) => new Mask(layer.Mask.Shape, mask))];
    }

    /// <summary>Counts the weights that remain at each level, from the dense network on.</summary>
    internal static IReadOnlyList<long> WeightsRemaining(
        IReadOnlyList<PrunableLayer> layers, PruningOptions options, int levels) =>
        [.. Enumerable.Range(0, levels + 1).Select(level => WeightsAt(layers, options, level))];

    private static long WeightsAt(IReadOnlyList<PrunableLayer> layers, PruningOptions options, int level)
    {
        var (inputs, sum) = ((long)layers[0].Shape[1], 0L);
        for (var i = 0; i < layers.Count; i++)
        {
            var rate = i + 1 < layers.Count && layers[i].IsPrunedBy(options) ? options.FullyConnectedRate : 0;
            var units = PruningCounts.Survivors(layers[i].Shape[0], rate, level);
            sum += units * inputs;
            inputs = units;
        }

        return sum;
    }

    private static void RequireChain(LayerWeights layer, LayerWeights next)
    {
        if (layer.Mask.Shape.Rank != 2 || next.Mask.Shape.Rank != 2 || next.Mask.Shape[1] != layer.Mask.Shape[0])
        {
            throw new InputException(
                $"pruning.granularity: unit pruning needs fully connected layers in a row; {next.Name} "
                + $"{next.Mask.Shape} does not read the units of {layer.Name} {layer.Mask.Shape}.");
        }
    }

    private static bool IsAlive(Mask mask, int unit) =>
        mask.Survives.Slice(unit * mask.Shape[1], mask.Shape[1]).Contains(true);

    private static ReadOnlySpan<float> RowOf(LayerWeights layer, int unit) =>
        layer.Final.Span.Slice(unit * layer.Mask.Shape[1], layer.Mask.Shape[1]);

    private static float[] ColumnOf(LayerWeights layer, int unit)
    {
        var column = new float[layer.Mask.Shape[0]];
        for (var row = 0; row < column.Length; row++)
            column[row] = layer.Final.Span[(row * layer.Mask.Shape[1]) + unit];
        return column;
    }

    private static void Remove(bool[] incoming, bool[] outgoing, int unit, Shape shape, Shape next)
    {
        incoming.AsSpan(unit * shape[1], shape[1]).Clear();
        for (var row = 0; row < next[0]; row++)
            outgoing[(row * next[1]) + unit] = false;
    }
}
