using Tombola.Numerics.Lanewise;

namespace Tombola.Tensors;

/// <summary>The loss of yes-or-no questions, on logits.</summary>
public static class BinaryCrossEntropyOperation
{
    /// <summary>Computes the mean over all elements of <c>−t log σ(x) − (1 − t) log(1 − σ(x))</c>.</summary>
    /// <remarks>
    /// Computed as <c>max(x, 0) − x t + log(1 + exp(−|x|))</c>, which never overflows, in float64. The gradient is
    /// <c>(σ(x) − t) / elements</c>.
    /// </remarks>
    /// <param name="tape">The pass.</param>
    /// <param name="x">Logits of any shape.</param>
    /// <param name="target">The same shape, from 0 to 1; gets no gradient.</param>
    /// <returns>[1], valid until the tape's next pass.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor BinaryCrossEntropy(this Tape tape, Tensor x, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(target);
        if (!target.Shape.Equals(x.Shape))
            throw new ShapeException("binary cross-entropy", x.Shape.ToString(), target.Shape);
        return tape.Next<Node>().Forward(x, target);
    }

    private sealed class Node : LossOperation
    {
        public Tensor Forward(Tensor x, Tensor target)
        {
            var slopes = PrepareSlopes(x);
            var sum = LogisticLoss.Run(slopes, x.Buffer, target.Buffer, x.Batch, x.Lanes);
            return Mean(sum, x.Shape.Count);
        }
    }
}
