using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tombola.Numerics.Images;

/// <summary>Gathers examples of bytes into a batch-last buffer of floats, normalising on the way.</summary>
/// <remarks>
/// <c>target[f, b] = factor · pixels[indices[b], f] + summand</c> with the numbers of f's channel, and 0 in the padding
/// lanes. 16 examples by 16
/// pixels are transposed at a time (<see cref="ByteTile"/>). The bits are the same at every vector width. The kernel's
/// methods are optimised from their first call on: a training on one core may leave the runtime's background compiler
/// waiting for seconds, at a fifth of the speed.
/// </remarks>
internal static unsafe class PixelGather
{
    /// <summary>The batch is padded to a multiple of this.</summary>
    internal const int LaneGroup = ByteTile.Side;

    private const int CacheLine = 64;

    /// <summary>Returns the batch rounded up to whole lane groups.</summary>
    /// <param name="batch">Number of examples.</param>
    internal static int Padded(int batch) => (batch + LaneGroup - 1) & -LaneGroup;

    /// <summary>Writes all features, or those listed.</summary>
    /// <param name="pixels"><c>[count, features]</c> bytes.</param>
    /// <param name="features">Bytes an example, at least 1.</param>
    /// <param name="indices">The examples of the batch; each has been checked to be in range.</param>
    /// <param name="listed">The features to write, ascending and in range; empty for all of them.</param>
    /// <param name="scales">One for each channel; the channels of an example are equally long.</param>
    /// <param name="target"><c>[features, padded batch]</c>; rows that are not listed are left as they are.</param>
    internal static void Write(
        ReadOnlySpan<byte> pixels,
        int features,
        ReadOnlySpan<int> indices,
        ReadOnlySpan<int> listed,
        ReadOnlySpan<PixelScale> scales,
        Span<float> target)
    {
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
            Write<PixelLanes512>(pixels, features, indices, listed, scales, target);
        else if (Vector256.IsHardwareAccelerated && Avx2.IsSupported)
            Write<PixelLanes256>(pixels, features, indices, listed, scales, target);
        else
            Write<PixelLanes128>(pixels, features, indices, listed, scales, target);
    }

    /// <summary>Writes at one vector width; the parameters are those of the other overload.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Write<TLanes>(
        ReadOnlySpan<byte> pixels,
        int features,
        ReadOnlySpan<int> indices,
        ReadOnlySpan<int> listed,
        ReadOnlySpan<PixelScale> scales,
        Span<float> target)
        where TLanes : struct, IPixelLanes
    {
        var rows = stackalloc byte*[LaneBlock.Lanes];
        var factors = stackalloc float[LaneBlock.Lanes];
        var summands = stackalloc float[LaneBlock.Lanes];
        var tile = stackalloc byte[ByteTile.Side * LaneBlock.Lanes];
        var plane = features / scales.Length;
        fixed (byte* first = pixels)
        fixed (float* output = target)
        {
            for (var lane = 0; lane < indices.Length; lane += LaneBlock.Lanes)
            {
                var count = Math.Min(LaneBlock.Lanes, indices.Length - lane);
                var lanes = Padded(count);
                for (var row = 0; row < lanes; row++)
                {
                    // A padding lane reads some example and multiplies it away.
                    var isUsed = row < count;
                    rows[row] = first + ((nint)indices[isUsed ? lane + row : lane] * features);
                    if (isUsed)
                        Prefetch(rows[row], features);
                }

                var block = new LaneBlock(rows, factors, summands, tile, lanes, features, Padded(indices.Length));
                for (var channel = 0; channel < scales.Length; channel++)
                {
                    Spread(scales[channel], factors, summands, count, lanes);
                    var (start, end) = (channel * plane, (channel + 1) * plane);
                    if (listed.IsEmpty)
                        block.WriteAll<TLanes>(start, end, output + lane);
                    else
                        block.WriteListed<TLanes>(Within(listed, start, end), output + lane);
                }
            }
        }
    }

    /// <summary>Writes zeros into one lane outside of a rectangle.</summary>
    /// <param name="lane">The target from the lane's first feature on.</param>
    /// <param name="stride">Floats from one feature to the next.</param>
    /// <param name="planes">Number of channels.</param>
    /// <param name="height">Rows of a channel.</param>
    /// <param name="width">Columns of a channel.</param>
    /// <param name="rows">The rows of the rectangle, in range.</param>
    /// <param name="columns">The columns of the rectangle, in range.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Blank(
        Span<float> lane, int stride, int planes, int height, int width, (int Start, int End) rows,
        (int Start, int End) columns)
    {
        for (var row = 0; row < planes * height; row++)
        {
            var isShown = row % height >= rows.Start && row % height < rows.End;
            var first = row * width;
            var (left, right) = isShown ? (first + columns.Start, first + columns.End) : (first, first);
            for (var feature = first; feature < left; feature++)
                lane[feature * stride] = 0;
            for (var feature = right; feature < first + width; feature++)
                lane[feature * stride] = 0;
        }
    }

    /// <summary>Gives a channel's numbers to the lanes in use, and zeros to those of the padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Spread(PixelScale scale, float* factors, float* summands, int count, int lanes)
    {
        for (var lane = 0; lane < lanes; lane++)
        {
            factors[lane] = lane < count ? scale.Factor : 0;
            summands[lane] = lane < count ? scale.Summand : 0;
        }
    }

    /// <summary>Returns the part of an ascending list that is in [start, end).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<int> Within(ReadOnlySpan<int> listed, int start, int end)
    {
        var from = listed.BinarySearch(start);
        var to = listed.BinarySearch(end);
        return listed[(from < 0 ? ~from : from)..(to < 0 ? ~to : to)];
    }

    /// <summary>Asks for an example's cache lines early.</summary>
    /// <remarks>
    /// Examples in random order come from main memory, whose latency would otherwise be most of the cost.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Prefetch(byte* example, int features)
    {
        if (!Sse.IsSupported)
            return;
        for (var pixel = 0; pixel < features; pixel += CacheLine)
            Sse.Prefetch0(example + pixel);
    }
}
