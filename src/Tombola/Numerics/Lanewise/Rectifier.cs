using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Lanewise;

/// <summary>The two passes of ReLU over contiguous floats.</summary>
internal static unsafe class Rectifier
{
    // Small enough to share among threads, large enough that starting an item costs nothing.
    private const int ItemFloats = 4096;

    /// <summary>Computes <c>y = x where x > 0, else 0</c>.</summary>
    /// <param name="y">Overwritten.</param>
    /// <param name="x">Of the same length, a multiple of 16.</param>
    internal static void Forward(ThreadTeam team, FloatBuffer y, FloatBuffer x) =>
        Run(team, new Work { Result = y.Pointer, Condition = x.Pointer, Value = x.Pointer, Length = x.Length });

    /// <summary>Computes <c>dx (+)= dy where x > 0, else 0</c>.</summary>
    /// <param name="dx">Overwritten or added to.</param>
    /// <param name="x">The input of the forward pass, of a length that is a multiple of 16.</param>
    /// <param name="dy">The gradient of the output.</param>
    /// <param name="accumulate">Whether the present content of <paramref name="dx"/> is added to.</param>
    internal static void Backward(ThreadTeam team, FloatBuffer dx, FloatBuffer x, FloatBuffer dy, bool accumulate) =>
        Run(team, new Work
        {
            Result = dx.Pointer, Condition = x.Pointer, Value = dy.Pointer, Length = x.Length, Accumulate = accumulate,
        });

    private static void Run(ThreadTeam team, in Work work) =>
        team.Run(work, (work.Length + ItemFloats - 1) / ItemFloats);

    private struct Work : IRangeWork
    {
        public float* Result, Condition, Value;
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

        private readonly void Floats<T>(int from, int to)
            where T : struct, ILanes<T>
        {
            var end = Math.Min((nint)to * ItemFloats, Length);
            for (var i = (nint)from * ItemFloats; i < end; i += T.Width)
            {
                var value = T.WherePositive(T.Load(Condition + i), T.Load(Value + i));
                T.Store(Result + i, Accumulate ? T.Load(Result + i) + value : value);
            }
        }
    }
}
