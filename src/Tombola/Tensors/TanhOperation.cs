using Tombola.Numerics.Lanewise;

namespace Tombola.Tensors;

/// <summary>The hyperbolic tangent.</summary>
public static class TanhOperation
{
    /// <summary>Computes <c>y = tanh(x)</c>.</summary>
    /// <remarks>The gradient is <c>dy × (1 − y²)</c>.</remarks>
    /// <param name="tape">The pass.</param>
    /// <param name="x">Any shape.</param>
    /// <returns>The shape of <paramref name="x"/>, valid until the tape's next pass.</returns>
    public static Tensor Tanh(this Tape tape, Tensor x)
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
            HyperbolicTangent.Forward(tape.Team, y.Buffer, x.Buffer);
            return y;
        }

        public override void Backward(Tape tape)
        {
            var add = _x.ContributeGradient(tape);
            HyperbolicTangent.Backward(tape.Team, _x.Gradient, Output.Buffer, Output.Gradient, add);
        }
    }
}
