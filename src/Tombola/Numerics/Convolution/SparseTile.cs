using System.Runtime.CompilerServices;
using Tombola.Numerics.Dense;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Convolution;

/// <summary>The inner loops of sparse convolutions: tiles of eight or sixteen vectors.</summary>
internal static unsafe class SparseTile
{
    /// <summary>
    /// Where the survivors of one block of source channels are, and the tile that they are applied to.
    /// </summary>
    internal struct Operands
    {
        /// <summary>For each target channel where its survivors start; the next entry is where they end.</summary>
        public int* Starts;
        public int Targets;

        /// <summary>
        /// For each target channel, where the survivors of a kernel's middle row begin and where those of its lower row
        /// do; null where no row is left out.
        /// </summary>
        public int* Edges;

        /// <summary>For each survivor the distance of its source.</summary>
        public int* Offsets;

        /// <summary>For each survivor its value, or where its gradient goes.</summary>
        public float* Values;

        /// <summary>The copied source at the tile's first target, and how it goes on; with sixteen vectors.</summary>
        public float* Source;
        public TileSegments Segments;

        /// <summary>The first target channel's tile, sums or gradient, and the distance to the next.</summary>
        public float* Target;
        public nint TargetChannel;

        /// <summary>One number a target channel to start from, or null for zero; unless <see cref="Add"/>.</summary>
        public float* Bias;

        /// <summary>Whether what is there is added to.</summary>
        public bool Add;
    }

    /// <summary>Adds the survivors' products to four times four vectors, for every target channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Products4x4<T>(in Operands o)
        where T : struct, ILanes<T>
    {
        var w = T.Width;
        int* starts = o.Starts, offsets = o.Offsets;
        float* values = o.Values, source = o.Source;
        nint segment = o.Segments.Next, pair = o.Segments.Pair;
        for (var target = 0; target < o.Targets; target++)
        {
            int k = starts[target], end = starts[target + 1];
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

            for (; k < end; k++)
            {
                var value = T.Broadcast(values[k]);
                var x = source + offsets[k];
                var next = x + segment;
                c0 = T.MultiplyAdd(value, x, c0);
                c1 = T.MultiplyAdd(value, x + w, c1);
                c2 = T.MultiplyAdd(value, x + (2 * w), c2);
                c3 = T.MultiplyAdd(value, x + (3 * w), c3);
                c4 = T.MultiplyAdd(value, next, c4);
                c5 = T.MultiplyAdd(value, next + w, c5);
                c6 = T.MultiplyAdd(value, next + (2 * w), c6);
                c7 = T.MultiplyAdd(value, next + (3 * w), c7);
                x += pair;
                d0 = T.MultiplyAdd(value, x, d0);
                d1 = T.MultiplyAdd(value, x + w, d1);
                d2 = T.MultiplyAdd(value, x + (2 * w), d2);
                d3 = T.MultiplyAdd(value, x + (3 * w), d3);
                next = x + segment;
                d4 = T.MultiplyAdd(value, next, d4);
                d5 = T.MultiplyAdd(value, next + w, d5);
                d6 = T.MultiplyAdd(value, next + (2 * w), d6);
                d7 = T.MultiplyAdd(value, next + (3 * w), d7);
            }

            Tile.Store(c, c0, c1, c2, c3);
            Tile.Store(c + (4 * w), c4, c5, c6, c7);
            Tile.Store(d, d0, d1, d2, d3);
            Tile.Store(d + (4 * w), d4, d5, d6, d7);
        }
    }

    /// <summary>The same for eight vectors in a row, for machines with 16 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Products1x8<T>(in Operands o)
        where T : struct, ILanes<T>
    {
        var w = T.Width;
        int* starts = o.Starts, offsets = o.Offsets;
        float* values = o.Values, source = o.Source;
        for (var target = 0; target < o.Targets; target++)
        {
            int k = starts[target], end = starts[target + 1];
            if (k == end && o.Add)
                continue;
            var c = o.Target + (target * o.TargetChannel);
            T c0, c1, c2, c3, c4, c5, c6, c7;
            if (o.Add)
            {
                (c0, c1, c2, c3) = (T.Load(c), T.Load(c + w), T.Load(c + (2 * w)), T.Load(c + (3 * w)));
                (c4, c5, c6, c7) = (T.Load(c + (4 * w)), T.Load(c + (5 * w)), T.Load(c + (6 * w)), T.Load(c + (7 * w)));
            }
            else
            {
                c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = T.Broadcast(o.Bias is null ? 0 : o.Bias[target]);
            }

            for (; k < end; k++)
            {
                var value = T.Broadcast(values[k]);
                var x = source + offsets[k];
                c0 = T.MultiplyAdd(value, x, c0);
                c1 = T.MultiplyAdd(value, x + w, c1);
                c2 = T.MultiplyAdd(value, x + (2 * w), c2);
                c3 = T.MultiplyAdd(value, x + (3 * w), c3);
                c4 = T.MultiplyAdd(value, x + (4 * w), c4);
                c5 = T.MultiplyAdd(value, x + (5 * w), c5);
                c6 = T.MultiplyAdd(value, x + (6 * w), c6);
                c7 = T.MultiplyAdd(value, x + (7 * w), c7);
            }

            Tile.Store(c, c0, c1, c2, c3);
            Tile.Store(c + (4 * w), c4, c5, c6, c7);
        }
    }

    /// <summary>Computes the survivors' gradients from four times four vectors, for every target channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Gradients4x4<T>(in Operands o)
        where T : struct, ILanes<T>
    {
        var w = T.Width;
        int* starts = o.Starts, offsets = o.Offsets;
        float* values = o.Values, source = o.Source;
        nint segment = o.Segments.Next, pair = o.Segments.Pair;
        for (var target = 0; target < o.Targets; target++)
        {
            int k = starts[target], end = starts[target + 1];
            if (k == end)
                continue;
            var c = o.Target + (target * o.TargetChannel);
            var d = c + (8 * w);
            T c0 = T.Load(c), c1 = T.Load(c + w), c2 = T.Load(c + (2 * w)), c3 = T.Load(c + (3 * w));
            T c4 = T.Load(c + (4 * w)), c5 = T.Load(c + (5 * w)), c6 = T.Load(c + (6 * w)), c7 = T.Load(c + (7 * w));
            T d0 = T.Load(d), d1 = T.Load(d + w), d2 = T.Load(d + (2 * w)), d3 = T.Load(d + (3 * w));
            T d4 = T.Load(d + (4 * w)), d5 = T.Load(d + (5 * w)), d6 = T.Load(d + (6 * w)), d7 = T.Load(d + (7 * w));
            T s0, s1, s2;
            s0 = s1 = s2 = T.Zero;
            for (var place = 0; k < end; k++)
            {
                var x = source + offsets[k];
                var next = x + segment;
                var a = c0 * T.Load(x);
                var b = c1 * T.Load(x + w);
                a = T.MultiplyAdd(c2, x + (2 * w), a);
                b = T.MultiplyAdd(c3, x + (3 * w), b);
                a = T.MultiplyAdd(c4, next, a);
                b = T.MultiplyAdd(c5, next + w, b);
                a = T.MultiplyAdd(c6, next + (2 * w), a);
                b = T.MultiplyAdd(c7, next + (3 * w), b);
                x += pair;
                a = T.MultiplyAdd(d0, x, a);
                b = T.MultiplyAdd(d1, x + w, b);
                a = T.MultiplyAdd(d2, x + (2 * w), a);
                b = T.MultiplyAdd(d3, x + (3 * w), b);
                next = x + segment;
                a = T.MultiplyAdd(d4, next, a);
                b = T.MultiplyAdd(d5, next + w, b);
                a = T.MultiplyAdd(d6, next + (2 * w), a);
                b = T.MultiplyAdd(d7, next + (3 * w), b);
                a += b;
                // Four sums are reduced together.
                if (place == 3)
                    T.StoreSums(values + k - 3, s2, s1, s0, a, o.Add);
                (s2, s1, s0, place) = place == 3 ? (T.Zero, T.Zero, T.Zero, 0) : (s1, s0, a, place + 1);
            }

            StoreRest(values + end, (end - starts[target]) % 4, s0, s1, s2, o.Add);
        }
    }

    /// <summary>The same for eight vectors in a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Gradients1x8<T>(in Operands o)
        where T : struct, ILanes<T>
    {
        var w = T.Width;
        int* starts = o.Starts, offsets = o.Offsets;
        float* values = o.Values, source = o.Source;
        for (var target = 0; target < o.Targets; target++)
        {
            int k = starts[target], end = starts[target + 1];
            if (k == end)
                continue;
            var c = o.Target + (target * o.TargetChannel);
            T c0 = T.Load(c), c1 = T.Load(c + w), c2 = T.Load(c + (2 * w)), c3 = T.Load(c + (3 * w));
            T c4 = T.Load(c + (4 * w)), c5 = T.Load(c + (5 * w)), c6 = T.Load(c + (6 * w)), c7 = T.Load(c + (7 * w));
            for (; k < end; k++)
            {
                var x = source + offsets[k];
                var a = c0 * T.Load(x);
                var b = c1 * T.Load(x + w);
                a = T.MultiplyAdd(c2, x + (2 * w), a);
                b = T.MultiplyAdd(c3, x + (3 * w), b);
                a = T.MultiplyAdd(c4, x + (4 * w), a);
                b = T.MultiplyAdd(c5, x + (5 * w), b);
                a = T.MultiplyAdd(c6, x + (6 * w), a);
                b = T.MultiplyAdd(c7, x + (7 * w), b);
                var sum = T.Sum(a + b);
                values[k] = o.Add ? values[k] + sum : sum;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StoreRest<T>(float* end, int count, T last, T second, T third, bool add)
        where T : struct, ILanes<T>
    {
        if (count > 0)
            end[-1] = T.Sum(last) + (add ? end[-1] : 0);
        if (count > 1)
            end[-2] = T.Sum(second) + (add ? end[-2] : 0);
        if (count > 2)
            end[-3] = T.Sum(third) + (add ? end[-3] : 0);
    }
}
