using Tombola.Numerics.Lanewise;

namespace Tombola.Tensors;

/// <summary>The elementwise product of two tensors.</summary>
public static class MultiplyOperation
{
    /// <summary>Computes <c>y = a × b</c>, element by element.</summary>
    /// <remarks>Both arguments may be the same tensor.</remarks>
    /// <param name="tape">The pass.</param>
    /// <param name="a">Any shape.</param>
    /// <param name="b">The same shape.</param>
    /// <returns>The same shape, valid until the tape's next pass.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor Multiply(this Tape tape, Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (!a.Shape.Equals(b.Shape))
            throw new ShapeException("multiply", a.Shape.ToString(), b.Shape);
        return tape.Next<Node>().Forward(tape, a, b);
    }

    private sealed class Node : Operation
    {
        private Tensor _a = null!;
        private Tensor _b = null!;

        public Tensor Forward(Tape tape, Tensor a, Tensor b)
        {
            (_a, _b) = (a, b);
            var y = PrepareOutput(a.Shape, a.RequiresGradient || b.RequiresGradient);
            Products.Run(tape.Team, y.Buffer, a.Buffer, b.Buffer, accumulate: false);
            return y;
        }

        public override void Backward(Tape tape)
        {
            var dy = Output.Gradient;
            if (_a.RequiresGradient)
                Products.Run(tape.Team, _a.Gradient, dy, _b.Buffer, _a.ContributeGradient(tape));
            if (_b.RequiresGradient)
                Products.Run(tape.Team, _b.Gradient, dy, _a.Buffer, _b.ContributeGradient(tape));
        }
    }
}
