using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tombola.Numerics.Dense;

/// <summary>Transposes squares of 16 × 16 floats in registers, on machines with AVX-512.</summary>
/// <remarks>Four stages of 16 shuffles exchange neighbours at distance 1, 2, 4 and 8.</remarks>
internal static unsafe class WideSquare
{
    /// <summary>Transposes one square.</summary>
    /// <param name="source">Its first float.</param>
    /// <param name="sourceRow">Floats from one of its rows to the next.</param>
    /// <param name="target">Where the first float goes.</param>
    /// <param name="targetRow">Floats from one row of the target to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Transpose(float* source, nint sourceRow, float* target, nint targetRow)
    {
        Quarter(source + (0 * sourceRow), sourceRow, out var p0, out var p1, out var p2, out var p3);
        Quarter(source + (4 * sourceRow), sourceRow, out var p4, out var p5, out var p6, out var p7);
        Quarter(source + (8 * sourceRow), sourceRow, out var p8, out var p9, out var p10, out var p11);
        Quarter(source + (12 * sourceRow), sourceRow, out var p12, out var p13, out var p14, out var p15);
        // p(4q + k) holds, in its four 128-bit parts, column k of the four squares of rows 4q … 4q + 3.
        Spread(p0, p4, p8, p12, target + (0 * targetRow), 4 * targetRow);
        Spread(p1, p5, p9, p13, target + (1 * targetRow), 4 * targetRow);
        Spread(p2, p6, p10, p14, target + (2 * targetRow), 4 * targetRow);
        Spread(p3, p7, p11, p15, target + (3 * targetRow), 4 * targetRow);
    }

    /// <summary>Transposes four rows within each of their four 128-bit parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(
        float* source, nint row, out Vector512<float> p0, out Vector512<float> p1, out Vector512<float> p2,
        out Vector512<float> p3)
    {
        Vector512<float> a = Vector512.Load(source), b = Vector512.Load(source + row);
        Vector512<float> c = Vector512.Load(source + (2 * row)), d = Vector512.Load(source + (3 * row));
        Vector512<double> ab = Avx512F.UnpackLow(a, b).AsDouble(), abHigh = Avx512F.UnpackHigh(a, b).AsDouble();
        Vector512<double> cd = Avx512F.UnpackLow(c, d).AsDouble(), cdHigh = Avx512F.UnpackHigh(c, d).AsDouble();
        p0 = Avx512F.UnpackLow(ab, cd).AsSingle();
        p1 = Avx512F.UnpackHigh(ab, cd).AsSingle();
        p2 = Avx512F.UnpackLow(abHigh, cdHigh).AsSingle();
        p3 = Avx512F.UnpackHigh(abHigh, cdHigh).AsSingle();
    }

    /// <summary>Gathers the 128-bit parts of the same place and stores the four rows that they make.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* target, nint step)
    {
        const byte even = 0b10_00_10_00;
        const byte odd = 0b11_01_11_01;
        Vector512<float> ab = Avx512F.Shuffle4x128(a, b, even), abOdd = Avx512F.Shuffle4x128(a, b, odd);
        Vector512<float> cd = Avx512F.Shuffle4x128(c, d, even), cdOdd = Avx512F.Shuffle4x128(c, d, odd);
        Avx512F.Shuffle4x128(ab, cd, even).Store(target);
        Avx512F.Shuffle4x128(abOdd, cdOdd, even).Store(target + step);
        Avx512F.Shuffle4x128(ab, cd, odd).Store(target + (2 * step));
        Avx512F.Shuffle4x128(abOdd, cdOdd, odd).Store(target + (3 * step));
    }
}
