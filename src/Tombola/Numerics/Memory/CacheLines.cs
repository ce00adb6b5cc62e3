using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Tombola.Numerics.Memory;

/// <summary>Asks for memory before it is needed.</summary>
internal static unsafe class CacheLines
{
    /// <summary>Floats of a line.</summary>
    internal const int Floats = 16;

    /// <summary>Fetches a stretch into the first-level cache; a hint, which may name any address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Prefetch(float* from, int floats)
    {
        if (!Sse.IsSupported)
            return;
        for (var i = 0; i < floats; i += Floats)
            Sse.Prefetch0(from + i);
    }
}
