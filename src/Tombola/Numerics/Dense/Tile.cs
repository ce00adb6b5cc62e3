using System.Runtime.CompilerServices;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Dense;

/// <summary>The register-blocked inner loops of the dense product: six rows by four, two or one vectors.</summary>
/// <remarks>
/// Each computes <c>C[r, :] = start + Σ_k A[r, k] · B[k, :]</c> for six rows r: the rows of B stream through registers,
/// the numbers of A are broadcast. Sums run over k in order, whatever the width, with one rounding a term. Row
/// pointers may repeat: a block at the lower edge repeats its last row, computing and storing the same numbers again.
/// </remarks>
internal static unsafe class Tile
{
    /// <summary>Rows of a tile.</summary>
    internal const int Rows = 6;

    /// <summary>Where a tile reads and writes.</summary>
    internal struct Operands
    {
        public float* A0, A1, A2, A3, A4, A5;
        public float* B;
        public float* C0, C1, C2, C3, C4, C5;
        public float Bias0, Bias1, Bias2, Bias3, Bias4, Bias5;
        public int Depth;
        public TileStart Start;

        /// <summary>Rows that differ; the others may be left out.</summary>
        public int Rows;
    }

    /// <summary>Computes six rows by four vectors; needs 29 registers, hence for machines with 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Run6x4<T, TDepth>(in Operands o, TDepth depth)
        where T : struct, ILanes<T>
        where TDepth : struct, IDepth
    {
        var w = T.Width;
        T c00, c01, c02, c03, c10, c11, c12, c13, c20, c21, c22, c23;
        T c30, c31, c32, c33, c40, c41, c42, c43, c50, c51, c52, c53;
        if (o.Start == TileStart.Content)
        {
            (c00, c01, c02, c03) = (T.Load(o.C0), T.Load(o.C0 + w), T.Load(o.C0 + (2 * w)), T.Load(o.C0 + (3 * w)));
            (c10, c11, c12, c13) = (T.Load(o.C1), T.Load(o.C1 + w), T.Load(o.C1 + (2 * w)), T.Load(o.C1 + (3 * w)));
            (c20, c21, c22, c23) = (T.Load(o.C2), T.Load(o.C2 + w), T.Load(o.C2 + (2 * w)), T.Load(o.C2 + (3 * w)));
            (c30, c31, c32, c33) = (T.Load(o.C3), T.Load(o.C3 + w), T.Load(o.C3 + (2 * w)), T.Load(o.C3 + (3 * w)));
            (c40, c41, c42, c43) = (T.Load(o.C4), T.Load(o.C4 + w), T.Load(o.C4 + (2 * w)), T.Load(o.C4 + (3 * w)));
            (c50, c51, c52, c53) = (T.Load(o.C5), T.Load(o.C5 + w), T.Load(o.C5 + (2 * w)), T.Load(o.C5 + (3 * w)));
        }
        else if (o.Start == TileStart.Bias)
        {
            c00 = c01 = c02 = c03 = T.Broadcast(o.Bias0);
            c10 = c11 = c12 = c13 = T.Broadcast(o.Bias1);
            c20 = c21 = c22 = c23 = T.Broadcast(o.Bias2);
            c30 = c31 = c32 = c33 = T.Broadcast(o.Bias3);
            c40 = c41 = c42 = c43 = T.Broadcast(o.Bias4);
            c50 = c51 = c52 = c53 = T.Broadcast(o.Bias5);
        }
        else
        {
            c00 = c01 = c02 = c03 = c10 = c11 = c12 = c13 = c20 = c21 = c22 = c23 = T.Zero;
            c30 = c31 = c32 = c33 = c40 = c41 = c42 = c43 = c50 = c51 = c52 = c53 = T.Zero;
        }

        float* a0 = o.A0, a1 = o.A1, a2 = o.A2, a3 = o.A3, a4 = o.A4, a5 = o.A5;
        for (var k = o.Depth; k > 0; k--)
        {
            depth.Next(out var at, out var row);
            var b = o.B + row;
            T b0 = T.Load(b), b1 = T.Load(b + w), b2 = T.Load(b + (2 * w)), b3 = T.Load(b + (3 * w));
            var a = T.Broadcast(a0[at]);
            c00 = T.MultiplyAdd(a, b0, c00);
            c01 = T.MultiplyAdd(a, b1, c01);
            c02 = T.MultiplyAdd(a, b2, c02);
            c03 = T.MultiplyAdd(a, b3, c03);
            a = T.Broadcast(a1[at]);
            c10 = T.MultiplyAdd(a, b0, c10);
            c11 = T.MultiplyAdd(a, b1, c11);
            c12 = T.MultiplyAdd(a, b2, c12);
            c13 = T.MultiplyAdd(a, b3, c13);
            a = T.Broadcast(a2[at]);
            c20 = T.MultiplyAdd(a, b0, c20);
            c21 = T.MultiplyAdd(a, b1, c21);
            c22 = T.MultiplyAdd(a, b2, c22);
            c23 = T.MultiplyAdd(a, b3, c23);
            a = T.Broadcast(a3[at]);
            c30 = T.MultiplyAdd(a, b0, c30);
            c31 = T.MultiplyAdd(a, b1, c31);
            c32 = T.MultiplyAdd(a, b2, c32);
            c33 = T.MultiplyAdd(a, b3, c33);
            a = T.Broadcast(a4[at]);
            c40 = T.MultiplyAdd(a, b0, c40);
            c41 = T.MultiplyAdd(a, b1, c41);
            c42 = T.MultiplyAdd(a, b2, c42);
            c43 = T.MultiplyAdd(a, b3, c43);
            a = T.Broadcast(a5[at]);
            c50 = T.MultiplyAdd(a, b0, c50);
            c51 = T.MultiplyAdd(a, b1, c51);
            c52 = T.MultiplyAdd(a, b2, c52);
            c53 = T.MultiplyAdd(a, b3, c53);
        }

        Store(o.C0, c00, c01, c02, c03);
        Store(o.C1, c10, c11, c12, c13);
        Store(o.C2, c20, c21, c22, c23);
        Store(o.C3, c30, c31, c32, c33);
        Store(o.C4, c40, c41, c42, c43);
        Store(o.C5, c50, c51, c52, c53);
    }

    /// <summary>Computes six rows by two vectors; 15 registers, for machines with 16 and for narrow columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Run6x2<T, TDepth>(in Operands o, TDepth depth)
        where T : struct, ILanes<T>
        where TDepth : struct, IDepth
    {
        var w = T.Width;
        T c00, c01, c10, c11, c20, c21;
        T c30, c31, c40, c41, c50, c51;
        if (o.Start == TileStart.Content)
        {
            (c00, c01) = (T.Load(o.C0), T.Load(o.C0 + w));
            (c10, c11) = (T.Load(o.C1), T.Load(o.C1 + w));
            (c20, c21) = (T.Load(o.C2), T.Load(o.C2 + w));
            (c30, c31) = (T.Load(o.C3), T.Load(o.C3 + w));
            (c40, c41) = (T.Load(o.C4), T.Load(o.C4 + w));
            (c50, c51) = (T.Load(o.C5), T.Load(o.C5 + w));
        }
        else if (o.Start == TileStart.Bias)
        {
            c00 = c01 = T.Broadcast(o.Bias0);
            c10 = c11 = T.Broadcast(o.Bias1);
            c20 = c21 = T.Broadcast(o.Bias2);
            c30 = c31 = T.Broadcast(o.Bias3);
            c40 = c41 = T.Broadcast(o.Bias4);
            c50 = c51 = T.Broadcast(o.Bias5);
        }
        else
        {
            c00 = c01 = c10 = c11 = c20 = c21 = T.Zero;
            c30 = c31 = c40 = c41 = c50 = c51 = T.Zero;
        }

        float* a0 = o.A0, a1 = o.A1, a2 = o.A2, a3 = o.A3, a4 = o.A4, a5 = o.A5;
        for (var k = o.Depth; k > 0; k--)
        {
            depth.Next(out var at, out var row);
            var b = o.B + row;
            T b0 = T.Load(b), b1 = T.Load(b + w);
            var a = T.Broadcast(a0[at]);
            c00 = T.MultiplyAdd(a, b0, c00);
            c01 = T.MultiplyAdd(a, b1, c01);
            a = T.Broadcast(a1[at]);
            c10 = T.MultiplyAdd(a, b0, c10);
            c11 = T.MultiplyAdd(a, b1, c11);
            a = T.Broadcast(a2[at]);
            c20 = T.MultiplyAdd(a, b0, c20);
            c21 = T.MultiplyAdd(a, b1, c21);
            a = T.Broadcast(a3[at]);
            c30 = T.MultiplyAdd(a, b0, c30);
            c31 = T.MultiplyAdd(a, b1, c31);
            a = T.Broadcast(a4[at]);
            c40 = T.MultiplyAdd(a, b0, c40);
            c41 = T.MultiplyAdd(a, b1, c41);
            a = T.Broadcast(a5[at]);
            c50 = T.MultiplyAdd(a, b0, c50);
            c51 = T.MultiplyAdd(a, b1, c51);
        }

        Store(o.C0, c00, c01);
        Store(o.C1, c10, c11);
        Store(o.C2, c20, c21);
        Store(o.C3, c30, c31);
        Store(o.C4, c40, c41);
        Store(o.C5, c50, c51);
    }

    /// <summary>Computes six rows by one vector, for what is left at the right edge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Run6x1<T, TDepth>(in Operands o, TDepth depth)
        where T : struct, ILanes<T>
        where TDepth : struct, IDepth
    {
        T c00, c10, c20;
        T c30, c40, c50;
        if (o.Start == TileStart.Content)
        {
            c00 = T.Load(o.C0);
            c10 = T.Load(o.C1);
            c20 = T.Load(o.C2);
            c30 = T.Load(o.C3);
            c40 = T.Load(o.C4);
            c50 = T.Load(o.C5);
        }
        else if (o.Start == TileStart.Bias)
        {
            c00 = T.Broadcast(o.Bias0);
            c10 = T.Broadcast(o.Bias1);
            c20 = T.Broadcast(o.Bias2);
            c30 = T.Broadcast(o.Bias3);
            c40 = T.Broadcast(o.Bias4);
            c50 = T.Broadcast(o.Bias5);
        }
        else
        {
            c00 = c10 = c20 = T.Zero;
            c30 = c40 = c50 = T.Zero;
        }

        float* a0 = o.A0, a1 = o.A1, a2 = o.A2, a3 = o.A3, a4 = o.A4, a5 = o.A5;
        for (var k = o.Depth; k > 0; k--)
        {
            depth.Next(out var at, out var row);
            var b = o.B + row;
            T b0 = T.Load(b);
            var a = T.Broadcast(a0[at]);
            c00 = T.MultiplyAdd(a, b0, c00);
            a = T.Broadcast(a1[at]);
            c10 = T.MultiplyAdd(a, b0, c10);
            a = T.Broadcast(a2[at]);
            c20 = T.MultiplyAdd(a, b0, c20);
            a = T.Broadcast(a3[at]);
            c30 = T.MultiplyAdd(a, b0, c30);
            a = T.Broadcast(a4[at]);
            c40 = T.MultiplyAdd(a, b0, c40);
            a = T.Broadcast(a5[at]);
            c50 = T.MultiplyAdd(a, b0, c50);
        }

        Store(o.C0, c00);
        Store(o.C1, c10);
        Store(o.C2, c20);
        Store(o.C3, c30);
        Store(o.C4, c40);
        Store(o.C5, c50);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store<T>(float* c, T v0, T v1, T v2, T v3)
        where T : struct, ILanes<T>
    {
        T.Store(c, v0);
        T.Store(c + T.Width, v1);
        T.Store(c + (2 * T.Width), v2);
        T.Store(c + (3 * T.Width), v3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(float* c, T v0, T v1)
        where T : struct, ILanes<T>
    {
        T.Store(c, v0);
        T.Store(c + T.Width, v1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(float* c, T v0)
        where T : struct, ILanes<T>
    {
        T.Store(c, v0);
    }
}
