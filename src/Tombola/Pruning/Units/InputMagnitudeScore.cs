using System.Numerics.Tensors;

namespace Tombola.Pruning.Units;

/// <summary>Scores by the mean |incoming weight|.</summary>
/// <remarks>Source: Frankle and Carbin 2018, "input magnitude".</remarks>
internal sealed class InputMagnitudeScore : IUnitScore
{
    public double Score(ReadOnlySpan<float> incoming, ReadOnlySpan<float> outgoing) =>
        (double)TensorPrimitives.SumOfMagnitudes(incoming) / incoming.Length;
}
