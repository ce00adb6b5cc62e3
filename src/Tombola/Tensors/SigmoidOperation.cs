using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;

namespace Tombola.Tensors;

/// <summary>The logistic function.</summary>
public static class SigmoidOperation
{
    /// <summary>Computes <c>y = 1 / (1 + exp(−x))</c>.</summary>
    /// <remarks>The gradient is <c>dy × y × (1 − y)</c>.</remarks>
    /// <param name="tape">The pass.</param>
    /// <param name="x">Any shape.</param>
    /// <returns>The shape of <paramref name="x"/>, valid until the tape's next pass.</returns>
    public static Tensor Sigmoid(this Tape tape, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        return tape.Next<Node>().Forward(tape, x);
    }

    private sealed class Node : ElementwiseOperation
    {
        protected override void Apply(ThreadTeam team, FloatBuffer y, FloatBuffer x) =>
            Logistic.Forward(team, y, x);

        protected override void Propagate(
            ThreadTeam team, FloatBuffer dx, FloatBuffer x, FloatBuffer y, FloatBuffer dy, bool add) =>
            Logistic.Backward(team, dx, y, dy, add);
    }
}
