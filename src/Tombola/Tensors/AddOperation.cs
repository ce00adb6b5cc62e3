using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Memory;

namespace Tombola.Tensors;

/// <summary>The sum of two tensors.</summary>
public static class AddOperation
{
    /// <summary>Computes <c>y = a + b</c>, element by element.</summary>
    /// <remarks>Both arguments may be the same tensor.</remarks>
    /// <param name="tape">The pass.</param>
    /// <param name="a">Any shape.</param>
    /// <param name="b">The same shape.</param>
    /// <param name="rectify">Whether ReLU follows, which is then computed in the same pass.</param>
    /// <returns>The same shape, valid until the tape's next pass.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor Add(this Tape tape, Tensor a, Tensor b, bool rectify = false)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (!a.Shape.Equals(b.Shape))
            throw new ShapeException("add", a.Shape.ToString(), b.Shape);
        return tape.Next<Node>().Forward(tape, a, b, rectify);
    }

    private sealed class Node : Operation
    {
        private Tensor _a = null!;
        private Tensor _b = null!;
        private bool _rectify;

        public Tensor Forward(Tape tape, Tensor a, Tensor b, bool rectify)
        {
            (_a, _b, _rectify) = (a, b, rectify);
            var y = PrepareOutput(a.Shape, a.RequiresGradient || b.RequiresGradient);
            if (rectify)
                Sums.ForwardRectified(tape.Team, y.Buffer, a.Buffer, b.Buffer);
            else
                Sums.Forward(tape.Team, y.Buffer, a.Buffer, b.Buffer);
            return y;
        }

        public override void Backward(Tape tape)
        {
            if (_b.RequiresGradient)
                Propagate(tape, _b, Output.Gradient);
            if (_a.RequiresGradient)
                Propagate(tape, _a, _a.InheritGradient(Output));
        }

        private void Propagate(Tape tape, Tensor x, FloatBuffer dy)
        {
            var add = x.ContributeGradient(tape);
            if (_rectify)
                Rectifier.Backward(tape.Team, x.Gradient, Output.Buffer, dy, add);
            else if (!ReferenceEquals(x.Gradient, dy))
                Sums.Backward(tape.Team, x.Gradient, dy, add);
        }
    }
}
