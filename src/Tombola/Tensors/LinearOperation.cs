using Tombola.Numerics.Dense;
using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Sparse;

namespace Tombola.Tensors;

/// <summary>The fully connected layer.</summary>
public static class LinearOperation
{
    /// <summary>Computes <c>y = W · x + b</c> for each example.</summary>
    /// <remarks>
    /// Each output is one chain of fused multiply-adds over the inputs in order, starting at the bias. Gradients:
    /// <c>dx = Wᵀ · dy</c>, <c>dW = dy · xᵀ</c>, <c>db = Σ dy</c> over the batch. A compressed weight computes with its
    /// survivors alone: the same bits forward and in dx, and in dW the same numbers up to the order of their sums.
    /// </remarks>
    /// <param name="tape">The pass.</param>
    /// <param name="x">[inputs, batch], or any shape whose rows number the inputs.</param>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <returns>[outputs, batch], valid until the tape's next pass.</returns>
    /// <exception cref="ShapeException">The weight has not two extents, or they do not fit input and bias.</exception>
    public static Tensor Linear(this Tape tape, Tensor x, Parameter weight, Parameter? bias = null)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.Shape.Rank != 2 || weight.Shape[1] != x.Rows)
            throw new ShapeException(
                $"linear with weight {weight.Shape}", "as many rows as the weight has columns", x.Shape);
        if (bias is not null && (bias.Shape.Rank != 1 || bias.Shape[0] != weight.Shape[0]))
            throw new ShapeException(
                $"linear with weight {weight.Shape}", "a bias of one number an output", bias.Shape);
        return tape.Next<Node>().Forward(tape, x, weight, bias);
    }

    /// <summary>Computes <c>y = W · x + b</c> for one example, without a tape.</summary>
    /// <remarks>Inputs that are zero cost nothing with a compressed weight.</remarks>
    /// <param name="x">[inputs].</param>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <param name="y">[outputs], overwritten.</param>
    /// <exception cref="ShapeException">The lengths do not fit the weight.</exception>
    public static void LinearOne(ReadOnlySpan<float> x, Parameter weight, Parameter? bias, Span<float> y)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.Shape.Rank != 2 || weight.Shape[0] != y.Length || weight.Shape[1] != x.Length)
            throw new ShapeException("linear on one example", $"[{y.Length}, {x.Length}]", weight.Shape);
        ReadOnlySpan<float> start = bias is null ? default : bias.Values.Span;
        if (weight.Pattern is { } pattern)
            SingleExample.Sparse(pattern, weight.Values, start, x, y);
        else
            SingleExample.Dense(weight.Values.Span, start, x, y);
    }

    private sealed class Node : Operation
    {
        private Tensor _x = null!;
        private Parameter _weight = null!;
        private Parameter? _bias;
        private FloatBuffer? _scratch;
        private NonzeroRows? _rows;

        private LinearSize Size => new(_weight.Shape[0], _weight.Shape[1], _x.Batch);

        public Tensor Forward(Tape tape, Tensor x, Parameter weight, Parameter? bias)
        {
            (_x, _weight, _bias) = (x, weight, bias);
            var y = PrepareOutput(weight.Shape[0], x.Batch, requiresGradient: tape.Training);
            if (weight.Pattern is { } pattern)
            {
                SparseLinearKernels.Forward(tape.Team, pattern, y.Buffer, weight.Values, bias?.Values, x.Buffer, Size);
                return y;
            }

            // Only inputs of the network have rows that are zero by nature.
            var rows = x.RequiresGradient ? null : _rows ??= new NonzeroRows();
            LinearKernels.Forward(tape.Team, y.Buffer, weight.Values, bias?.Values, x.Buffer, Size, rows);
            return y;
        }

        public override void Backward(Tape tape)
        {
            var dy = Output.Gradient;
            if (_bias is { Trainable: true })
            {
                var add = _bias.ContributeGradient(tape);
                LaneSums.Run(tape.Team, _bias.Gradient, dy, Size.Outputs, Size.Lanes, add);
            }

            if (_x.RequiresGradient)
                InputGradient(tape, dy);
            if (_weight.Trainable)
                WeightGradient(tape, dy);
        }

        protected override void Dispose(bool disposing)
        {
            _scratch?.Dispose();
            _rows?.Dispose();
            base.Dispose(disposing);
        }

        private void InputGradient(Tape tape, FloatBuffer dy)
        {
            var add = _x.ContributeGradient(tape);
            if (_weight.Pattern is { } pattern)
                SparseLinearKernels.InputGradient(tape.Team, pattern, _x.Gradient, _weight.Values, dy, Size, add);
            else
                LinearKernels.InputGradient(tape.Team, _x.Gradient, _weight.Values, dy, Size, add);
        }

        private void WeightGradient(Tape tape, FloatBuffer dy)
        {
            if (_weight.Pattern is { } pattern)
            {
                var sum = _weight.ContributeGradient(tape);
                SparseLinearKernels.WeightGradient(tape.Team, pattern, _weight.Gradient, dy, _x.Buffer, Size, sum);
                return;
            }

            var needed = LinearKernels.ScratchLength(Size);
            if (_scratch is null || _scratch.Length < needed)
            {
                _scratch?.Dispose();
                _scratch = new FloatBuffer(needed);
            }

            var add = _weight.ContributeGradient(tape);
            LinearKernels.WeightGradient(tape.Team, _weight.Gradient, dy, _x.Buffer, _scratch, Size, add);
        }
    }
}
