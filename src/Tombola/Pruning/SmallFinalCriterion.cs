using System.Numerics.Tensors;
using Tombola.Numerics.Random;

namespace Tombola.Pruning;

/// <summary>Scores by −|final weight|: the largest go first, the opposite of magnitude pruning.</summary>
/// <remarks>A control of the criterion itself. Source: Zhou et al. 2019, "small final".</remarks>
public sealed class SmallFinalCriterion : IPruningCriterion
{
    /// <inheritdoc/>
    public bool Draws => false;

    /// <inheritdoc/>
    public void Score(LayerWeights layer, RandomStream random, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(layer);
        TensorPrimitives.Abs(layer.Final.Span, scores);
        TensorPrimitives.Negate(scores, scores);
    }
}
