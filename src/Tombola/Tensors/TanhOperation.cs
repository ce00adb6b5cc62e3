using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;

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

    private sealed class Node : ElementwiseOperation
    {
        protected override void Apply(ThreadTeam team, FloatBuffer y, FloatBuffer x) =>
            HyperbolicTangent.Forward(team, y, x);

        protected override void Propagate(
            ThreadTeam team, FloatBuffer dx, FloatBuffer x, FloatBuffer y, FloatBuffer dy, bool add) =>
            HyperbolicTangent.Backward(team, dx, y, dy, add);
    }
}
