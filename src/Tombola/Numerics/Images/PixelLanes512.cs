using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tombola.Numerics.Images;

/// <summary>16 lanes at once.</summary>
internal readonly unsafe struct PixelLanes512 : IPixelLanes
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(byte* pixels, float* scale, float* offset, float* target)
    {
        var values = Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.Load(pixels)));
        ((values * Vector512.Load(scale)) + Vector512.Load(offset)).Store(target);
    }
}
