using System.Numerics.Tensors;

namespace Tombola.Numerics.Lanewise;

/// <summary>Multiplies by one number.</summary>
internal static class Scaling
{
    /// <summary>Computes <c>result (+)= factor × values</c>.</summary>
    /// <param name="result">Overwritten or added to.</param>
    /// <param name="values">Of the same length.</param>
    /// <param name="factor">The number.</param>
    /// <param name="accumulate">Whether the present content of <paramref name="result"/> is added to.</param>
    internal static void Run(Span<float> result, ReadOnlySpan<float> values, float factor, bool accumulate)
    {
        if (accumulate)
            TensorPrimitives.MultiplyAdd(values, factor, result, result);
        else
            TensorPrimitives.Multiply(values, factor, result);
    }
}
