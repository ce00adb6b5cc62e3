namespace Tombola.Data;

/// <summary>Orders examples so that neighbours leave the same pixels unused.</summary>
/// <remarks>
/// A product leaves out the inputs that are zero for a whole batch. Where the order is free, as in evaluation, going
/// class by class, and within a class by the first and the last inked column, makes them more: of MNIST's 784 pixels
/// 351 instead of 473 are used by the mean batch of 64.
/// </remarks>
internal static class AlikeOrder
{
    /// <summary>Returns the order.</summary>
    /// <param name="examples">The examples; rows are the last extent of their shape.</param>
    /// <returns>Every index once; equals in the order of the set.</returns>
    internal static int[] Of(ImageSet examples)
    {
        var order = new int[examples.Count];
        var keys = new long[examples.Count];
        var width = examples.ExampleShape[examples.ExampleShape.Rank - 1];
        for (var i = 0; i < order.Length; i++)
        {
            var pixels = examples.Pixels.Span.Slice(i * examples.Features, examples.Features);
            var (first, last) = InkedColumns(pixels, width);
            order[i] = i;
            var key = (((examples.Labels.Span[i] * (width + 1L)) + first) * (width + 1L)) + last;
            keys[i] = (key * examples.Count) + i;
        }

        Array.Sort(keys, order);
        return order;
    }

    private static (int First, int Last) InkedColumns(ReadOnlySpan<byte> pixels, int width)
    {
        var (first, last) = (width, 0);
        // Photographs have no unused columns, and are done with after a row or two.
        for (var start = 0; start < pixels.Length && (first > 0 || last < width - 1); start += width)
        {
            var row = pixels.Slice(start, width);
            var left = row.IndexOfAnyExcept((byte)0);
            if (left < 0)
                continue;
            first = Math.Min(first, left);
            last = Math.Max(last, row.LastIndexOfAnyExcept((byte)0));
        }

        return (first, last);
    }
}
