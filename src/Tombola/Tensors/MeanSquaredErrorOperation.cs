using Tombola.Numerics.Lanewise;

namespace Tombola.Tensors;

/// <summary>The loss of regression.</summary>
public static class MeanSquaredErrorOperation
{
    /// <summary>Computes the mean over all elements of <c>(x − target)²</c>.</summary>
    /// <remarks>The mean is accumulated in float64. The gradient is <c>2 (x − target) / elements</c>.</remarks>
    /// <param name="tape">The pass.</param>
    /// <param name="x">Any shape.</param>
    /// <param name="target">The same shape; gets no gradient.</param>
    /// <returns>[1], valid until the tape's next pass.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor MeanSquaredError(this Tape tape, Tensor x, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(target);
        if (!target.Shape.Equals(x.Shape))
            throw new ShapeException("mean squared error", x.Shape.ToString(), target.Shape);
        return tape.Next<Node>().Forward(x, target);
    }

    private sealed class Node : LossOperation
    {
        public Tensor Forward(Tensor x, Tensor target)
        {
            var slopes = PrepareSlopes(x);
            var sum = SquaredLoss.Run(slopes, x.Buffer, target.Buffer, x.Batch, x.Lanes);
            return Mean(sum, x.Shape.Count);
        }
    }
}
