using System.Runtime.CompilerServices;
using Tombola.Numerics.Dense;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Convolution;

/// <summary>The inner loops for images that fit one tile, where rows beyond the image are left out.</summary>
/// <remarks>
/// Survivors of a kernel's upper row have nothing to read for the image's first row, and those of its lower row nothing
/// for the last: of an image of four rows a sixth of all products, of one of two rows a third. The survivors come in
/// three runs: the upper rows of kernels, the middle ones, the lower ones.
/// </remarks>
internal static unsafe class SparseSkippingTile
{
    /// <summary>Adds the survivors' products, as <see cref="SparseTile.Products4x4"/> does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Products<T>(in SparseTile.Operands o)
        where T : struct, ILanes<T>
    {
        var w = T.Width;
        int* starts = o.Starts, offsets = o.Offsets, edges = o.Edges;
        float* values = o.Values, source = o.Source;
        var (segment, pair, fourRows) = o.Segments;
        for (var target = 0; target < o.Targets; target++)
        {
            int k = starts[target], end = starts[target + 1];
            int middle = edges[2 * target], lower = edges[(2 * target) + 1];
            if (k == end && o.Add)
                continue;
            var c = o.Target + (target * o.TargetChannel);
            var d = c + (8 * w);
            T c0, c1, c2, c3, c4, c5, c6, c7, d0, d1, d2, d3, d4, d5, d6, d7;
            if (o.Add)
            {
                (c0, c1, c2, c3) = (T.Load(c), T.Load(c + w), T.Load(c + (2 * w)), T.Load(c + (3 * w)));
                (c4, c5, c6, c7) = (T.Load(c + (4 * w)), T.Load(c + (5 * w)), T.Load(c + (6 * w)), T.Load(c + (7 * w)));
                (d0, d1, d2, d3) = (T.Load(d), T.Load(d + w), T.Load(d + (2 * w)), T.Load(d + (3 * w)));
                (d4, d5, d6, d7) = (T.Load(d + (4 * w)), T.Load(d + (5 * w)), T.Load(d + (6 * w)), T.Load(d + (7 * w)));
            }
            else
            {
                c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = T.Broadcast(o.Bias is null ? 0 : o.Bias[target]);
                d0 = d1 = d2 = d3 = d4 = d5 = d6 = d7 = c0;
            }

            for (; k < middle; k++)
            {
                var value = T.Broadcast(values[k]);
                var x = source + offsets[k];
                if (fourRows)
                {
                    var next = x + segment;
                    c4 = T.MultiplyAdd(value, next, c4);
                    c5 = T.MultiplyAdd(value, next + w, c5);
                    c6 = T.MultiplyAdd(value, next + (2 * w), c6);
                    c7 = T.MultiplyAdd(value, next + (3 * w), c7);
                }

                x += pair;
                d0 = T.MultiplyAdd(value, x, d0);
                d1 = T.MultiplyAdd(value, x + w, d1);
                d2 = T.MultiplyAdd(value, x + (2 * w), d2);
                d3 = T.MultiplyAdd(value, x + (3 * w), d3);
                x += segment;
                d4 = T.MultiplyAdd(value, x, d4);
                d5 = T.MultiplyAdd(value, x + w, d5);
                d6 = T.MultiplyAdd(value, x + (2 * w), d6);
                d7 = T.MultiplyAdd(value, x + (3 * w), d7);
            }

            for (; k < lower; k++)
            {
                var value = T.Broadcast(values[k]);
                var x = source + offsets[k];
                c0 = T.MultiplyAdd(value, x, c0);
                c1 = T.MultiplyAdd(value, x + w, c1);
                c2 = T.MultiplyAdd(value, x + (2 * w), c2);
                c3 = T.MultiplyAdd(value, x + (3 * w), c3);
                var next = x + segment;
                c4 = T.MultiplyAdd(value, next, c4);
                c5 = T.MultiplyAdd(value, next + w, c5);
                c6 = T.MultiplyAdd(value, next + (2 * w), c6);
                c7 = T.MultiplyAdd(value, next + (3 * w), c7);
                x += pair;
                d0 = T.MultiplyAdd(value, x, d0);
                d1 = T.MultiplyAdd(value, x + w, d1);
                d2 = T.MultiplyAdd(value, x + (2 * w), d2);
                d3 = T.MultiplyAdd(value, x + (3 * w), d3);
                x += segment;
                d4 = T.MultiplyAdd(value, x, d4);
                d5 = T.MultiplyAdd(value, x + w, d5);
                d6 = T.MultiplyAdd(value, x + (2 * w), d6);
                d7 = T.MultiplyAdd(value, x + (3 * w), d7);
            }

            for (; k < end; k++)
            {
                var value = T.Broadcast(values[k]);
                var x = source + offsets[k];
                c0 = T.MultiplyAdd(value, x, c0);
                c1 = T.MultiplyAdd(value, x + w, c1);
                c2 = T.MultiplyAdd(value, x + (2 * w), c2);
                c3 = T.MultiplyAdd(value, x + (3 * w), c3);
                var next = x + segment;
                c4 = T.MultiplyAdd(value, next, c4);
                c5 = T.MultiplyAdd(value, next + w, c5);
                c6 = T.MultiplyAdd(value, next + (2 * w), c6);
                c7 = T.MultiplyAdd(value, next + (3 * w), c7);
                if (fourRows)
                {
                    x += pair;
                    d0 = T.MultiplyAdd(value, x, d0);
                    d1 = T.MultiplyAdd(value, x + w, d1);
                    d2 = T.MultiplyAdd(value, x + (2 * w), d2);
                    d3 = T.MultiplyAdd(value, x + (3 * w), d3);
                }
            }

            Tile.Store(c, c0, c1, c2, c3);
            Tile.Store(c + (4 * w), c4, c5, c6, c7);
            Tile.Store(d, d0, d1, d2, d3);
            Tile.Store(d + (4 * w), d4, d5, d6, d7);
        }
    }

    /// <summary>Computes both gradients, as <see cref="SparseBackwardTile.Run4x4"/> does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Backward<T>(in SparseBackwardTile.Operands both)
        where T : struct, ILanes<T>
    {
        ref readonly var o = ref both.Products;
        var w = T.Width;
        int* starts = o.Starts, offsets = o.Offsets, edges = o.Edges;
        float* values = o.Values, source = o.Source, gradients = both.Gradients;
        var (segment, pair, fourRows) = o.Segments;
        for (var target = 0; target < o.Targets; target++)
        {
            int k = starts[target], end = starts[target + 1];
            int middle = edges[2 * target], lower = edges[(2 * target) + 1];
            if (k == end && o.Add)
                continue;
            var c = o.Target + (target * o.TargetChannel);
            var d = c + (8 * w);
            var z = both.Inputs + (target * o.TargetChannel);
            T c0, c1, c2, c3, c4, c5, c6, c7, d0, d1, d2, d3, d4, d5, d6, d7;
            if (o.Add)
            {
                (c0, c1, c2, c3) = (T.Load(c), T.Load(c + w), T.Load(c + (2 * w)), T.Load(c + (3 * w)));
                (c4, c5, c6, c7) = (T.Load(c + (4 * w)), T.Load(c + (5 * w)), T.Load(c + (6 * w)), T.Load(c + (7 * w)));
                (d0, d1, d2, d3) = (T.Load(d), T.Load(d + w), T.Load(d + (2 * w)), T.Load(d + (3 * w)));
                (d4, d5, d6, d7) = (T.Load(d + (4 * w)), T.Load(d + (5 * w)), T.Load(d + (6 * w)), T.Load(d + (7 * w)));
            }
            else
            {
                c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = T.Zero;
                d0 = d1 = d2 = d3 = d4 = d5 = d6 = d7 = c0;
            }

            T s0, s1, s2;
            s0 = s1 = s2 = T.Zero;
            var place = 0;
            for (; k < middle; k++)
            {
                var value = T.Broadcast(values[k]);
                var x = source + offsets[k];
                T a = T.Zero, b = T.Zero;
                if (fourRows)
                {
                    var next = x + segment;
                    Quad(value, next, z, 4, ref c4, ref c5, ref c6, ref c7, ref a, ref b);
                }

                x += pair;
                Quad(value, x, z, 8, ref d0, ref d1, ref d2, ref d3, ref a, ref b);
                x += segment;
                Quad(value, x, z, 12, ref d4, ref d5, ref d6, ref d7, ref a, ref b);
                a += b;
                if (place == 3)
                    T.StoreSums(gradients + k - 3, s2, s1, s0, a, both.AddGradients);
                (s2, s1, s0, place) = place == 3 ? (T.Zero, T.Zero, T.Zero, 0) : (s1, s0, a, place + 1);
            }

            for (; k < lower; k++)
            {
                var value = T.Broadcast(values[k]);
                var x = source + offsets[k];
                T a = T.Zero, b = T.Zero;
                Quad(value, x, z, 0, ref c0, ref c1, ref c2, ref c3, ref a, ref b);
                var next = x + segment;
                Quad(value, next, z, 4, ref c4, ref c5, ref c6, ref c7, ref a, ref b);
                x += pair;
                Quad(value, x, z, 8, ref d0, ref d1, ref d2, ref d3, ref a, ref b);
                x += segment;
                Quad(value, x, z, 12, ref d4, ref d5, ref d6, ref d7, ref a, ref b);
                a += b;
                if (place == 3)
                    T.StoreSums(gradients + k - 3, s2, s1, s0, a, both.AddGradients);
                (s2, s1, s0, place) = place == 3 ? (T.Zero, T.Zero, T.Zero, 0) : (s1, s0, a, place + 1);
            }

            for (; k < end; k++)
            {
                var value = T.Broadcast(values[k]);
                var x = source + offsets[k];
                T a = T.Zero, b = T.Zero;
                Quad(value, x, z, 0, ref c0, ref c1, ref c2, ref c3, ref a, ref b);
                var next = x + segment;
                Quad(value, next, z, 4, ref c4, ref c5, ref c6, ref c7, ref a, ref b);
                if (fourRows)
                {
                    x += pair;
                    Quad(value, x, z, 8, ref d0, ref d1, ref d2, ref d3, ref a, ref b);
                }

                a += b;
                if (place == 3)
                    T.StoreSums(gradients + k - 3, s2, s1, s0, a, both.AddGradients);
                (s2, s1, s0, place) = place == 3 ? (T.Zero, T.Zero, T.Zero, 0) : (s1, s0, a, place + 1);
            }

            SparseTile.StoreRest(gradients + end, (end - starts[target]) % 4, s0, s1, s2, both.AddGradients);
            Tile.Store(c, c0, c1, c2, c3);
            Tile.Store(c + (4 * w), c4, c5, c6, c7);
            Tile.Store(d, d0, d1, d2, d3);
            Tile.Store(d + (4 * w), d4, d5, d6, d7);
        }
    }

    /// <summary>Four vectors' share of a survivor: adds their products and their part of its gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quad<T>(
        T value, float* x, float* z, int first, ref T c0, ref T c1, ref T c2, ref T c3, ref T a, ref T b)
        where T : struct, ILanes<T>
    {
        var w = T.Width;
        T v0 = T.Load(x), v1 = T.Load(x + w);
        c0 = T.MultiplyAdd(value, v0, c0);
        c1 = T.MultiplyAdd(value, v1, c1);
        a = T.MultiplyAdd(v0, z + (first * w), a);
        b = T.MultiplyAdd(v1, z + ((first + 1) * w), b);
        T v2 = T.Load(x + (2 * w)), v3 = T.Load(x + (3 * w));
        c2 = T.MultiplyAdd(value, v2, c2);
        c3 = T.MultiplyAdd(value, v3, c3);
        a = T.MultiplyAdd(v2, z + ((first + 2) * w), a);
        b = T.MultiplyAdd(v3, z + ((first + 3) * w), b);
    }
}
