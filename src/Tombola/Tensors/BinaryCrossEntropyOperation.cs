using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Memory;

namespace Tombola.Tensors;

/// <summary>The loss of yes-or-no questions, on logits.</summary>
public static class BinaryCrossEntropyOperation
{
    /// <summary>Computes the mean over all elements of <c>−t log σ(x) − (1 − t) log(1 − σ(x))</c>.</summary>
    /// <remarks>
    /// Computed as <c>max(x, 0) − x t + log(1 + exp(−|x|))</c>, which never overflows, in float64. The gradient is
    /// <c>(σ(x) − t) / elements</c>.
    /// </remarks>
    /// <param name="tape">The pass.</param>
    /// <param name="x">Logits of any shape.</param>
    /// <param name="target">The same shape, from 0 to 1; gets no gradient.</param>
    /// <returns>[1], valid until the tape's next pass.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor BinaryCrossEntropy(this Tape tape, Tensor x, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(target);
        if (!target.Shape.Equals(x.Shape))
            throw new ShapeException("binary cross-entropy", x.Shape.ToString(), target.Shape);
        return tape.Next<Node>().Forward(tape, x, target);
    }

    private sealed class Node : Operation
    {
        private static readonly Shape ScalarShape = new(1);
        private Tensor _x = null!;
        private FloatBuffer? _slopes;

        public Tensor Forward(Tape tape, Tensor x, Tensor target)
        {
            _x = x;
            var y = PrepareOutput(ScalarShape, requiresGradient: tape.Training);
            if (_slopes is null || _slopes.Length != x.Buffer.Length)
            {
                _slopes?.Dispose();
                _slopes = new FloatBuffer(x.Buffer.Length);
            }

            var sum = 0.0;
            for (var row = 0; row < x.Rows; row++)
                sum += RowLoss(x.Row(row), target.Row(row), _slopes.Span.Slice(row * x.Lanes, x.Batch));
            y.Buffer.Span[0] = (float)(sum / Math.Max(1, x.Shape.Count));
            return y;
        }

        public override void Backward(Tape tape)
        {
            if (!_x.RequiresGradient)
                return;
            var scale = Output.Gradient.Span[0] / Math.Max(1, _x.Shape.Count);
            var add = _x.ContributeGradient(tape);
            Scaling.Run(_x.Gradient.Span, _slopes!.Span, scale, add);
        }

        protected override void Dispose(bool disposing)
        {
            _slopes?.Dispose();
            base.Dispose(disposing);
        }

        private static double RowLoss(ReadOnlySpan<float> x, ReadOnlySpan<float> target, Span<float> slopes)
        {
            var sum = 0.0;
            for (var i = 0; i < x.Length; i++)
            {
                double logit = x[i], decay = Math.Exp(-Math.Abs(logit));
                sum += Math.Max(logit, 0) - (logit * target[i]) + Math.Log(1 + decay);
                slopes[i] = (float)((logit >= 0 ? 1 / (1 + decay) : decay / (1 + decay)) - target[i]);
            }

            return sum;
        }
    }
}
