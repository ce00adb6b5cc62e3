using System.Runtime.CompilerServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Lanewise;

/// <summary>Applies a function of two numbers to two buffers, float by float.</summary>
/// <remarks>The bits depend neither on the threads nor on the vector width: each float is on its own.</remarks>
internal static unsafe class Pairwise
{
    // Small enough to share among threads, large enough that starting an item costs nothing.
    private const int ItemFloats = 4096;

    /// <summary>Computes <c>result (+)= f(a, b)</c>.</summary>
    /// <param name="result">Overwritten or added to; may be one of the operands.</param>
    /// <param name="a">Of the same length, a multiple of 16.</param>
    /// <param name="b">Of the same length; may be <paramref name="a"/>.</param>
    /// <param name="accumulate">Whether the present content of <paramref name="result"/> is added to.</param>
    /// <typeparam name="TFunction">f.</typeparam>
    internal static void Run<TFunction>(
        ThreadTeam team, FloatBuffer result, FloatBuffer a, FloatBuffer b, bool accumulate)
        where TFunction : struct, IPairFunction
    {
        var work = new Work<TFunction>
        {
            Result = result.Pointer, A = a.Pointer, B = b.Pointer, Length = a.Length, Accumulate = accumulate,
        };
        team.Run(work, (a.Length + ItemFloats - 1) / ItemFloats);
    }

    private struct Work<TFunction> : IRangeWork
        where TFunction : struct, IPairFunction
    {
        public float* Result, A, B;
        public int Length;
        public bool Accumulate;

        public readonly void Run(int from, int to)
        {
            switch (VectorWidth.Bits)
            {
                case 512: Floats<Lanes512>(from, to); break;
                case 256: Floats<Lanes256>(from, to); break;
                case 128: Floats<Lanes128>(from, to); break;
                default: Floats<Lanes1>(from, to); break;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private readonly void Floats<T>(int from, int to)
            where T : struct, ILanes<T>
        {
            var end = Math.Min((nint)to * ItemFloats, Length);
            for (var i = (nint)from * ItemFloats; i < end; i += T.Width)
            {
                var value = TFunction.Apply(T.Load(A + i), T.Load(B + i));
                T.Store(Result + i, Accumulate ? T.Load(Result + i) + value : value);
            }
        }
    }
}
