using System.Numerics.Tensors;
using Tombola.Numerics.Memory;

namespace Tombola.Numerics.Lanewise;

/// <summary>Softmax cross-entropy over the rows of a batch, lane by lane.</summary>
internal static class SoftmaxLoss
{
    /// <summary>Computes <c>softmax − one-hot</c> for each example and the sum of their losses.</summary>
    /// <param name="slopes">[classes, lanes], overwritten; padding lanes are set to zero.</param>
    /// <param name="logits">[classes, lanes].</param>
    /// <param name="labels">One class an example; there are as many as examples.</param>
    /// <param name="classes">Number of rows.</param>
    /// <param name="lanes">The batch padded to 16.</param>
    /// <returns>The sum of <c>−log softmax[label]</c>, accumulated in float64 in the order of the batch.</returns>
    internal static double Run(
        FloatBuffer slopes, FloatBuffer logits, ReadOnlySpan<int> labels, int classes, int lanes)
    {
        Span<float> largest = stackalloc float[lanes], sums = stackalloc float[lanes];
        var z = logits.Span;
        var p = slopes.Span;
        z[..lanes].CopyTo(largest);
        for (var row = 1; row < classes; row++)
            TensorPrimitives.Max(largest, z.Slice(row * lanes, lanes), largest);
        sums.Clear();
        for (var row = 0; row < classes; row++)
        {
            var exponentials = p.Slice(row * lanes, lanes);
            TensorPrimitives.Subtract(z.Slice(row * lanes, lanes), largest, exponentials);
            TensorPrimitives.Exp(exponentials, exponentials);
            TensorPrimitives.Add(sums, exponentials, sums);
        }

        var loss = 0.0;
        for (var lane = 0; lane < labels.Length; lane++)
            loss += Math.Log(sums[lane]) + largest[lane] - z[(labels[lane] * lanes) + lane];
        for (var row = 0; row < classes; row++)
        {
            var probabilities = p.Slice(row * lanes, lanes);
            TensorPrimitives.Divide(probabilities, sums, probabilities);
            probabilities[labels.Length..].Clear();
        }

        for (var lane = 0; lane < labels.Length; lane++)
            p[(labels[lane] * lanes) + lane] -= 1;
        return loss;
    }
}
