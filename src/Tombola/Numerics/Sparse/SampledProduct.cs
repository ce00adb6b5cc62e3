using System.Runtime.CompilerServices;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Sparse;

/// <summary>Computes <c>A · Bᵀ</c> at given positions only (SDDMM): the gradient of the surviving weights.</summary>
/// <remarks>
/// Each is a dot product over the lanes. A row of A stays in registers while the positions of its row pass; four
/// positions are reduced together, which needs far fewer shuffles than four separate sums. An item is a row.
/// </remarks>
internal unsafe struct SampledProduct : IRangeWork
{
    /// <summary>The positions: starts by block and row, and columns.</summary>
    public int* Starts, Columns;
    public int Rows, Blocks;

    /// <summary>The results, in the order of the positions.</summary>
    public float* Values;

    /// <summary>A [rows, lanes] and B [columns, lanes].</summary>
    public float* A, B;
    public int Lanes;

    /// <summary>Whether the present results are added to.</summary>
    public bool Accumulate;

    /// <summary>Computes the products on a team.</summary>
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
        var (lane, accumulate) = (0, Accumulate);
        for (; lane + (4 * T.Width) <= Lanes; lane += 4 * T.Width, accumulate = true)
            RunFour<T>(from, to, lane, accumulate);
        for (; lane < Lanes; lane += T.Width, accumulate = true)
            RunOne<T>(from, to, lane, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void RunFour<T>(int from, int to, int lane, bool accumulate)
        where T : struct, ILanes<T>
    {
        var w = T.Width;
        var columns = Columns;
        float* values = Values, b = B + lane;
        nint stride = Lanes;
        for (var block = 0; block < Blocks; block++)
        {
            var starts = Starts + (block * (Rows + 1));
            for (var row = from; row < to; row++)
            {
                int k = starts[row], end = starts[row + 1];
                if (k == end)
                    continue;
                var a = A + (row * stride) + lane;
                T a0 = T.Load(a), a1 = T.Load(a + w), a2 = T.Load(a + (2 * w)), a3 = T.Load(a + (3 * w));
                for (; k + 4 <= end; k += 4)
                {
                    T.StoreSums(
                        values + k, Dot(b + (columns[k] * stride), a0, a1, a2, a3),
                        Dot(b + (columns[k + 1] * stride), a0, a1, a2, a3),
                        Dot(b + (columns[k + 2] * stride), a0, a1, a2, a3),
                        Dot(b + (columns[k + 3] * stride), a0, a1, a2, a3), accumulate);
                }

                for (; k < end; k++)
                {
                    var sum = T.Sum(Dot(b + (columns[k] * stride), a0, a1, a2, a3));
                    values[k] = accumulate ? values[k] + sum : sum;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void RunOne<T>(int from, int to, int lane, bool accumulate)
        where T : struct, ILanes<T>
    {
        for (var block = 0; block < Blocks; block++)
        {
            var starts = Starts + (block * (Rows + 1));
            for (var row = from; row < to; row++)
            {
                var a = T.Load(A + ((nint)row * Lanes) + lane);
                for (var k = starts[row]; k < starts[row + 1]; k++)
                {
                    var sum = T.Sum(a * T.Load(B + ((nint)Columns[k] * Lanes) + lane));
                    Values[k] = accumulate ? Values[k] + sum : sum;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Dot<T>(float* b, T a0, T a1, T a2, T a3)
        where T : struct, ILanes<T>
    {
        var sum = a0 * T.Load(b);
        sum = T.MultiplyAdd(a1, T.Load(b + T.Width), sum);
        sum = T.MultiplyAdd(a2, T.Load(b + (2 * T.Width)), sum);
        return T.MultiplyAdd(a3, T.Load(b + (3 * T.Width)), sum);
    }
}
