using System.Runtime.CompilerServices;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Sparse;

/// <summary>Computes <c>C = start + A · B</c> for a sparse A, where the rows of B and C are contiguous lanes.</summary>
/// <remarks>
/// Each nonzero is broadcast and multiplied with four vectors of lanes. The terms of a sum come in the order of the
/// columns and each is rounded once: leaving out zeros is the only difference to the dense product, and the bits are
/// the same. An item is a row.
/// </remarks>
internal unsafe struct SparseProduct : IRangeWork
{
    /// <summary>The nonzeros: starts by block and row, columns, and slots of the values (null: in order).</summary>
    public int* Starts, Columns, Slots;
    public int Rows, Blocks;

    /// <summary>The values.</summary>
    public float* Values;

    /// <summary>B [columns, lanes] and C [rows, lanes].</summary>
    public float* B, C;
    public int Lanes;

    /// <summary>One number a row to start the sums from, or null for zero.</summary>
    public float* Bias;

    /// <summary>Whether the sums start from C's present content instead.</summary>
    public bool Accumulate;

    /// <summary>Takes the nonzeros of a layout.</summary>
    internal static SparseProduct Of(CompressedRows rows) =>
        new()
        {
            Starts = rows.Starts, Columns = rows.Columns, Slots = rows.Slots, Rows = rows.Rows, Blocks = rows.Blocks,
        };

    /// <summary>Computes the product on a team.</summary>
    internal readonly void Run(ThreadTeam team) => team.Run(this, Rows);

    /// <inheritdoc/>
    public readonly void Run(int from, int to)
    {
        switch (VectorWidth.Bits)
        {
            case 512: RunRows<Lanes512>(from, to); break;
            case 256: RunRows<Lanes256>(from, to); break;
            case 128: RunRows<Lanes128>(from, to); break;
            default: RunRows<Lanes1>(from, to); break;
        }
    }

    private readonly void RunRows<T>(int from, int to)
        where T : struct, ILanes<T>
    {
        var lane = 0;
        for (; lane + (4 * T.Width) <= Lanes; lane += 4 * T.Width)
            RunFour<T>(from, to, lane);
        for (; lane < Lanes; lane += T.Width)
            RunOne<T>(from, to, lane);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void RunFour<T>(int from, int to, int lane)
        where T : struct, ILanes<T>
    {
        var w = T.Width;
        int* columns = Columns, slots = Slots;
        float* values = Values, b = B + lane;
        nint stride = Lanes;
        for (var block = 0; block < Blocks; block++)
        {
            var starts = Starts + (block * (Rows + 1));
            for (var row = from; row < to; row++)
            {
                int k = starts[row], end = starts[row + 1];
                if (k == end && block > 0)
                    continue;
                var c = C + (row * stride) + lane;
                T c0, c1, c2, c3;
                if (Accumulate || block > 0)
                    (c0, c1, c2, c3) = (T.Load(c), T.Load(c + w), T.Load(c + (2 * w)), T.Load(c + (3 * w)));
                else
                    c0 = c1 = c2 = c3 = Bias is null ? T.Zero : T.Broadcast(Bias[row]);
                for (; k < end; k++)
                {
                    var value = T.Broadcast(values[slots is null ? k : slots[k]]);
                    var x = b + (columns[k] * stride);
                    c0 = T.MultiplyAdd(value, T.Load(x), c0);
                    c1 = T.MultiplyAdd(value, T.Load(x + w), c1);
                    c2 = T.MultiplyAdd(value, T.Load(x + (2 * w)), c2);
                    c3 = T.MultiplyAdd(value, T.Load(x + (3 * w)), c3);
                }

                T.Store(c, c0);
                T.Store(c + w, c1);
                T.Store(c + (2 * w), c2);
                T.Store(c + (3 * w), c3);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void RunOne<T>(int from, int to, int lane)
        where T : struct, ILanes<T>
    {
        for (var block = 0; block < Blocks; block++)
        {
            var starts = Starts + (block * (Rows + 1));
            for (var row = from; row < to; row++)
            {
                var c = C + ((nint)row * Lanes) + lane;
                var sum = Accumulate || block > 0 ? T.Load(c) : Bias is null ? T.Zero : T.Broadcast(Bias[row]);
                for (var k = starts[row]; k < starts[row + 1]; k++)
                {
                    var value = T.Broadcast(Values[Slots is null ? k : Slots[k]]);
                    sum = T.MultiplyAdd(value, T.Load(B + ((nint)Columns[k] * Lanes) + lane), sum);
                }

                T.Store(c, sum);
            }
        }
    }
}
