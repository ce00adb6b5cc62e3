using System.Runtime.CompilerServices;

namespace Tombola.Numerics.Vectors;

/// <summary>Square roots and reciprocals by iteration, for kernels that the machine's divider would hold up.</summary>
/// <remarks>
/// A processor divides or takes roots at a tenth of the rate at which it multiplies. A guess from the bit pattern,
/// good to a twentieth, and two steps of Householder's iteration cost less and use nothing but multiplications and
/// fused multiply-adds, so that, unlike with the machines' own estimates, every machine and width gets the same bits.
/// </remarks>
internal static class Newton
{
    /// <summary>Relative error below which both functions stay over their ranges.</summary>
    internal const double Accuracy = 3e-7;

    // These make the greatest relative errors of the guesses, in either direction, equal: 0.034 and 0.051.
    private const uint InverseRootBits = 0x5F374700;
    private const uint NegativeReciprocalBits = 0xFEF311C7;

    /// <summary>Computes the square root of each lane.</summary>
    /// <remarks>
    /// A step of order three on y ≈ 1/√x leaves an error of 1e-4, a step of order two on x·y one of 2e-8, rounding
    /// aside. Zero gives zero.
    /// </remarks>
    /// <param name="x">Zero or from 1.2e-38 to 3.4e38; below, the result is at most 2e-19; negative gives nonsense.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T SquareRoot<T>(T x)
        where T : struct, ILanes<T>
    {
        var y = T.SubtractBits(InverseRootBits, x, 1);
        var h = x * y * y;
        y *= T.MultiplyAdd(h, T.MultiplyAdd(h, T.Broadcast(0.375f), T.Broadcast(-1.25f)), T.Broadcast(1.875f));
        var root = x * y;
        var rest = T.MultiplyAdd(root, y * T.Broadcast(-0.5f), T.Broadcast(0.5f));
        return T.MultiplyAdd(root, rest, root);
    }

    /// <summary>Computes <c>−1 / x</c> for each lane; the sign saves the negations of the iteration.</summary>
    /// <remarks>A step of order three and one of order two: the guess's error to the sixth power, rounding aside.</remarks>
    /// <param name="x">From 1e-30 to 1e30.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T NegativeReciprocal<T>(T x)
        where T : struct, ILanes<T>
    {
        var one = T.Broadcast(1);
        var y = T.SubtractBits(NegativeReciprocalBits, x, 0);
        var rest = T.MultiplyAdd(x, y, one);
        y = T.MultiplyAdd(y, T.MultiplyAdd(rest, rest, rest), y);
        return T.MultiplyAdd(y, T.MultiplyAdd(x, y, one), y);
    }
}
