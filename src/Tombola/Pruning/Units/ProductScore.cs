using System.Numerics.Tensors;

namespace Tombola.Pruning.Units;

/// <summary>Scores by Σ |outgoing weight| × Σ |incoming weight|.</summary>
/// <remarks>
/// Of one rectified unit this bounds what it can add to the outputs for inputs between −1 and 1, its bias apart.
/// Source: Frankle and Carbin 2018, "product", where there is one outgoing weight.
/// </remarks>
internal sealed class ProductScore : IUnitScore
{
    public double Score(ReadOnlySpan<float> incoming, ReadOnlySpan<float> outgoing) =>
        (double)TensorPrimitives.SumOfMagnitudes(outgoing) * TensorPrimitives.SumOfMagnitudes(incoming);
}
