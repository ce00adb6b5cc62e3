using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tombola.Numerics.Random;

/// <summary>Computes many blocks of <see cref="Philox"/> at a time.</summary>
internal static class PhiloxBlocks
{
    /// <summary>Writes the words of consecutive counters, four each.</summary>
    /// <param name="words">Overwritten; the last block may be cut off.</param>
    /// <param name="low">The low 64 bits of the first counter; the later ones follow it.</param>
    /// <param name="high">The high 64 bits of all counters.</param>
    /// <param name="key">The 64-bit key.</param>
    internal static void Fill(Span<uint> words, ulong low, ulong high, ulong key)
    {
        var done = Avx2.IsSupported ? FillFours(words, low, high, key) : 0;
        for (; done < words.Length; done += 4)
        {
            var block = Philox.Block(low + ((ulong)done >> 2), high, key);
            words[done] = block.W0;
            if (done + 1 < words.Length) words[done + 1] = block.W1;
            if (done + 2 < words.Length) words[done + 2] = block.W2;
            if (done + 3 < words.Length) words[done + 3] = block.W3;
        }
    }

    /// <summary>Computes four blocks at a time, as long as four are wanted.</summary>
    /// <remarks>
    /// Each word of a block lies in the low half of a 64-bit lane. The high halves hold leftovers: the multiplication
    /// and the final merge look at low halves alone.
    /// </remarks>
    /// <returns>How many words were written.</returns>
    private static int FillFours(Span<uint> words, ulong low, ulong high, ulong key)
    {
        var multiplier0 = Vector256.Create((ulong)Philox.Multiplier0).AsUInt32();
        var multiplier1 = Vector256.Create((ulong)Philox.Multiplier1).AsUInt32();
        // In this order the last shuffles bring the blocks back into theirs.
        var counters = Vector256.Create(low) + Vector256.Create(0UL, 2, 1, 3);
        var done = 0;
        for (; done + 16 <= words.Length; done += 16)
        {
            Vector256<ulong> c0 = counters, c1 = counters >>> 32;
            Vector256<ulong> c2 = Vector256.Create(high), c3 = Vector256.Create(high >> 32);
            uint k0 = (uint)key, k1 = (uint)(key >> 32);
            for (var round = 0; round < Philox.Rounds; round++)
            {
                var p0 = Avx2.Multiply(multiplier0, c0.AsUInt32());
                var p1 = Avx2.Multiply(multiplier1, c2.AsUInt32());
                c0 = (p1 >>> 32) ^ c1 ^ Vector256.Create((ulong)k0);
                c2 = (p0 >>> 32) ^ c3 ^ Vector256.Create((ulong)k1);
                c1 = p1;
                c3 = p0;
                k0 += Philox.Weyl0;
                k1 += Philox.Weyl1;
            }

            var first = Avx2.Blend(c0.AsUInt32(), (c1 << 32).AsUInt32(), 0b10101010).AsUInt64();
            var second = Avx2.Blend(c2.AsUInt32(), (c3 << 32).AsUInt32(), 0b10101010).AsUInt64();
            Avx2.UnpackLow(first, second).AsUInt32().CopyTo(words[done..]);
            Avx2.UnpackHigh(first, second).AsUInt32().CopyTo(words[(done + 8)..]);
            counters += Vector256.Create(4UL);
        }

        return done;
    }
}
