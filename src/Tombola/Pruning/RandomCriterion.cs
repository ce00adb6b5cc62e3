using Tombola.Numerics.Random;

namespace Tombola.Pruning;

/// <summary>Scores at random: any survivor may go.</summary>
/// <remarks>The baseline of Frankle and Carbin 2019, figure 1.</remarks>
public sealed class RandomCriterion : IPruningCriterion
{
    /// <inheritdoc/>
    public bool Draws => true;

    /// <inheritdoc/>
    public void Score(LayerWeights layer, RandomStream random, Span<float> scores) =>
        random.FillUniform(scores, 0, 1);
}
