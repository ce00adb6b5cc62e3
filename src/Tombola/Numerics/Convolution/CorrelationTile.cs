using System.Runtime.CompilerServices;
using Tombola.Numerics.Vectors;

namespace Tombola.Numerics.Convolution;

/// <summary>The inner loop of the dense weight gradient: eight output channels by three taps.</summary>
internal static unsafe class CorrelationTile
{
    /// <summary>Output channels of a tile.</summary>
    internal const int Rows = 8;

    /// <summary>Where a tile reads.</summary>
    internal struct Operands
    {
        /// <summary>The gradient of the first output channel, and the distance to the next.</summary>
        public float* Dy;
        public nint DyRow;

        /// <summary>The input channel of each tap.</summary>
        public float* X0, X1, X2;

        /// <summary>What pixels in the padding are: one pixel of zeros.</summary>
        public float* Zeros;

        /// <summary>The pixels to go through.</summary>
        public int* Entries;
        public int Count;

        /// <summary>Floats of a pixel.</summary>
        public int Lanes;
    }

    /// <summary>Computes the sums of products over pixels and lanes.</summary>
    /// <param name="o">Where to read.</param>
    /// <param name="sums">[8, 4]: receives three sums a row; the fourth is meaningless.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Run8x3<T>(in Operands o, float* sums)
        where T : struct, ILanes<T>
    {
        T s00, s01, s02, s10, s11, s12, s20, s21, s22, s30, s31, s32;
        T s40, s41, s42, s50, s51, s52, s60, s61, s62, s70, s71, s72;
        s00 = s01 = s02 = s10 = s11 = s12 = s20 = s21 = s22 = s30 = s31 = s32 = T.Zero;
        s40 = s41 = s42 = s50 = s51 = s52 = s60 = s61 = s62 = s70 = s71 = s72 = T.Zero;
        float* zeros = o.Zeros, in0 = o.X0, in1 = o.X1, in2 = o.X2;
        nint row = o.DyRow, lanes = o.Lanes;
        var entries = o.Entries;
        for (var end = entries + ((nint)o.Count * PixelPairs.EntryLength); entries < end;
            entries += PixelPairs.EntryLength)
        {
            var dy = o.Dy + entries[0];
            var x0 = entries[1] < 0 ? zeros : in0 + entries[1];
            var x1 = entries[2] < 0 ? zeros : in1 + entries[2];
            var x2 = entries[3] < 0 ? zeros : in2 + entries[3];
            float* d1 = dy + row, d2 = d1 + row, d3 = d2 + row, d4 = d3 + row;
            float* d5 = d4 + row, d6 = d5 + row, d7 = d6 + row;
            for (nint lane = 0; lane < lanes; lane += T.Width)
            {
                T a = T.Load(x0 + lane), b = T.Load(x1 + lane), c = T.Load(x2 + lane);
                var d = T.Load(dy + lane);
                (s00, s01, s02) = (T.MultiplyAdd(d, a, s00), T.MultiplyAdd(d, b, s01), T.MultiplyAdd(d, c, s02));
                d = T.Load(d1 + lane);
                (s10, s11, s12) = (T.MultiplyAdd(d, a, s10), T.MultiplyAdd(d, b, s11), T.MultiplyAdd(d, c, s12));
                d = T.Load(d2 + lane);
                (s20, s21, s22) = (T.MultiplyAdd(d, a, s20), T.MultiplyAdd(d, b, s21), T.MultiplyAdd(d, c, s22));
                d = T.Load(d3 + lane);
                (s30, s31, s32) = (T.MultiplyAdd(d, a, s30), T.MultiplyAdd(d, b, s31), T.MultiplyAdd(d, c, s32));
                d = T.Load(d4 + lane);
                (s40, s41, s42) = (T.MultiplyAdd(d, a, s40), T.MultiplyAdd(d, b, s41), T.MultiplyAdd(d, c, s42));
                d = T.Load(d5 + lane);
                (s50, s51, s52) = (T.MultiplyAdd(d, a, s50), T.MultiplyAdd(d, b, s51), T.MultiplyAdd(d, c, s52));
                d = T.Load(d6 + lane);
                (s60, s61, s62) = (T.MultiplyAdd(d, a, s60), T.MultiplyAdd(d, b, s61), T.MultiplyAdd(d, c, s62));
                d = T.Load(d7 + lane);
                (s70, s71, s72) = (T.MultiplyAdd(d, a, s70), T.MultiplyAdd(d, b, s71), T.MultiplyAdd(d, c, s72));
            }
        }

        T.StoreSums(sums, s00, s01, s02, s02, add: false);
        T.StoreSums(sums + 4, s10, s11, s12, s12, add: false);
        T.StoreSums(sums + 8, s20, s21, s22, s22, add: false);
        T.StoreSums(sums + 12, s30, s31, s32, s32, add: false);
        T.StoreSums(sums + 16, s40, s41, s42, s42, add: false);
        T.StoreSums(sums + 20, s50, s51, s52, s52, add: false);
        T.StoreSums(sums + 24, s60, s61, s62, s62, add: false);
        T.StoreSums(sums + 28, s70, s71, s72, s72, add: false);
    }
}
