using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Tombola.Numerics.Images;

/// <summary>Transposes a tile of 16 × 16 bytes: 16 rows of an image set become 16 columns of a batch.</summary>
/// <remarks>
/// Four passes of interleaving, as in a perfect shuffle: a pass moves the top bit of a row's number to the bottom of
/// the position within the row, so after four passes rows and positions have changed places. Done in place on
/// registers, where the pairs of the passes are 8, 4, 2 and 1 apart, the result comes out in order.
/// </remarks>
internal static unsafe class ByteTile
{
    /// <summary>Rows and columns of a tile.</summary>
    internal const int Side = 16;

    /// <summary>Transposes a tile.</summary>
    /// <param name="rows">
    /// 16 addresses, at each of which 16 bytes can be read after adding <paramref name="column"/>.
    /// </param>
    /// <param name="column">Where the tile begins within the rows.</param>
    /// <param name="tile">Row p of it receives byte p of each of the 16 rows.</param>
    /// <param name="stride">Bytes from one row of the tile to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Transpose(byte** rows, nint column, byte* tile, int stride)
    {
        Vector128<byte> r0 = Load(0), r1 = Load(1), r2 = Load(2), r3 = Load(3);
        Vector128<byte> r4 = Load(4), r5 = Load(5), r6 = Load(6), r7 = Load(7);
        Vector128<byte> r8 = Load(8), r9 = Load(9), r10 = Load(10), r11 = Load(11);
        Vector128<byte> r12 = Load(12), r13 = Load(13), r14 = Load(14), r15 = Load(15);

        Zip(ref r0, ref r8); Zip(ref r1, ref r9); Zip(ref r2, ref r10); Zip(ref r3, ref r11);
        Zip(ref r4, ref r12); Zip(ref r5, ref r13); Zip(ref r6, ref r14); Zip(ref r7, ref r15);

        Zip(ref r0, ref r4); Zip(ref r1, ref r5); Zip(ref r2, ref r6); Zip(ref r3, ref r7);
        Zip(ref r8, ref r12); Zip(ref r9, ref r13); Zip(ref r10, ref r14); Zip(ref r11, ref r15);

        Zip(ref r0, ref r2); Zip(ref r1, ref r3); Zip(ref r4, ref r6); Zip(ref r5, ref r7);
        Zip(ref r8, ref r10); Zip(ref r9, ref r11); Zip(ref r12, ref r14); Zip(ref r13, ref r15);

        Zip(ref r0, ref r1); Zip(ref r2, ref r3); Zip(ref r4, ref r5); Zip(ref r6, ref r7);
        Zip(ref r8, ref r9); Zip(ref r10, ref r11); Zip(ref r12, ref r13); Zip(ref r14, ref r15);

        Store(0, r0); Store(1, r1); Store(2, r2); Store(3, r3);
        Store(4, r4); Store(5, r5); Store(6, r6); Store(7, r7);
        Store(8, r8); Store(9, r9); Store(10, r10); Store(11, r11);
        Store(12, r12); Store(13, r13); Store(14, r14); Store(15, r15);

        Vector128<byte> Load(int row) => Vector128.Load(rows[row] + column);
        void Store(int row, Vector128<byte> bytes) => bytes.Store(tile + (row * stride));
    }

    /// <summary>Interleaves two vectors: the low halves into the first, the high halves into the second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Zip(ref Vector128<byte> a, ref Vector128<byte> b)
    {
        if (Sse2.IsSupported)
        {
            (a, b) = (Sse2.UnpackLow(a, b), Sse2.UnpackHigh(a, b));
        }
        else if (AdvSimd.Arm64.IsSupported)
        {
            (a, b) = (AdvSimd.Arm64.ZipLow(a, b), AdvSimd.Arm64.ZipHigh(a, b));
        }
        else
        {
            // Each byte of a in the low half of 16 bits, the same byte of b in the high half.
            var low = Vector128.WidenLower(a) | (Vector128.WidenLower(b) << 8);
            var high = Vector128.WidenUpper(a) | (Vector128.WidenUpper(b) << 8);
            (a, b) = (low.AsByte(), high.AsByte());
        }
    }
}
