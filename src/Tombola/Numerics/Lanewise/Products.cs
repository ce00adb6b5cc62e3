using System.Runtime.CompilerServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Lanewise;

/// <summary>Multiplies buffers, float by float.</summary>
internal static class Products
{
    /// <summary>Computes <c>result (+)= a × b</c>: the product itself, and its gradient in either factor.</summary>
    /// <param name="result">Overwritten or added to.</param>
    /// <param name="a">Of the same length, a multiple of 16.</param>
    /// <param name="b">Of the same length; may be <paramref name="a"/>.</param>
    /// <param name="accumulate">Whether the present content of <paramref name="result"/> is added to.</param>
    internal static void Run(ThreadTeam team, FloatBuffer result, FloatBuffer a, FloatBuffer b, bool accumulate) =>
        Pairwise.Run<Product>(team, result, a, b, accumulate);

    private readonly struct Product : IPairFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply<T>(T a, T b)
            where T : struct, ILanes<T> => a * b;
    }
}
