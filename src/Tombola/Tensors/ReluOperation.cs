using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;

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

    private sealed class Node : ElementwiseOperation
    {
        protected override void Apply(ThreadTeam team, FloatBuffer y, FloatBuffer x) =>
            Rectifier.Forward(team, y, x);

        protected override void Propagate(
            ThreadTeam team, FloatBuffer dx, FloatBuffer x, FloatBuffer y, FloatBuffer dy, bool add) =>
            Rectifier.Backward(team, dx, x, dy, add);
    }
}
