using System.Numerics.Tensors;

namespace Tombola.Pruning.Units;

/// <summary>Scores by the mean |outgoing weight|; with one output, by the magnitude of the one weight.</summary>
/// <remarks>Source: Frankle and Carbin 2018, "output magnitude".</remarks>
internal sealed class OutputMagnitudeScore : IUnitScore
{
    public double Score(ReadOnlySpan<float> incoming, ReadOnlySpan<float> outgoing) =>
        (double)TensorPrimitives.SumOfMagnitudes(outgoing) / outgoing.Length;
}
