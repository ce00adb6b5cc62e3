using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tombola.Numerics.Images;

/// <summary>4 lanes at once, on any machine; without vector instructions the runtime computes lane by lane.</summary>
internal readonly unsafe struct PixelLanes128 : IPixelLanes
{
    private const int Lanes = 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(byte* pixels, float* scale, float* offset, float* target)
    {
        var (low, high) = Vector128.Widen(Vector128.Load(pixels));
        var (first, second) = Vector128.Widen(low);
        var (third, fourth) = Vector128.Widen(high);
        Quarter(first, 0);
        Quarter(second, Lanes);
        Quarter(third, 2 * Lanes);
        Quarter(fourth, 3 * Lanes);

        void Quarter(Vector128<uint> values, int lane) =>
            ((Vector128.ConvertToSingle(values.AsInt32()) * Vector128.Load(scale + lane))
                + Vector128.Load(offset + lane)).Store(target + lane);
    }
}
