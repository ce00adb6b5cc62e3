using Tombola.Numerics.Lanewise;

namespace Tombola.Tensors;

/// <summary>The rectified linear unit.</summary>
public static class ReluOperation
{
    /// <summary>Computes <c>y = max(x, 0)</c>.</summary>
    /// <remarks>The gradient passes where x &gt; 0; at 0 it is 0. A NaN becomes 0.</remarks>
    /// <param name="tape">The pass.</param>
    /// <param name="x">Any shape.</param>
    /// <returns>The shape of <paramref name="x"/>, valid until the tape's next pass.</returns>
    public static Tensor Relu(this Tape tape, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        return tape.Next<Node>().Forward(tape, x);
    }

    private sealed class Node : Operation
    {
        private Tensor _x = null!;

        public Tensor Forward(Tape tape, Tensor x)
        {
            _x = x;
            var y = PrepareOutput(x.Shape, x.RequiresGradient);
            Rectifier.Forward(tape.Team, y.Buffer, x.Buffer);
            return y;
        }

        public override void Backward(Tape tape)
        {
            var add = _x.ContributeGradient(tape);
            Rectifier.Backward(tape.Team, _x.Gradient, _x.Buffer, Output.Gradient, add);
        }
    }
}
