using System.Numerics.Tensors;
using Tombola.Numerics.Random;

namespace Tombola.Pruning;

/// <summary>Scores by |final weight − initial weight|: what training moved least goes first.</summary>
/// <remarks>Source: Zhou et al. 2019, "movement".</remarks>
public sealed class MovementCriterion : IPruningCriterion
{
    /// <inheritdoc/>
    public bool Draws => false;

    /// <inheritdoc/>
    public void Score(LayerWeights layer, RandomStream random, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(layer);
        TensorPrimitives.Subtract(layer.Final.Span, layer.Initial.Span, scores);
        TensorPrimitives.Abs(scores, scores);
    }
}
