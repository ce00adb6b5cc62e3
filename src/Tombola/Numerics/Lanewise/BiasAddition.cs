using System.Runtime.CompilerServices;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Lanewise;

/// <summary>Adds one number a row to every lane.</summary>
internal static unsafe class BiasAddition
{
    /// <summary>Computes <c>y[row, lane] = x[row, lane] + bias[row]</c>.</summary>
    /// <param name="y">[rows, lanes], overwritten.</param>
    /// <param name="x">[rows, lanes].</param>
    /// <param name="bias">[rows].</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="lanes">A multiple of 16.</param>
    internal static void Run(ThreadTeam team, FloatBuffer y, FloatBuffer x, FloatBuffer bias, int rows, int lanes) =>
        team.Run(new Work { Y = y.Pointer, X = x.Pointer, Bias = bias.Pointer, Lanes = lanes }, rows);

    private struct Work : IRangeWork
    {
        public float* Y, X, Bias;
        public int Lanes;

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

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private readonly void Rows<T>(int from, int to)
            where T : struct, ILanes<T>
        {
            for (var row = from; row < to; row++)
            {
                var bias = T.Broadcast(Bias[row]);
                var end = (nint)(row + 1) * Lanes;
                for (var i = (nint)row * Lanes; i < end; i += T.Width)
                    T.Store(Y + i, T.Load(X + i) + bias);
            }
        }
    }
}
