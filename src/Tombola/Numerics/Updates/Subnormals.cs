using System.Runtime.CompilerServices;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Updates;

/// <summary>Keeps the state of optimizers out of the range below 1.2e-38, where many processors are slow.</summary>
/// <remarks>
/// A mean that decays without new gradients, of a pixel that is rarely inked for example, would otherwise end among
/// the subnormal numbers and stay there: a tenth of a few units in the last place rounds to nothing.
/// </remarks>
internal static class Subnormals
{
    // Its unit in the last place is 9e-38: sums with it are either exact or rounded to normal numbers.
    private const float Threshold = 1e-30f;

    /// <summary>Rounds numbers below about 1e-30 to multiples of 9e-38, and so the smallest to zero.</summary>
    /// <param name="value">Anything; from 1e-23 upwards in magnitude unchanged.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Flush<T>(T value)
        where T : struct, ILanes<T> =>
        (value + T.Broadcast(Threshold)) - T.Broadcast(Threshold);
}
