using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Lanewise;

/// <summary>The two passes of tanh over contiguous floats.</summary>
internal static class HyperbolicTangent
{
    /// <summary>Computes <c>y = tanh x</c>.</summary>
    /// <param name="y">Overwritten.</param>
    /// <param name="x">Of the same length, a multiple of 16.</param>
    internal static void Forward(ThreadTeam team, FloatBuffer y, FloatBuffer x) =>
        Elementwise.Run<Function>(team, y, x);

    /// <summary>Computes <c>dx (+)= dy × (1 − y²)</c>.</summary>
    /// <param name="dx">Overwritten or added to.</param>
    /// <param name="y">The output of the forward pass, of a length that is a multiple of 16.</param>
    /// <param name="dy">The gradient of the output.</param>
    /// <param name="accumulate">Whether the present content of <paramref name="dx"/> is added to.</param>
    internal static void Backward(ThreadTeam team, FloatBuffer dx, FloatBuffer y, FloatBuffer dy, bool accumulate) =>
        Pairwise.Run<Derivative>(team, dx, y, dy, accumulate);

    private readonly struct Function : ISpanFunction
    {
        public static void Apply(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Tanh(x, y);
    }

    private readonly struct Derivative : IPairFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply<T>(T a, T b)
            where T : struct, ILanes<T> => b * (T.Broadcast(1) - (a * a));
    }
}
