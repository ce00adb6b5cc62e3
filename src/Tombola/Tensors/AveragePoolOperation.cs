using Tombola.Numerics.Convolution;

namespace Tombola.Tensors;

/// <summary>The mean of each window of an image.</summary>
public static class AveragePoolOperation
{
    /// <summary>Takes the mean of each window; windows do not overlap.</summary>
    /// <remarks>Rows and columns that do not fill a window are left out.</remarks>
    /// <param name="tape">The pass.</param>
    /// <param name="x">[channels, height, width, batch].</param>
    /// <param name="height">Rows of a window, 1 or more.</param>
    /// <param name="width">Columns of a window, 1 or more.</param>
    /// <returns>[channels, rows / height, columns / width, batch], valid until the tape's next pass.</returns>
    /// <exception cref="ShapeException">The input is no image, or smaller than a window.</exception>
    public static Tensor AveragePool(this Tape tape, Tensor x, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (x.Shape.Rank != 4 || x.Shape[1] < height || x.Shape[2] < width)
            throw new ShapeException("average pooling", $"[channels, ≥ {height}, ≥ {width}, batch]", x.Shape);
        return tape.Next<Node>().Forward(tape, x, height, width);
    }

    /// <summary>Takes the mean of each whole image.</summary>
    /// <param name="tape">The pass.</param>
    /// <param name="x">[channels, height, width, batch].</param>
    /// <returns>[channels, 1, 1, batch], valid until the tape's next pass.</returns>
    /// <exception cref="ShapeException">The input is no image.</exception>
    public static Tensor GlobalAveragePool(this Tape tape, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank != 4)
            throw new ShapeException("global average pooling", "[channels, height, width, batch]", x.Shape);
        return tape.AveragePool(x, x.Shape[1], x.Shape[2]);
    }

    private sealed class Node : Operation
    {
        private Tensor _x = null!;
        private Pooling _pooling;

        public Tensor Forward(Tape tape, Tensor x, int height, int width)
        {
            _x = x;
            var shape = x.Shape;
            _pooling = Pooling.Of(shape[0], shape[1], shape[2], height, width, x.Lanes);
            var y = PrepareOutput(
                new Shape(shape[0], shape[1] / height, shape[2] / width, x.Batch), x.RequiresGradient);
            _pooling.Mean(tape.Team, y.Buffer, x.Buffer);
            return y;
        }

        public override void Backward(Tape tape)
        {
            var add = _x.ContributeGradient(tape);
            _pooling.MeanGradient(tape.Team, _x.Gradient, Output.Gradient, add);
        }
    }
}
