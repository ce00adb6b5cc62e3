using System.Numerics.Tensors;
using Tombola.Numerics.Sparse;

namespace Tombola.Numerics.Convolution;

/// <summary>A convolution of one image, weight by weight, vectorised along the rows of the image.</summary>
internal static class SingleImage
{
    /// <summary>Computes the outputs.</summary>
    /// <param name="size">The extents.</param>
    /// <param name="pattern">Where the values belong; null where they are all weights in order.</param>
    /// <param name="values">The weights, or the survivors.</param>
    /// <param name="bias">[outputs], or empty.</param>
    /// <param name="x">[inputs, height, width].</param>
    /// <param name="y">[outputs, output height, output width], overwritten.</param>
    internal static void Run(
        in ConvolutionSize size, SparsePattern? pattern, ReadOnlySpan<float> values, ReadOnlySpan<float> bias,
        ReadOnlySpan<float> x, Span<float> y)
    {
        for (var output = 0; output < size.Outputs; output++)
            y.Slice(output * size.OutputPixels, size.OutputPixels).Fill(bias.IsEmpty ? 0 : bias[output]);
        for (var i = 0; i < (pattern?.Active ?? values.Length); i++)
            Add(size, pattern is null ? i : pattern.Positions[i], values[i], x, y);
    }

    private static void Add(
        in ConvolutionSize size, int position, float value, ReadOnlySpan<float> x, Span<float> y)
    {
        if (value == 0)
            return;
        var (pair, tap) = (position / size.Taps, position % size.Taps);
        int down = (tap / size.Kernel) - size.Padding, right = (tap % size.Kernel) - size.Padding;
        var source = x.Slice(pair % size.Inputs * size.InputPixels, size.InputPixels);
        var target = y.Slice(pair / size.Inputs * size.OutputPixels, size.OutputPixels);
        var first = right >= 0 ? 0 : (size.Stride - 1 - right) / size.Stride;
        var last = Math.Min(size.OutputWidth - 1, (size.Width - 1 - right) / size.Stride);
        if (size.Width - 1 - right < 0 || first > last)
            return;
        for (var row = 0; row < size.OutputHeight; row++)
        {
            var from = (row * size.Stride) + down;
            if (from < 0 || from >= size.Height)
                continue;
            var to = target.Slice((row * size.OutputWidth) + first, last - first + 1);
            var start = (from * size.Width) + (first * size.Stride) + right;
            if (size.Stride == 1)
            {
                TensorPrimitives.MultiplyAdd(source.Slice(start, to.Length), value, to, to);
                continue;
            }

            for (var i = 0; i < to.Length; i++)
                to[i] += value * source[start + (i * size.Stride)];
        }
    }
}
