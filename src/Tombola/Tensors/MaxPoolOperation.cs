using Tombola.Numerics.Convolution;
using Tombola.Numerics.Memory;

namespace Tombola.Tensors;

/// <summary>The largest number of each window of an image.</summary>
public static class MaxPoolOperation
{
    /// <summary>Takes the largest number of each window; windows do not overlap.</summary>
    /// <remarks>
    /// Rows and columns that do not fill a window are left out. The gradient goes to the first of the largest numbers.
    /// </remarks>
    /// <param name="tape">The pass.</param>
    /// <param name="x">[channels, height, width, batch].</param>
    /// <param name="window">Rows and columns of a window, 1 or more.</param>
    /// <returns>[channels, height / window, width / window, batch], valid until the tape's next pass.</returns>
    /// <exception cref="ShapeException">The input is no image, or smaller than a window.</exception>
    public static Tensor MaxPool(this Tape tape, Tensor x, int window)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        if (x.Shape.Rank != 4 || x.Shape[1] < window || x.Shape[2] < window)
            throw new ShapeException("max pooling", $"[channels, ≥ {window}, ≥ {window}, batch]", x.Shape);
        return tape.Next<Node>().Forward(tape, x, window);
    }

    private sealed class Node : Operation
    {
        private Tensor _x = null!;
        private FloatBuffer? _choice;
        private Pooling _pooling;

        public Tensor Forward(Tape tape, Tensor x, int window)
        {
            _x = x;
            var shape = x.Shape;
            _pooling = Pooling.Of(shape[0], shape[1], shape[2], window, window, x.Lanes);
            var y = PrepareOutput(
                new Shape(shape[0], shape[1] / window, shape[2] / window, x.Batch), x.RequiresGradient);
            if (_choice?.Length != y.Buffer.Length)
            {
                _choice?.Dispose();
                _choice = new FloatBuffer(y.Buffer.Length);
            }

            _pooling.Max(tape.Team, y.Buffer, _choice, x.Buffer);
            return y;
        }

        public override void Backward(Tape tape)
        {
            var add = _x.ContributeGradient(tape);
            _pooling.MaxGradient(tape.Team, _x.Gradient, _choice!, Output.Gradient, add);
        }

        protected override void Dispose(bool disposing)
        {
            _choice?.Dispose();
            base.Dispose(disposing);
        }
    }
}
