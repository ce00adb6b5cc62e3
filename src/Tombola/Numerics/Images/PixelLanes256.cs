using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tombola.Numerics.Images;

/// <summary>8 lanes at once.</summary>
internal readonly unsafe struct PixelLanes256 : IPixelLanes
{
    private const int Lanes = 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(byte* pixels, float* scale, float* offset, float* target)
    {
        Half(pixels, scale, offset, target);
        Half(pixels + Lanes, scale + Lanes, offset + Lanes, target + Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(byte* pixels, float* scale, float* offset, float* target)
    {
        var values = Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(pixels));
        ((values * Vector256.Load(scale)) + Vector256.Load(offset)).Store(target);
    }
}
