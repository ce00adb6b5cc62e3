using System.Numerics.Tensors;
using Tombola.Numerics.Random;

namespace Tombola.Pruning;

/// <summary>Scores by |final weight| − |initial weight|: what training shrank goes first.</summary>
/// <remarks>Source: Zhou et al. 2019, "magnitude increase".</remarks>
public sealed class MagnitudeIncreaseCriterion : IPruningCriterion
{
    /// <inheritdoc/>
    public bool Draws => false;

    /// <inheritdoc/>
    public void Score(LayerWeights layer, RandomStream random, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var initial = new float[scores.Length];
        TensorPrimitives.Abs(layer.Initial.Span, initial);
        TensorPrimitives.Abs(layer.Final.Span, scores);
        TensorPrimitives.Subtract(scores, initial, scores);
    }
}
