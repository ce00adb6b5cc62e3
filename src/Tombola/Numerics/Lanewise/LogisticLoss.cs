using System.Numerics.Tensors;
using Tombola.Numerics.Memory;

namespace Tombola.Numerics.Lanewise;

/// <summary>Binary cross-entropy of logits.</summary>
internal static class LogisticLoss
{
    private const int BlockLanes = 256;

    /// <summary>Computes <c>sigmoid z − t</c> for each element and the sum of their losses.</summary>
    /// <remarks>
    /// The loss of an element, <c>−t log sigmoid z − (1 − t) log(1 − sigmoid z)</c>, is computed in float64 as
    /// <c>max(z, 0) − z t + log(1 + e^−|z|)</c>, which neither overflows nor cancels.
    /// </remarks>
    /// <param name="slopes">[rows, lanes], overwritten; padding lanes are set to zero.</param>
    /// <param name="logits">z, [rows, lanes].</param>
    /// <param name="targets">t, [rows, lanes].</param>
    /// <param name="batch">Examples; lanes beyond are ignored.</param>
    /// <param name="lanes">The batch padded to 16.</param>
    /// <returns>The sum of the losses, accumulated in float64.</returns>
    internal static double Run(FloatBuffer slopes, FloatBuffer logits, FloatBuffer targets, int batch, int lanes)
    {
        TensorPrimitives.Sigmoid(logits.Span, slopes.Span);
        TensorPrimitives.Subtract(slopes.Span, targets.Span, slopes.Span);
        Span<double> terms = stackalloc double[BlockLanes];
        var sum = 0.0;
        for (var row = 0; row < slopes.Length; row += lanes)
        {
            slopes.Span.Slice(row + batch, lanes - batch).Clear();
            for (var start = 0; start < batch; start += BlockLanes)
            {
                var block = terms[..Math.Min(BlockLanes, batch - start)];
                sum += SumOfLosses(
                    logits.Span.Slice(row + start, block.Length), targets.Span.Slice(row + start, block.Length), block);
            }
        }

        return sum;
    }

    private static double SumOfLosses(ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, Span<double> terms)
    {
        for (var i = 0; i < terms.Length; i++)
            terms[i] = -Math.Abs(logits[i]);
        TensorPrimitives.Exp(terms, terms);
        TensorPrimitives.LogP1(terms, terms);
        var sum = 0.0;
        for (var i = 0; i < terms.Length; i++)
            sum += terms[i] + Math.Max(logits[i], 0.0) - ((double)logits[i] * targets[i]);
        return sum;
    }
}
