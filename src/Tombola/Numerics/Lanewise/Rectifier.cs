using System.Runtime.CompilerServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Lanewise;

/// <summary>The two passes of ReLU over contiguous floats.</summary>
internal static class Rectifier
{
    /// <summary>Computes <c>y = x where x > 0, else 0</c>.</summary>
    /// <param name="y">Overwritten.</param>
    /// <param name="x">Of the same length, a multiple of 16.</param>
    internal static void Forward(ThreadTeam team, FloatBuffer y, FloatBuffer x) =>
        Pairwise.Run<WherePositive>(team, y, x, x, accumulate: false);

    /// <summary>Computes <c>dx (+)= dy where x > 0, else 0</c>.</summary>
    /// <param name="dx">Overwritten or added to; may be <paramref name="dy"/>.</param>
    /// <param name="x">Input or output of the forward pass, of a length that is a multiple of 16.</param>
    /// <param name="dy">The gradient of the output.</param>
    /// <param name="accumulate">Whether the present content of <paramref name="dx"/> is added to.</param>
    internal static void Backward(ThreadTeam team, FloatBuffer dx, FloatBuffer x, FloatBuffer dy, bool accumulate) =>
        Pairwise.Run<WherePositive>(team, dx, x, dy, accumulate);

    private readonly struct WherePositive : IPairFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply<T>(T a, T b)
            where T : struct, ILanes<T> => T.WherePositive(a, b);
    }
}
