using System.Numerics.Tensors;
using Tombola.Numerics.Random;

namespace Tombola.Pruning;

/// <summary>Scores by |final weight|: the smallest go first.</summary>
/// <remarks>Source: Han et al. 2015; the criterion of Frankle and Carbin 2019, §2.</remarks>
public sealed class MagnitudeCriterion : IPruningCriterion
{
    /// <inheritdoc/>
    public bool Draws => false;

    /// <inheritdoc/>
    public void Score(LayerWeights layer, RandomStream random, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(layer);
        TensorPrimitives.Abs(layer.Final.Span, scores);
    }
}
