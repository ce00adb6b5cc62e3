using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Lanewise;

/// <summary>Sums each row over its lanes, as the gradient of a bias needs it.</summary>
internal static unsafe class LaneSums
{
    /// <summary>Computes <c>sums[row] (+)= Σ values[row, lane]</c>.</summary>
    /// <remarks>
    /// As many partial sums as a vector has lanes are added in a fixed tree: the bits do not depend on the threads.
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
                case 128: Rows<Lanes128>(from, to); break;
                default: Rows<Lanes1>(from, to); break;
            }
        }

        private readonly void Rows<T>(int from, int to)
            where T : struct, ILanes<T>
        {
            for (var row = from; row < to; row++)
            {
                var values = Values + ((nint)row * Lanes);
                var sum = T.Zero;
                for (var lane = 0; lane < Lanes; lane += T.Width)
                    sum += T.Load(values + lane);
                Sums[row] = T.Sum(sum) + (Accumulate ? Sums[row] : 0);
            }
        }
    }
}
