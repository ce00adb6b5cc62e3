using Tombola.Numerics.Lanewise;

namespace Tombola.Tensors;

/// <summary>The same numbers under another shape.</summary>
public static class ReshapeOperation
{
    /// <summary>Regroups the features of each example, say <c>[8, 7, 7, batch]</c> to <c>[392, batch]</c>.</summary>
    /// <remarks>The batch stays last. Copies: every tensor owns its memory.</remarks>
    /// <param name="tape">The pass.</param>
    /// <param name="x">Any shape.</param>
    /// <param name="shape">As many elements, and the same batch as its last extent.</param>
    /// <returns>The new shape, valid until the tape's next pass.</returns>
    /// <exception cref="ShapeException">The elements or the batch differ.</exception>
    public static Tensor Reshape(this Tape tape, Tensor x, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Rank == 0 || shape[shape.Rank - 1] != x.Batch || shape.Count != x.Shape.Count)
            throw new ShapeException($"reshape of {x.Shape}", $"{x.Shape.Count} elements and the same batch", shape);
        return tape.Next<Node>().Forward(tape, x, shape);
    }

    private sealed class Node : Operation
    {
        private Tensor _x = null!;

        public Tensor Forward(Tape tape, Tensor x, Shape shape)
        {
            _x = x;
            var y = PrepareOutput(shape, x.RequiresGradient);
            Sums.Backward(tape.Team, y.Buffer, x.Buffer, accumulate: false);
            return y;
        }

        public override void Backward(Tape tape)
        {
            var dy = _x.InheritGradient(Output);
            var add = _x.ContributeGradient(tape);
            if (!ReferenceEquals(_x.Gradient, dy))
                Sums.Backward(tape.Team, _x.Gradient, dy, add);
        }
    }
}
