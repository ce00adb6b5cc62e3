using System.Numerics.Tensors;
using Tombola.Numerics.Random;

namespace Tombola.Pruning;

/// <summary>Scores by |initial weight|: what started small goes first, whatever training made of it.</summary>
/// <remarks>
/// Prunes at initialisation in effect. Source: Frankle and Carbin 2019, appendix F.4; Zhou et al. 2019, "large init".
/// </remarks>
public sealed class InitialMagnitudeCriterion : IPruningCriterion
{
    /// <inheritdoc/>
    public bool Draws => false;

    /// <inheritdoc/>
    public void Score(LayerWeights layer, RandomStream random, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(layer);
        TensorPrimitives.Abs(layer.Initial.Span, scores);
    }
}
