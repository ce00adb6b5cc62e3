using System.Runtime.CompilerServices;
using Tombola.Numerics.Dense;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Convolution;

/// <summary>The inner loops of both gradients of sparse convolutions at once.</summary>
/// <remarks>
/// A survivor's weight multiplies the vectors of the outputs' gradient for that of the inputs, and the inputs multiply
/// the same vectors for that of the weight: what is loaded once serves two multiply-adds, where each gradient on its
/// own has to load a vector for every one.
/// </remarks>
internal static unsafe class SparseBackwardTile
{
    /// <summary>What the weights' gradient is computed from besides the operands of the inputs' gradient.</summary>
    internal struct Operands
    {
        /// <summary>The copied gradient of the outputs and the tiles of the inputs' gradient.</summary>
        public SparseTile.Operands Products;

        /// <summary>The first target channel's tile of inputs; as far apart as those of the gradient.</summary>
        public float* Inputs;

        /// <summary>The survivors' gradients, in order, and whether what is there is added to.</summary>
        public float* Gradients;
        public bool AddGradients;
    }

    /// <summary>Adds the products and computes the survivors' gradients for four times four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Run4x4<T>(in Operands both)
        where T : struct, ILanes<T>
    {
        ref readonly var o = ref both.Products;
        var w = T.Width;
        int* starts = o.Starts, offsets = o.Offsets;
        float* values = o.Values, source = o.Source, gradients = both.Gradients;
        nint segment = o.Segments.Next, pair = o.Segments.Pair;
        for (var target = 0; target < o.Targets; target++)
        {
            int k = starts[target], end = starts[target + 1];
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
                d0 = d1 = d2 = d3 = d4 = d5 = d6 = d7 = T.Zero;
            }

            T s0, s1, s2;
            s0 = s1 = s2 = T.Zero;
            for (var place = 0; k < end; k++)
            {
                var value = T.Broadcast(values[k]);
                var x = source + offsets[k];
                T a = T.Zero, b = T.Zero, v;
                v = T.Load(x);
                c0 = T.MultiplyAdd(value, v, c0);
                a = T.MultiplyAdd(v, z, a);
                v = T.Load(x + w);
                c1 = T.MultiplyAdd(value, v, c1);
                b = T.MultiplyAdd(v, z + w, b);
                v = T.Load(x + (2 * w));
                c2 = T.MultiplyAdd(value, v, c2);
                a = T.MultiplyAdd(v, z + (2 * w), a);
                v = T.Load(x + (3 * w));
                c3 = T.MultiplyAdd(value, v, c3);
                b = T.MultiplyAdd(v, z + (3 * w), b);
                var next = x + segment;
                v = T.Load(next);
                c4 = T.MultiplyAdd(value, v, c4);
                a = T.MultiplyAdd(v, z + (4 * w), a);
                v = T.Load(next + w);
                c5 = T.MultiplyAdd(value, v, c5);
                b = T.MultiplyAdd(v, z + (5 * w), b);
                v = T.Load(next + (2 * w));
                c6 = T.MultiplyAdd(value, v, c6);
                a = T.MultiplyAdd(v, z + (6 * w), a);
                v = T.Load(next + (3 * w));
                c7 = T.MultiplyAdd(value, v, c7);
                b = T.MultiplyAdd(v, z + (7 * w), b);
                x += pair;
                v = T.Load(x);
                d0 = T.MultiplyAdd(value, v, d0);
                a = T.MultiplyAdd(v, z + (8 * w), a);
                v = T.Load(x + w);
                d1 = T.MultiplyAdd(value, v, d1);
                b = T.MultiplyAdd(v, z + (9 * w), b);
                v = T.Load(x + (2 * w));
                d2 = T.MultiplyAdd(value, v, d2);
                a = T.MultiplyAdd(v, z + (10 * w), a);
                v = T.Load(x + (3 * w));
                d3 = T.MultiplyAdd(value, v, d3);
                b = T.MultiplyAdd(v, z + (11 * w), b);
                next = x + segment;
                v = T.Load(next);
                d4 = T.MultiplyAdd(value, v, d4);
                a = T.MultiplyAdd(v, z + (12 * w), a);
                v = T.Load(next + w);
                d5 = T.MultiplyAdd(value, v, d5);
                b = T.MultiplyAdd(v, z + (13 * w), b);
                v = T.Load(next + (2 * w));
                d6 = T.MultiplyAdd(value, v, d6);
                a = T.MultiplyAdd(v, z + (14 * w), a);
                v = T.Load(next + (3 * w));
                d7 = T.MultiplyAdd(value, v, d7);
                b = T.MultiplyAdd(v, z + (15 * w), b);
                a += b;
                // Four sums are reduced together.
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

    /// <summary>The same for eight vectors in a row, for machines with 16 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Run1x8<T>(in Operands both)
        where T : struct, ILanes<T>
    {
        ref readonly var o = ref both.Products;
        var w = T.Width;
        int* starts = o.Starts, offsets = o.Offsets;
        float* values = o.Values, source = o.Source, gradients = both.Gradients;
        for (var target = 0; target < o.Targets; target++)
        {
            int k = starts[target], end = starts[target + 1];
            if (k == end && o.Add)
                continue;
            var c = o.Target + (target * o.TargetChannel);
            var z = both.Inputs + (target * o.TargetChannel);
            T c0, c1, c2, c3, c4, c5, c6, c7;
            if (o.Add)
            {
                (c0, c1, c2, c3) = (T.Load(c), T.Load(c + w), T.Load(c + (2 * w)), T.Load(c + (3 * w)));
                (c4, c5, c6, c7) = (T.Load(c + (4 * w)), T.Load(c + (5 * w)), T.Load(c + (6 * w)), T.Load(c + (7 * w)));
            }
            else
            {
                c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = T.Zero;
            }

            for (; k < end; k++)
            {
                var value = T.Broadcast(values[k]);
                var x = source + offsets[k];
                T a = T.Zero, b = T.Zero, v;
                v = T.Load(x);
                c0 = T.MultiplyAdd(value, v, c0);
                a = T.MultiplyAdd(v, z, a);
                v = T.Load(x + w);
                c1 = T.MultiplyAdd(value, v, c1);
                b = T.MultiplyAdd(v, z + w, b);
                v = T.Load(x + (2 * w));
                c2 = T.MultiplyAdd(value, v, c2);
                a = T.MultiplyAdd(v, z + (2 * w), a);
                v = T.Load(x + (3 * w));
                c3 = T.MultiplyAdd(value, v, c3);
                b = T.MultiplyAdd(v, z + (3 * w), b);
                v = T.Load(x + (4 * w));
                c4 = T.MultiplyAdd(value, v, c4);
                a = T.MultiplyAdd(v, z + (4 * w), a);
                v = T.Load(x + (5 * w));
                c5 = T.MultiplyAdd(value, v, c5);
                b = T.MultiplyAdd(v, z + (5 * w), b);
                v = T.Load(x + (6 * w));
                c6 = T.MultiplyAdd(value, v, c6);
                a = T.MultiplyAdd(v, z + (6 * w), a);
                v = T.Load(x + (7 * w));
                c7 = T.MultiplyAdd(value, v, c7);
                b = T.MultiplyAdd(v, z + (7 * w), b);
                var sum = T.Sum(a + b);
                gradients[k] = both.AddGradients ? gradients[k] + sum : sum;
            }

            Tile.Store(c, c0, c1, c2, c3);
            Tile.Store(c + (4 * w), c4, c5, c6, c7);
        }
    }
}
