using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tombola.Numerics.Images;

/// <summary>Gathers examples of bytes into a batch-last buffer of floats, normalising on the way.</summary>
/// <remarks>
/// <c>target[f, b] = scale · pixels[indices[b], f] + offset</c>, and 0 in the padding lanes. 16 examples by 16
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
    /// <param name="scale">The factor of a byte.</param>
    /// <param name="offset">What is added to the product.</param>
    /// <param name="target"><c>[features, padded batch]</c>; rows that are not listed are left as they are.</param>
    internal static void Write(
        ReadOnlySpan<byte> pixels,
        int features,
        ReadOnlySpan<int> indices,
        ReadOnlySpan<int> listed,
        float scale,
        float offset,
        Span<float> target)
    {
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
            Write<PixelLanes512>(pixels, features, indices, listed, scale, offset, target);
        else if (Vector256.IsHardwareAccelerated && Avx2.IsSupported)
            Write<PixelLanes256>(pixels, features, indices, listed, scale, offset, target);
        else
            Write<PixelLanes128>(pixels, features, indices, listed, scale, offset, target);
    }

    /// <summary>Writes at one vector width; the parameters are those of the other overload.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Write<TLanes>(
        ReadOnlySpan<byte> pixels,
        int features,
        ReadOnlySpan<int> indices,
        ReadOnlySpan<int> listed,
        float scale,
        float offset,
        Span<float> target)
        where TLanes : struct, IPixelLanes
    {
        var rows = stackalloc byte*[LaneBlock.Lanes];
        var scales = stackalloc float[LaneBlock.Lanes];
        var offsets = stackalloc float[LaneBlock.Lanes];
        var tile = stackalloc byte[ByteTile.Side * LaneBlock.Lanes];
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
                    scales[row] = isUsed ? scale : 0;
                    offsets[row] = isUsed ? offset : 0;
                    if (isUsed)
                        Prefetch(rows[row], features);
                }

                var block = new LaneBlock(rows, scales, offsets, tile, lanes, features, Padded(indices.Length));
                if (listed.IsEmpty)
                    block.WriteAll<TLanes>(output + lane);
                else
                    block.WriteListed<TLanes>(listed, output + lane);
            }
        }
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
