using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;

namespace Tombola.Numerics.Lanewise;

/// <summary>Applies a function of one number to a buffer.</summary>
/// <remarks>
/// Each thread computes whole groups of 16 floats, so functions that treat the end of a span in their own way give the
/// same bits however the work is split.
/// </remarks>
internal static unsafe class Elementwise
{
    private const int ItemFloats = 1024;

    /// <summary>Computes <c>y = f(x)</c>.</summary>
    /// <param name="y">Overwritten.</param>
    /// <param name="x">Of the same length, a multiple of 16.</param>
    /// <typeparam name="TFunction">f.</typeparam>
    internal static void Run<TFunction>(ThreadTeam team, FloatBuffer y, FloatBuffer x)
        where TFunction : struct, ISpanFunction =>
        team.Run(
            new Work<TFunction> { Y = y.Pointer, X = x.Pointer, Length = x.Length },
            (x.Length + ItemFloats - 1) / ItemFloats);

    private struct Work<TFunction> : IRangeWork
        where TFunction : struct, ISpanFunction
    {
        public float* Y, X;
        public int Length;

        public readonly void Run(int from, int to)
        {
            var start = from * ItemFloats;
            var count = (int)Math.Min((long)to * ItemFloats, Length) - start;
            TFunction.Apply(new ReadOnlySpan<float>(X + start, count), new Span<float>(Y + start, count));
        }
    }
}
