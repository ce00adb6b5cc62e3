using System.Numerics.Tensors;
using Tombola.Numerics.Memory;

namespace Tombola.Numerics.Lanewise;

/// <summary>Softmax cross-entropy over the rows of a batch, lane by lane.</summary>
internal static class SoftmaxLoss
{
    private const int BlockLanes = 1024;

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
        Span<float> largest = stackalloc float[BlockLanes], sums = stackalloc float[BlockLanes];
        var loss = 0.0;
        for (var start = 0; start < lanes; start += BlockLanes)
        {
            var count = Math.Min(BlockLanes, lanes - start);
            var examples = Math.Clamp(labels.Length - start, 0, count);
            Exponentials(slopes.Span[start..], logits.Span[start..], largest[..count], sums[..count], classes, lanes);
            for (var lane = 0; lane < examples; lane++)
            {
                var logit = logits.Span[(labels[start + lane] * lanes) + start + lane];
                loss += Math.Log(sums[lane]) + ((double)largest[lane] - logit);
            }

            for (var row = 0; row < classes; row++)
            {
                var probabilities = slopes.Span.Slice((row * lanes) + start, count);
                TensorPrimitives.Divide(probabilities, sums[..count], probabilities);
                probabilities[examples..].Clear();
            }

            for (var lane = 0; lane < examples; lane++)
                slopes.Span[(labels[start + lane] * lanes) + start + lane] -= 1;
        }

        return loss;
    }

    /// <summary>Computes <c>exp(logit − largest)</c> for a block of lanes, and their sums over the classes.</summary>
    private static void Exponentials(
        Span<float> results, ReadOnlySpan<float> logits, Span<float> largest, Span<float> sums, int classes, int lanes)
    {
        var count = largest.Length;
        logits[..count].CopyTo(largest);
        for (var row = 1; row < classes; row++)
            TensorPrimitives.Max(largest, logits.Slice(row * lanes, count), largest);
        sums.Clear();
        for (var row = 0; row < classes; row++)
        {
            var part = results.Slice(row * lanes, count);
            TensorPrimitives.Subtract(logits.Slice(row * lanes, count), largest, part);
            TensorPrimitives.Exp(part, part);
            TensorPrimitives.Add(sums, part, sums);
        }
    }
}
