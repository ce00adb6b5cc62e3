using System.Numerics.Tensors;
using Tombola.Numerics.Memory;

namespace Tombola.Numerics.Lanewise;

/// <summary>The squared distance of a batch from its targets.</summary>
internal static class SquaredLoss
{
    /// <summary>Computes <c>2 (x − t)</c> for each element and the sum of their squared distances.</summary>
    /// <param name="slopes">[rows, lanes], overwritten; padding lanes are set to zero.</param>
    /// <param name="x">[rows, lanes].</param>
    /// <param name="targets">[rows, lanes].</param>
    /// <param name="batch">Examples; lanes beyond are ignored.</param>
    /// <param name="lanes">The batch padded to 16.</param>
    /// <returns>The sum of <c>(x − t)²</c>, accumulated in float64 in a fixed order.</returns>
    internal static double Run(FloatBuffer slopes, FloatBuffer x, FloatBuffer targets, int batch, int lanes)
    {
        TensorPrimitives.Subtract(x.Span, targets.Span, slopes.Span);
        var sum = 0.0;
        for (var start = 0; start < slopes.Length; start += lanes)
        {
            var distances = slopes.Span.Slice(start, lanes);
            distances[batch..].Clear();
            sum += SumOfSquares(distances);
        }

        TensorPrimitives.Multiply(slopes.Span, 2, slopes.Span);
        return sum;
    }

    // Four sums at a time keep the processor busy; the order is the same on every machine.
    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        var (s0, s1, s2, s3) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < values.Length; i += 4)
        {
            double a = values[i], b = values[i + 1], c = values[i + 2], d = values[i + 3];
            s0 += a * a;
            s1 += b * b;
            s2 += c * c;
            s3 += d * d;
        }

        return (s0 + s1) + (s2 + s3);
    }
}
