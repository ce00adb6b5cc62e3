using System.Numerics.Tensors;
using Tombola.Numerics.Memory;

namespace Tombola.Numerics.Lanewise;

/// <summary>Counts how well logits classify, without the gradients of <see cref="SoftmaxLoss"/>.</summary>
internal static class Classification
{
    private const int BlockLanes = 1024;

    /// <summary>Sums the cross-entropy and counts the correct predictions of a batch.</summary>
    /// <remarks>
    /// The predicted class is the first of the largest logits. Sums are float64, in the order of the batch.
    /// </remarks>
    /// <param name="logits">[classes, lanes].</param>
    /// <param name="labels">One class an example; lanes beyond are ignored.</param>
    /// <param name="classes">Number of rows.</param>
    /// <param name="lanes">The batch padded to 16.</param>
    /// <returns>The sum of <c>−log softmax[label]</c> and the number of correct predictions.</returns>
    internal static (double Loss, int Correct) Run(FloatBuffer logits, ReadOnlySpan<int> labels, int classes, int lanes)
    {
        Span<float> largest = stackalloc float[BlockLanes], sums = stackalloc float[BlockLanes];
        Span<float> terms = stackalloc float[BlockLanes];
        var (loss, correct) = (0.0, 0);
        for (var start = 0; start < labels.Length; start += BlockLanes)
        {
            var count = Math.Min(BlockLanes, labels.Length - start);
            Span<float> top = largest[..count], sum = sums[..count], term = terms[..count];
            top.Fill(float.NegativeInfinity);
            sum.Clear();
            for (var row = 0; row < classes; row++)
                TensorPrimitives.Max(top, logits.Span.Slice((row * lanes) + start, count), top);
            for (var row = 0; row < classes; row++)
            {
                TensorPrimitives.Subtract(logits.Span.Slice((row * lanes) + start, count), top, term);
                TensorPrimitives.Exp(term, term);
                TensorPrimitives.Add(sum, term, sum);
            }

            for (var lane = 0; lane < count; lane++)
            {
                var label = labels[start + lane];
                loss += Math.Log(sum[lane]) + ((double)top[lane] - logits.Span[(label * lanes) + start + lane]);
                if (IsFirstLargest(logits.Span[(start + lane)..], label, top[lane], lanes))
                    correct++;
            }
        }

        return (loss, correct);
    }

    private static bool IsFirstLargest(ReadOnlySpan<float> logits, int label, float largest, int lanes)
    {
        if (logits[label * lanes] != largest)
            return false;
        for (var row = 0; row < label; row++)
        {
            if (logits[row * lanes] == largest)
                return false;
        }

        return true;
    }
}
