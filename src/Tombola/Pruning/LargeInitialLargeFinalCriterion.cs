using Tombola.Numerics.Random;

namespace Tombola.Pruning;

/// <summary>Keeps weights that are large both before and after training.</summary>
/// <remarks>
/// The score is the smaller of two ranks among the layer's survivors, that of |initial weight| and that of
/// |final weight|, as a fraction; so one share of both distributions is cut, as in the search of Zhou et al. 2019 for
/// "large init, large final". Equal magnitudes rank by position.
/// </remarks>
public sealed class LargeInitialLargeFinalCriterion : IPruningCriterion
{
    /// <inheritdoc/>
    public bool Draws => false;

    /// <inheritdoc/>
    public void Score(LayerWeights layer, RandomStream random, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(layer);
        int[] survivors = [.. Enumerable.Range(0, scores.Length).Where(i => layer.Mask.Survives[i])];
        var (initial, final) = (Ranks(layer.Initial.Span, survivors), Ranks(layer.Final.Span, survivors));
        scores.Clear();
        for (var i = 0; i < survivors.Length; i++)
            scores[survivors[i]] = (float)Math.Min(initial[i], final[i]) / survivors.Length;
    }

    private static int[] Ranks(ReadOnlySpan<float> weights, int[] survivors)
    {
        var magnitudes = new float[survivors.Length];
        for (var i = 0; i < survivors.Length; i++)
            magnitudes[i] = Math.Abs(weights[survivors[i]]);
        int[] order = [.. Enumerable.Range(0, survivors.Length)];
        Array.Sort(order, (a, b) => magnitudes[a] != magnitudes[b]
            ? magnitudes[a].CompareTo(magnitudes[b])
            : a.CompareTo(b));
        var ranks = new int[survivors.Length];
        for (var rank = 0; rank < order.Length; rank++)
            ranks[order[rank]] = rank;
        return ranks;
    }
}
