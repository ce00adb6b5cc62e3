using System.Runtime.CompilerServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Lanewise;

/// <summary>Sums each row over its lanes, as the gradient of a bias needs it.</summary>
internal static unsafe class LaneSums
{
    /// <summary>Computes <c>sums[row] (+)= Σ values[row, lane]</c>.</summary>
    /// <remarks>
    /// Sixteen partial sums, each over every sixteenth lane, are added in a fixed tree: the bits depend neither on the
    /// threads nor on the vector width.
    /// </remarks>
    /// <param name="sums">[rows].</param>
    /// <param name="values">[rows, lanes]; padding lanes must be zero.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="lanes">A multiple of 16.</param>
    /// <param name="accumulate">Whether the present content of <paramref name="sums"/> is added to.</param>
    internal static void Run(
        ThreadTeam team, FloatBuffer sums, FloatBuffer values, int rows, int lanes, bool accumulate) =>
        team.Run(
            new Work { Sums = sums.Pointer, Values = values.Pointer, Lanes = lanes, Accumulate = accumulate }, rows);

    private struct Work : IRangeWork
    {
        public float* Sums;
        public float* Values;
        public int Lanes;
        public bool Accumulate;

        public readonly void Run(int from, int to)
        {
            switch (VectorWidth.Bits)
            {
                case 512: Rows<Lanes512>(from, to); break;
                case 256: Rows<Lanes256>(from, to); break;
                default: Rows<Lanes128>(from, to); break;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private readonly void Rows<T>(int from, int to)
            where T : struct, ILanes<T>
        {
            for (var row = from; row < to; row++)
            {
                var sum = RowSum<T>(Values + ((nint)row * Lanes), Lanes);
                Sums[row] = sum + (Accumulate ? Sums[row] : 0);
            }
        }

        // The JIT knows the width, so what is left over of the branches is the additions that it needs.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float RowSum<T>(float* values, int lanes)
            where T : struct, ILanes<T>
        {
            T a = T.Zero, b = T.Zero, c = T.Zero, d = T.Zero;
            for (var end = values + lanes; values < end; values += VectorWidth.Pad)
            {
                a += T.Load(values);
                if (T.Width < 16)
                    b += T.Load(values + T.Width);
                if (T.Width < 8)
                {
                    c += T.Load(values + (2 * T.Width));
                    d += T.Load(values + (3 * T.Width));
                }
            }

            return T.Width switch
            {
                16 => T.Sum(a),
                8 => T.Sum(a) + T.Sum(b),
                _ => (T.Sum(a) + T.Sum(b)) + (T.Sum(c) + T.Sum(d)),
            };
        }
    }
}
