using Tombola.Numerics.Lanewise;

namespace Tombola.Tensors;

/// <summary>The loss of classification.</summary>
public static class SoftmaxCrossEntropyOperation
{
    /// <summary>Computes the mean over the batch of <c>−log softmax(logits)[label]</c>.</summary>
    /// <remarks>
    /// The largest logit is subtracted before exponentials are taken, and the mean is accumulated in float64. The
    /// gradient is <c>(softmax − one-hot) / batch</c>, computed in the forward pass; padding lanes get zero.
    /// </remarks>
    /// <param name="tape">The pass.</param>
    /// <param name="logits">[classes, batch].</param>
    /// <param name="labels">One class an example, from 0; read during this call only.</param>
    /// <returns>[1], valid until the tape's next pass.</returns>
    /// <exception cref="ShapeException">The number of labels is not the batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class.</exception>
    public static Tensor SoftmaxCrossEntropy(this Tape tape, Tensor logits, ReadOnlySpan<int> labels)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(logits);
        if (labels.Length != logits.Batch)
            throw new ShapeException(
                "softmax cross-entropy", $"a batch of {labels.Length}, one label each", logits.Shape);
        foreach (var label in labels)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(label, nameof(labels));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, logits.Rows, nameof(labels));
        }

        return tape.Next<Node>().Forward(logits, labels);
    }

    private sealed class Node : LossOperation
    {
        public Tensor Forward(Tensor logits, ReadOnlySpan<int> labels)
        {
            var slopes = PrepareSlopes(logits);
            var sum = SoftmaxLoss.Run(slopes, logits.Buffer, labels, logits.Rows, logits.Lanes);
            return Mean(sum, logits.Batch);
        }
    }
}
