using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Memory;

namespace Tombola.Tensors;

/// <summary>The loss of regression.</summary>
public static class MeanSquaredErrorOperation
{
    /// <summary>Computes the mean over all elements of <c>(x − target)²</c>.</summary>
    /// <remarks>The mean is accumulated in float64. The gradient is <c>2 (x − target) / elements</c>.</remarks>
    /// <param name="tape">The pass.</param>
    /// <param name="x">Any shape.</param>
    /// <param name="target">The same shape; gets no gradient.</param>
    /// <returns>[1], valid until the tape's next pass.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor MeanSquaredError(this Tape tape, Tensor x, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(target);
        if (!target.Shape.Equals(x.Shape))
            throw new ShapeException("mean squared error", x.Shape.ToString(), target.Shape);
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
                var difference = x[i] - target[i];
                slopes[i] = 2 * difference;
                sum += (double)difference * difference;
            }

            return sum;
        }
    }
}
