using System.Runtime.CompilerServices;

namespace Tombola.Numerics.Random;

/// <summary>Computes Philox4x32-10, a counter-based generator: a keyed bijection of 128-bit counters.</summary>
/// <remarks>
/// Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011), §3.3.
/// </remarks>
internal static class Philox
{
    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;
    internal const uint Weyl0 = 0x9E3779B9;
    internal const uint Weyl1 = 0xBB67AE85;
    internal const int Rounds = 10;

    /// <summary>Four independent 32-bit words.</summary>
    internal readonly record struct Words(uint W0, uint W1, uint W2, uint W3);

    /// <summary>Maps one counter to four random words under a key.</summary>
    /// <param name="low">The low 64 bits of the counter.</param>
    /// <param name="high">The high 64 bits of the counter.</param>
    /// <param name="key">The 64-bit key.</param>
    /// <returns>The four output words.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Words Block(ulong low, ulong high, ulong key)
    {
        uint c0 = (uint)low, c1 = (uint)(low >> 32), c2 = (uint)high, c3 = (uint)(high >> 32);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (var round = 0; round < Rounds; round++)
        {
            var p0 = (ulong)Multiplier0 * c0;
            var p1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return new Words(c0, c1, c2, c3);
    }
}
