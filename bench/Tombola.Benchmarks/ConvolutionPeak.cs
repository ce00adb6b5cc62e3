using System.Diagnostics;
using System.Globalization;
using Tombola.Numerics.Convolution;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Random;
using Tombola.Numerics.Sparse;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;
using Tombola.Training;

namespace Tombola.Benchmarks;

/// <summary>Prints what fraction of the machine's fused multiply-add peak each convolution kernel reaches.</summary>
internal static class ConvolutionPeak
{
    private static readonly (int Outputs, int Inputs, int Extent, int Kernel, int Stride, int Batch)[] Shapes =
    [
        (64, 3, 32, 3, 1, 64), (64, 64, 32, 3, 1, 64), (128, 128, 16, 3, 1, 64), (256, 256, 8, 3, 1, 64),
        (512, 512, 4, 3, 1, 64), (512, 512, 2, 3, 1, 64), (16, 16, 32, 3, 1, 128), (32, 32, 16, 3, 1, 128),
        (64, 64, 8, 3, 1, 128), (32, 16, 32, 3, 2, 128), (32, 16, 32, 1, 2, 128),
    ];

    internal static void Print()
    {
        var peak = StepBenchmark.MeasurePeak();
        Console.WriteLine(Text($"{VectorWidth.Bits}-bit vectors, peak {peak / 1e9:0} GFLOP/s a core"));
        Console.WriteLine(
            "| convolution | batch | density | forward | input gradient | weight gradient | both gradients, each |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var (outputs, inputs, extent, kernel, stride, batch) in Shapes)
        {
            var size = new ConvolutionSize(outputs, inputs, extent, extent, kernel, stride, kernel / 2, batch);
            PrintRow(size, peak);
            foreach (var density in new[] { 0.2, 0.1, 0.05 })
                PrintSparse(size, density, peak);
        }
    }

    private static void PrintSparse(in ConvolutionSize size, double density, double peak)
    {
        using var team = new ThreadTeam(1);
        var scores = new float[size.Outputs * size.Inputs * size.Taps];
        new RandomStream(new Seed(1), "mask").FillUniform(scores, 0, 1);
        using var pattern = new SparsePattern(
            size.Outputs, size.Inputs, [.. scores.Select(score => score < density)], [], size.Taps,
            size.OutputPixels);
        using var plan = new SparseConvolutionPlan(pattern, size);
        using var x = Random(size.Inputs * size.InputPixels * size.Lanes);
        using var dx = Random(x.Length);
        using var y = Random(size.Outputs * size.OutputPixels * size.Lanes);
        using var w = Random(pattern.Active);
        using var dw = Random(w.Length);
        var flops = 2.0 * w.Length * size.Batch * size.OutputPixels;
        double[] seconds =
        [
            Seconds(() => SparseConvolutionKernels.Forward(team, plan, y, w, null, x)),
            size.Stride > 1
                ? double.NaN
                : Seconds(() => SparseConvolutionKernels.InputGradient(team, plan, dx, w, y, false)),
            Seconds(() => SparseConvolutionKernels.WeightGradient(team, plan, dw, y, x, false)),
            size.Stride > 1
                ? double.NaN
                : Seconds(() => SparseConvolutionKernels.Gradients(team, plan, dx, dw, w, y, x, (false, false))) / 2,
        ];
        Write(size, density, seconds, flops / peak);
    }

    private static void PrintRow(in ConvolutionSize size, double peak)
    {
        using var team = new ThreadTeam(1);
        using var plan = new ConvolutionPlan(size);
        using var x = Random(size.Inputs * size.InputPixels * size.Lanes);
        using var dx = Random(x.Length);
        using var y = Random(size.Outputs * size.OutputPixels * size.Lanes);
        using var w = Random(size.Outputs * size.Inputs * size.Taps);
        using var dw = Random(w.Length);
        var flops = 2.0 * w.Length * size.Batch * size.OutputPixels;
        double[] seconds =
        [
            Seconds(() => ConvolutionKernels.Forward(team, plan, y, w, null, x)),
            Seconds(() => ConvolutionKernels.InputGradient(team, plan, dx, w, y, false)),
            Seconds(() => ConvolutionKernels.WeightGradient(team, plan, dw, y, x, false)),
        ];
        Write(size, 1, seconds, flops / peak);
    }

    private static void Write(in ConvolutionSize size, double density, double[] seconds, double least)
    {
        var shares = seconds.Select(
            time => double.IsNaN(time) ? "dense" : Text($"{100 * least / time:0} %, {1e3 * time:0.00} ms"));
        var name = Text($"{size.Kernel}×{size.Kernel}, {size.Inputs} → {size.Outputs}, {size.Height}×{size.Width}");
        Console.WriteLine(Text(
            $"| {name}, stride {size.Stride} | {size.Batch} | {100 * density:0} % | {string.Join(" | ", shares)} |"));
    }

    private static FloatBuffer Random(int length)
    {
        var buffer = new FloatBuffer(length);
        new RandomStream(new Seed(1), "conv").FillNormal(buffer.Span, 1);
        return buffer;
    }

    private static double Seconds(Action pass)
    {
        var times = new List<double>();
        var total = Stopwatch.StartNew();
        while (times.Count < 5 || total.Elapsed.TotalSeconds < 0.4)
        {
            var watch = Stopwatch.StartNew();
            pass();
            times.Add(watch.Elapsed.TotalSeconds);
        }

        times.Sort();
        return times[times.Count / 4];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
