using Tombola.Numerics.Lanewise;

namespace Tombola.Tensors;

/// <summary>One number added to each feature.</summary>
public static class BiasOperation
{
    /// <summary>Computes <c>y[i, n] = x[i, n] + bias[i]</c>.</summary>
    /// <remarks>The gradient of the bias is that of the output summed over the batch.</remarks>
    /// <param name="tape">The pass.</param>
    /// <param name="x">[features, batch], or any shape whose rows number the features.</param>
    /// <param name="bias">[features].</param>
    /// <returns>The shape of <paramref name="x"/>, valid until the tape's next pass.</returns>
    /// <exception cref="ShapeException">The bias has not one number a row.</exception>
    public static Tensor Bias(this Tape tape, Tensor x, Parameter bias)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(bias);
        if (bias.Shape.Count != x.Rows)
            throw new ShapeException($"bias for {x.Shape}", $"{x.Rows} numbers", bias.Shape);
        return tape.Next<Node>().Forward(tape, x, bias);
    }

    private sealed class Node : Operation
    {
        private Tensor _x = null!;
        private Parameter _bias = null!;

        public Tensor Forward(Tape tape, Tensor x, Parameter bias)
        {
            (_x, _bias) = (x, bias);
            var y = PrepareOutput(x.Shape, requiresGradient: tape.Training);
            BiasAddition.Run(tape.Team, y.Buffer, x.Buffer, bias.Values, x.Rows, x.Lanes);
            return y;
        }

        public override void Backward(Tape tape)
        {
            var dy = Output.Gradient;
            LaneSums.Run(
                tape.Team, _bias.Gradient, dy, Output.Rows, Output.Lanes, _bias.ContributeGradient(tape));
            if (_x.RequiresGradient)
                Sums.Backward(tape.Team, _x.Gradient, dy, _x.ContributeGradient(tape));
        }
    }
}
