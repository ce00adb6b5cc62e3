using System.Runtime.CompilerServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Lanewise;

/// <summary>Adds buffers, float by float.</summary>
internal static class Sums
{
    /// <summary>Computes <c>y = a + b</c>.</summary>
    /// <param name="y">Overwritten.</param>
    /// <param name="a">Of the same length, a multiple of 16.</param>
    /// <param name="b">Of the same length; may be <paramref name="a"/>.</param>
    internal static void Forward(ThreadTeam team, FloatBuffer y, FloatBuffer a, FloatBuffer b) =>
        Pairwise.Run<Sum>(team, y, a, b, accumulate: false);

    /// <summary>Computes <c>y = a + b where that is above 0, else 0</c>.</summary>
    /// <param name="y">Overwritten.</param>
    /// <param name="a">Of the same length, a multiple of 16.</param>
    /// <param name="b">Of the same length; may be <paramref name="a"/>.</param>
    internal static void ForwardRectified(ThreadTeam team, FloatBuffer y, FloatBuffer a, FloatBuffer b) =>
        Pairwise.Run<PositiveSum>(team, y, a, b, accumulate: false);

    /// <summary>Computes <c>dx (+)= dy</c>, the gradient of whatever passes its input on unchanged.</summary>
    /// <param name="dx">Overwritten or added to.</param>
    /// <param name="dy">Of the same length, a multiple of 16.</param>
    /// <param name="accumulate">Whether the present content of <paramref name="dx"/> is added to.</param>
    internal static void Backward(ThreadTeam team, FloatBuffer dx, FloatBuffer dy, bool accumulate) =>
        Pairwise.Run<First>(team, dx, dy, dy, accumulate);

    private readonly struct Sum : IPairFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply<T>(T a, T b)
            where T : struct, ILanes<T> => a + b;
    }

    private readonly struct PositiveSum : IPairFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply<T>(T a, T b)
            where T : struct, ILanes<T> => T.WherePositive(a + b, a + b);
    }

    private readonly struct First : IPairFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply<T>(T a, T b)
            where T : struct, ILanes<T> => a;
    }
}
