using System.Diagnostics;
using System.Globalization;
using Tombola.Numerics.Dense;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Random;
using Tombola.Numerics.Sparse;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;
using Tombola.Training;

namespace Tombola.Benchmarks;

/// <summary>Prints what fraction of the machine's fused multiply-add peak each kernel reaches, on one thread.</summary>
internal static class KernelPeak
{
    private const int Runs = 15;

    // The just-in-time compiler instruments loops for some hundred milliseconds before it optimises what surrounds
    // the kernels; a pass takes twenty times as long meanwhile.
    private const int WarmUpRuns = 30;
    private static readonly TimeSpan RunTime = TimeSpan.FromMilliseconds(10);

    internal static void Print()
    {
        var peak = StepBenchmark.MeasurePeak();
        Console.WriteLine(Text($"{VectorWidth.Bits}-bit vectors, peak {peak / 1e9:0} GFLOP/s a core"));
        Console.WriteLine("| kernel | shape, batch 64 | density | forward | input gradient | weight gradient |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|");
        foreach (var (inputs, outputs) in new[] { (784, 300), (300, 100), (1024, 1024) })
            PrintRow("dense", new LinearSize(outputs, inputs, 64), 1, peak);
        foreach (var (inputs, outputs) in new[] { (784, 300), (1024, 1024) })
        {
            foreach (var density in new[] { 0.2, 0.1, 0.07, 0.036, 0.01 })
                PrintRow("sparse", new LinearSize(outputs, inputs, 64), density, peak);
        }
    }

    private static void PrintRow(string kernel, LinearSize size, double density, double peak)
    {
        using var passes = new Passes(size, density);
        var shares = string.Join(" | ", passes.All.Select(pass => Percent(passes.Flops / Seconds(pass) / peak)));
        Console.WriteLine(Text(
            $"| {kernel} | {size.Inputs} → {size.Outputs} | {100 * density:0.#} % | {shares} |"));
    }

    private static double Seconds(Action pass)
    {
        var times = new List<double>();
        for (var run = 0; run < WarmUpRuns + Runs; run++)
        {
            var (count, watch) = (0, Stopwatch.StartNew());
            for (; watch.Elapsed < RunTime; count++)
                pass();
            if (run >= WarmUpRuns)
                times.Add(watch.Elapsed.TotalSeconds / count);
        }

        times.Sort();
        return times[Runs / 2];
    }

    private static string Percent(double share) => Text($"{100 * share:0} %");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>The buffers of one layer, and its three passes.</summary>
    private sealed class Passes : IDisposable
    {
        private readonly ThreadTeam _team = new(1);
        private readonly LinearSize _size;
        private readonly SparsePattern? _pattern;
        private readonly FloatBuffer _w, _dw, _bias, _x, _dx, _y, _dy, _scratch;

        public Passes(LinearSize size, double density)
        {
            _size = size;
            var scores = new float[size.Outputs * size.Inputs];
            new RandomStream(new Seed(1), "mask").FillUniform(scores, 0, 1);
            bool[] survives = [.. scores.Select(score => score < density)];
            _pattern = density < 1 ? new SparsePattern(size.Outputs, size.Inputs, survives, []) : null;
            var count = _pattern?.Positions.Length ?? scores.Length;
            Flops = 2.0 * count * size.Batch;
            (_w, _dw, _bias) = (Filled(count), Filled(count), Filled(size.Outputs));
            (_x, _dx) = (Filled(size.Inputs * size.Lanes), Filled(size.Inputs * size.Lanes));
            (_y, _dy) = (Filled(size.Outputs * size.Lanes), Filled(size.Outputs * size.Lanes));
            _scratch = new FloatBuffer(LinearKernels.ScratchLength(size));
        }

        public double Flops { get; }

        public Action[] All => _pattern is { } pattern
            ?
            [
                () => SparseLinearKernels.Forward(_team, pattern, _y, _w, _bias, _x, _size),
                () => SparseLinearKernels.InputGradient(_team, pattern, _dx, _w, _dy, _size, accumulate: false),
                () => SparseLinearKernels.WeightGradient(_team, pattern, _dw, _dy, _x, _size, accumulate: false),
            ]
            :
            [
                () => LinearKernels.Forward(_team, _y, _w, _bias, _x, _size),
                () => LinearKernels.InputGradient(_team, _dx, _w, _dy, _size, accumulate: false),
                () => LinearKernels.WeightGradient(_team, _dw, _dy, _x, _scratch, _size, accumulate: false),
            ];

        public void Dispose()
        {
            foreach (var buffer in new[] { _w, _dw, _bias, _x, _dx, _y, _dy, _scratch })
                buffer.Dispose();
            _pattern?.Dispose();
            _team.Dispose();
        }

        private static FloatBuffer Filled(int length)
        {
            var buffer = new FloatBuffer(length);
            new RandomStream(new Seed(2), "values", length).FillNormal(buffer.Span, 1);
            return buffer;
        }
    }
}
