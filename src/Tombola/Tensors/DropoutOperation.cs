using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Random;

namespace Tombola.Tensors;

/// <summary>Random omission of features in training.</summary>
public static class DropoutOperation
{
    /// <summary>Sets each number to zero with a given probability and scales the others up, in training only.</summary>
    /// <remarks>
    /// Which numbers are dropped is addressed by the tape's step, the row and the example, so it depends neither on
    /// threads nor on the rest of the batch. Source: Srivastava et al. 2014, in the form that scales in training.
    /// </remarks>
    /// <param name="tape">The pass.</param>
    /// <param name="x">Any shape.</param>
    /// <param name="rate">Probability of zero, from 0 to less than 1.</param>
    /// <param name="random">The stream of this layer; its index is replaced by the step.</param>
    /// <returns>The shape of <paramref name="x"/>, valid until the tape's next pass.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    public static Tensor Dropout(this Tape tape, Tensor x, double rate, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rate, 1);
        return tape.Training && rate > 0 ? tape.Next<Node>().Forward(tape, x, rate, random) : x;
    }

    private sealed class Node : Operation
    {
        private Tensor _x = null!;
        private FloatBuffer? _factors;

        public Tensor Forward(Tape tape, Tensor x, double rate, RandomStream random)
        {
            _x = x;
            var y = PrepareOutput(x.Shape, x.RequiresGradient);
            if (_factors is null || _factors.Length != x.Buffer.Length)
            {
                _factors?.Dispose();
                _factors = new FloatBuffer(x.Buffer.Length);
            }

            DropoutFactors.Run(tape.Team, _factors, x.Rows, x.Lanes, rate, random.At(tape.Step));
            Products.Run(tape.Team, y.Buffer, x.Buffer, _factors, accumulate: false);
            return y;
        }

        public override void Backward(Tape tape)
        {
            var dy = _x.InheritGradient(Output);
            var add = _x.ContributeGradient(tape);
            Products.Run(tape.Team, _x.Gradient, dy, _factors!, add);
        }

        protected override void Dispose(bool disposing)
        {
            _factors?.Dispose();
            base.Dispose(disposing);
        }
    }
}
