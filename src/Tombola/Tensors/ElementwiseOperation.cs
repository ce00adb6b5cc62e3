using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;

namespace Tombola.Tensors;

/// <summary>The node of an operation of one tensor that treats each number by itself.</summary>
internal abstract class ElementwiseOperation : Operation
{
    private Tensor _x = null!;

    /// <summary>Computes the output, of the shape of <paramref name="x"/>.</summary>
    internal Tensor Forward(Tape tape, Tensor x)
    {
        _x = x;
        var y = PrepareOutput(x.Shape, x.RequiresGradient);
        Apply(tape.Team, y.Buffer, x.Buffer);
        return y;
    }

    /// <inheritdoc/>
    public override void Backward(Tape tape)
    {
        var dy = _x.InheritGradient(Output);
        var add = _x.ContributeGradient(tape);
        Propagate(tape.Team, _x.Gradient, _x.Buffer, Output.Buffer, dy, add);
    }

    /// <summary>Computes y from x.</summary>
    protected abstract void Apply(ThreadTeam team, FloatBuffer y, FloatBuffer x);

    /// <summary>Computes <c>dx (+)= dy × dy/dx</c> from whichever of x and y is the simpler.</summary>
    /// <remarks>dx and dy may be the same.</remarks>
    protected abstract void Propagate(
        ThreadTeam team, FloatBuffer dx, FloatBuffer x, FloatBuffer y, FloatBuffer dy, bool add);
}
