using Tombola.Numerics.Random;

namespace Tombola.Pruning;

/// <summary>Scores weights; pruning removes the lowest scores of a scope.</summary>
/// <remarks>One criterion is one file here and one line in <see cref="CriterionRegistry"/>.</remarks>
public interface IPruningCriterion
{
    /// <summary>Whether scores depend on the randomness that <see cref="Score"/> is given.</summary>
    /// <remarks>Only then does the seed belong to what names the outcome.</remarks>
    bool Draws { get; }

    /// <summary>Scores the weights of one layer.</summary>
    /// <param name="layer">The layer's weights.</param>
    /// <param name="random">Randomness of this layer, for criteria that draw.</param>
    /// <param name="scores">One entry a weight, overwritten; scores of pruned weights are ignored.</param>
    void Score(LayerWeights layer, RandomStream random, Span<float> scores);
}
