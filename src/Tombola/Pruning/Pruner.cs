using System.Runtime.InteropServices;
using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Pruning;

/// <summary>Removes the lowest-scored survivors of a network.</summary>
/// <remarks>
/// A scope of n survivors loses exactly <see cref="PruningCounts.Removed"/> a round; equal scores go in the order of
/// their position (layer by layer for the global scope), so a mask never depends on how sorting treats ties. A score
/// that is not a number counts as the lowest. Pruned weights never come back.
/// </remarks>
public sealed class Pruner
{
    private readonly IPruningCriterion _criterion;
    private readonly PruningScope _scope;

    /// <summary>Creates a pruner.</summary>
    /// <param name="criterion">What scores the weights.</param>
    /// <param name="scope">Which weights compete.</param>
    public Pruner(IPruningCriterion criterion, PruningScope scope)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        _criterion = criterion;
        _scope = scope;
    }

    /// <summary>
    /// Prunes by a number of rounds' worth in one go; one round is iterative pruning, more is one-shot.
    /// </summary>
    /// <remarks>For the global scope the rate is the one rate that all layers share.</remarks>
    /// <param name="layers">The prunable layers with their rates; not modified.</param>
    /// <param name="rounds">How many rounds' counts to remove; one or more.</param>
    /// <param name="seed">For criteria that draw at random.</param>
    /// <returns>One mask a layer, in the order given.</returns>
    /// <exception cref="InputException">The global scope was given layers of different rates.</exception>
    public IReadOnlyList<Mask> Prune(IReadOnlyList<LayerWeights> layers, int rounds, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        return _scope == PruningScope.Global
            ? PruneScope(layers, GlobalRate(layers), rounds, seed)
            : [.. layers.SelectMany(layer => PruneScope([layer], layer.Rate, rounds, seed))];
    }

    private static double GlobalRate(IReadOnlyList<LayerWeights> layers)
    {
        var rates = layers.Select(layer => layer.Rate).Distinct().ToArray();
        return rates.Length <= 1
            ? rates.FirstOrDefault()
            : throw new InputException(
                "Global pruning needs one rate for all layers: set one pruning rate, or the layer-wise scope.");
    }

    private List<Mask> PruneScope(IReadOnlyList<LayerWeights> layers, double rate, int rounds, Seed seed)
    {
        var keys = new List<ulong>();
        var survivors = new List<bool[]>();
        var offset = 0;
        foreach (var layer in layers)
        {
            var scores = new float[layer.Mask.Shape.Count];
            _criterion.Score(layer, new RandomStream(seed, "prune/" + layer.Name), scores);
            var survives = layer.Mask.Survives;
            for (var i = 0; i < scores.Length; i++)
            {
                if (survives[i])
                    keys.Add(((ulong)Ordered(scores[i]) << 32) | (uint)(offset + i));
            }

            survivors.Add(survives.ToArray());
            offset += scores.Length;
        }

        CollectionsMarshal.AsSpan(keys).Sort();
        var removed = keys.Count - PruningCounts.Survivors(keys.Count, rate, rounds);
        foreach (var key in keys.Take(removed))
            Remove(survivors, (int)(uint)key);
        return [.. layers.Zip(survivors, (layer, survives) => new Mask(layer.Mask.Shape, survives))];
    }

    private static void Remove(List<bool[]> survivors, int position)
    {
        foreach (var layer in survivors)
        {
            if (position < layer.Length)
            {
                layer[position] = false;
                return;
            }

            position -= layer.Length;
        }
    }

    /// <summary>Maps floats to integers of the same order, so that score and position make one sortable key.</summary>
    private static uint Ordered(float score)
    {
        if (float.IsNaN(score))
            return 0;
        var bits = BitConverter.SingleToUInt32Bits(score + 0f);
        return (bits & 0x8000_0000) != 0 ? ~bits : bits | 0x8000_0000;
    }
}
