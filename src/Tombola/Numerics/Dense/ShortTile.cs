using System.Runtime.CompilerServices;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Dense;

/// <summary>The tile of <see cref="Tile"/> for the last rows of a matrix, where they are no more than four.</summary>
internal static unsafe class ShortTile
{
    /// <summary>Rows of the tile.</summary>
    internal const int Rows = 4;

    /// <summary>Computes the first four rows by four vectors, where no others differ from them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Run4x4<T, TDepth>(in Tile.Operands o, TDepth depth)
        where T : struct, ILanes<T>
        where TDepth : struct, IDepth
    {
        var w = T.Width;
        T c00, c01, c02, c03, c10, c11, c12, c13, c20, c21, c22, c23, c30, c31, c32, c33;
        if (o.Start == TileStart.Content)
        {
            (c00, c01, c02, c03) = (T.Load(o.C0), T.Load(o.C0 + w), T.Load(o.C0 + (2 * w)), T.Load(o.C0 + (3 * w)));
            (c10, c11, c12, c13) = (T.Load(o.C1), T.Load(o.C1 + w), T.Load(o.C1 + (2 * w)), T.Load(o.C1 + (3 * w)));
            (c20, c21, c22, c23) = (T.Load(o.C2), T.Load(o.C2 + w), T.Load(o.C2 + (2 * w)), T.Load(o.C2 + (3 * w)));
            (c30, c31, c32, c33) = (T.Load(o.C3), T.Load(o.C3 + w), T.Load(o.C3 + (2 * w)), T.Load(o.C3 + (3 * w)));
        }
        else
        {
            var bias = o.Start == TileStart.Bias;
            c00 = c01 = c02 = c03 = T.Broadcast(bias ? o.Bias0 : 0);
            c10 = c11 = c12 = c13 = T.Broadcast(bias ? o.Bias1 : 0);
            c20 = c21 = c22 = c23 = T.Broadcast(bias ? o.Bias2 : 0);
            c30 = c31 = c32 = c33 = T.Broadcast(bias ? o.Bias3 : 0);
        }

        float* a0 = o.A0, a1 = o.A1, a2 = o.A2, a3 = o.A3;
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
        }

        Tile.Store(o.C0, c00, c01, c02, c03);
        Tile.Store(o.C1, c10, c11, c12, c13);
        Tile.Store(o.C2, c20, c21, c22, c23);
        Tile.Store(o.C3, c30, c31, c32, c33);
    }
}
