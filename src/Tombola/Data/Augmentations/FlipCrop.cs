using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Data.Augmentations;

/// <summary>Mirrors every second example, then shows a random part of its size of the example with a border.</summary>
/// <remarks>
/// With probability 1/2 left and right change places; then the picture is shifted by −4 to 4 rows and −4 to 4 columns,
/// each equally likely. That is a random crop, of the picture's size, from the picture padded with 4 pixels on each
/// side. The padding is 0 after normalisation, the mean colour where that is by mean and deviation (He et al. 2016,
/// §4.2, with the torch code published for it); implementations that crop bytes pad with black instead.
/// </remarks>
public sealed class FlipCrop : IAugmentation
{
    private const int Padding = 4;

    /// <inheritdoc/>
    public PixelArea Apply(ReadOnlySpan<byte> pixels, Shape shape, RandomStream random, Span<byte> shown)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var isMirrored = random.Below(2, 0) == 1;
        var down = random.Below((2 * Padding) + 1, 1) - Padding;
        var right = random.Below((2 * Padding) + 1, 2) - Padding;
        return Show(pixels, shape, isMirrored, down, right, shown);
    }

    /// <summary>Writes an example mirrored or not, and shifted.</summary>
    /// <param name="pixels">The example.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="isMirrored">Whether left and right change places, before the shift.</param>
    /// <param name="down">Rows by which it moves down; negative for up.</param>
    /// <param name="right">Columns by which it moves to the right; negative for left.</param>
    /// <param name="shown">Written within the returned area.</param>
    internal static PixelArea Show(
        ReadOnlySpan<byte> pixels, Shape shape, bool isMirrored, int down, int right, Span<byte> shown)
    {
        var (height, width) = (shape[shape.Rank - 2], shape[shape.Rank - 1]);
        var (top, bottom) = Overlap(height, down);
        var (left, end) = Overlap(width, right);
        var length = end - left;
        if (length == 0 || top == bottom)
            return default; // Narrower than the shift, nothing of it is left to show.
        var first = isMirrored ? width - end + right : left - right;
        for (var plane = 0; plane < pixels.Length; plane += height * width)
        {
            for (var row = top; row < bottom; row++)
            {
                var target = shown.Slice(plane + (row * width) + left, length);
                pixels.Slice(plane + ((row - down) * width) + first, length).CopyTo(target);
                if (isMirrored)
                    target.Reverse();
            }
        }

        return new PixelArea(top, bottom, left, end);
    }

    /// <summary>Returns where something as long as its frame still overlaps it after a shift.</summary>
    private static (int Start, int End) Overlap(int length, int shift)
    {
        var start = Math.Clamp(shift, 0, length);
        return (start, Math.Clamp(length + shift, start, length));
    }
}
