using System.Runtime.CompilerServices;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Dense;

/// <summary>Runs fused multiply-adds from registers alone: the rate no kernel can pass on one core.</summary>
public static class FmaPeak
{
    /// <summary>
    /// Floating-point operations of one round of <see cref="Run"/>: 24 chains, two operations a lane.
    /// </summary>
    public static int FlopsPerRound => 24 * 2 * Math.Max(1, VectorWidth.Bits / 32);

    /// <summary>Runs a number of rounds at the machine's widest vectors.</summary>
    /// <param name="rounds">Each is 24 independent fused multiply-adds.</param>
    /// <returns>A number that depends on all of them, so that none can be left out.</returns>
    public static float Run(int rounds) => VectorWidth.Bits switch
    {
        512 => Chains<Lanes512>(rounds),
        256 => Chains<Lanes256>(rounds),
        128 => Chains<Lanes128>(rounds),
        _ => Chains<Lanes1>(rounds),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Chains<T>(int rounds)
        where T : struct, ILanes<T>
    {
        var a = T.Broadcast(0.5f);
        var b = T.Broadcast(0.25f);
        T c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11;
        c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = c8 = c9 = c10 = c11 = T.Zero;
        for (var i = 0; i < 2 * rounds; i++)
        {
            c0 = T.MultiplyAdd(c0, a, b);
            c1 = T.MultiplyAdd(c1, a, b);
            c2 = T.MultiplyAdd(c2, a, b);
            c3 = T.MultiplyAdd(c3, a, b);
            c4 = T.MultiplyAdd(c4, a, b);
            c5 = T.MultiplyAdd(c5, a, b);
            c6 = T.MultiplyAdd(c6, a, b);
            c7 = T.MultiplyAdd(c7, a, b);
            c8 = T.MultiplyAdd(c8, a, b);
            c9 = T.MultiplyAdd(c9, a, b);
            c10 = T.MultiplyAdd(c10, a, b);
            c11 = T.MultiplyAdd(c11, a, b);
        }

        return T.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11);
    }
}
