using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Tombola.Formats;
using Tombola.Numerics.Random;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Vectors;
using Tombola.Optim;
using Tombola.Tensors;

namespace Tombola.Training;

/// <summary>Knows the density below which compressed weights are faster than dense ones on this machine.</summary>
/// <remarks>
/// Measured once for each class of shapes (both extents and the batch rounded to powers of two) by timing the three
/// products and the update of one layer at falling densities, in a few hundredths of a second; kept in a file. Results
/// are steps of a tenth, so that a repeated measurement rarely says otherwise.
/// </remarks>
public sealed class BreakEven
{
    private const int Runs = 5;
    private const int LargestChannels = 128;
    private const int ImageExtent = 8;

    // Evaluation gains less than the step that is timed here, and dense inputs may leave out rows that are zero:
    // compression has to win clearly before it wins a whole training.
    internal const double ClearWin = 0.7;

    private static readonly double[] Candidates = [0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1];
    private static readonly TimeSpan RunTime = TimeSpan.FromMilliseconds(1.5);

    private readonly string? _file;
    private readonly SortedDictionary<string, double> _known;

    /// <summary>Opens the table.</summary>
    /// <param name="file">Where measurements are kept; null to keep them in memory only.</param>
    public BreakEven(string? file = null)
    {
        _file = file;
        _known = Read(file);
    }

    /// <summary>Returns the break-even density of a layer.</summary>
    /// <param name="weight">[outputs, inputs] or [outputs, inputs, kernel, kernel].</param>
    /// <param name="batch">Examples of a step.</param>
    /// <returns>Compress at this density and below; 0 for never.</returns>
    /// <exception cref="ShapeException">The shape has neither two extents nor four.</exception>
    public double Of(Shape weight, int batch)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.Rank is not 2 and not 4)
            throw new ShapeException("break-even density", "[outputs, inputs] or four extents", weight);
        var (outputs, inputs, examples) = (Rounded(weight[0]), Rounded(weight[1]), Rounded(batch));
        var kernel = weight.Rank == 4 ? weight[2] : 0;
        if (kernel > 0) // Larger ones behave alike, and take long.
            (outputs, inputs) = (Math.Min(outputs, LargestChannels), Math.Min(inputs, LargestChannels));
        var key = string.Create(
            CultureInfo.InvariantCulture,
            $"{VectorWidth.Bits}-bit {outputs}x{inputs}{(kernel > 0 ? $"x{kernel}x{kernel}" : "")}x{examples}");
        if (!_known.TryGetValue(key, out var density))
        {
            _known[key] = density = Measure(outputs, inputs, kernel, examples);
            Write();
        }

        return density;
    }

    private static int Rounded(int extent) =>
        (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(extent, 1, 1 << 20));

    private static double Measure(int outputs, int inputs, int kernel, int batch)
    {
        using var team = new ThreadTeam(1);
        using var tape = new Tape(team);
        var shape = kernel > 0 ? new Shape(inputs, ImageExtent, ImageExtent, batch) : new Shape(inputs, batch);
        using var x = new Tensor(shape, requiresGradient: true);
        new RandomStream(new Seed(1), "break-even").FillNormal(x.Buffer.Span, 1);
        var dense = Time(tape, x, (outputs, kernel), density: 1);
        foreach (var density in Candidates)
        {
            if (Time(tape, x, (outputs, kernel), density) < ClearWin * dense)
                return density;
        }

        return 0;
    }

    private static double Time(Tape tape, Tensor x, (int Outputs, int Kernel) layer, double density)
    {
        var shape = layer.Kernel > 0
            ? new Shape(layer.Outputs, x.Shape[0], layer.Kernel, layer.Kernel)
            : new Shape(layer.Outputs, x.Rows);
        using var weight = new Parameter("weight", shape, prunable: true);
        if (density < 1)
        {
            var scores = new float[weight.Shape.Count];
            new RandomStream(new Seed(2), "break-even").FillUniform(scores, 0, 1);
            weight.SetMask(new Mask(weight.Shape, [.. scores.Select(score => score < density)]));
            weight.Compress();
        }

        using var optimizer = OptimizerRegistry.Create(new OptimizerOptions(), [weight]);
        var best = double.MaxValue;
        for (var run = 0; run <= Runs; run++)
        {
            var (steps, watch) = (0, Stopwatch.StartNew());
            for (; steps < 2 || watch.Elapsed < RunTime; steps++)
                Step(tape, x, weight, optimizer);
            if (run > 0) // The first run warms up.
                best = Math.Min(best, watch.Elapsed.TotalSeconds / steps);
        }

        return best;
    }

    private static void Step(Tape tape, Tensor x, Parameter weight, Optimizer optimizer)
    {
        tape.Begin(training: true);
        var y = weight.Shape.Rank == 4
            ? tape.Convolution(x, weight, padding: weight.Shape[2] / 2)
            : tape.Linear(x, weight);
        tape.BackwardFrom(y);
        optimizer.Step(1e-3, tape.Team);
    }

    private static SortedDictionary<string, double> Read(string? file)
    {
        try
        {
            if (file is not null && File.Exists(file)
                && JsonSerializer.Deserialize<SortedDictionary<string, double>>(File.ReadAllText(file)) is { } known)
            {
                return new SortedDictionary<string, double>(known, StringComparer.Ordinal);
            }
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            // A table that cannot be read is measured anew: it is a cache.
        }

        return new SortedDictionary<string, double>(StringComparer.Ordinal);
    }

    private void Write()
    {
        if (_file is null)
            return;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_file))!);
            var beside = $"{_file}.{Environment.ProcessId}";
            File.WriteAllText(beside, CanonicalJson.Pretty(_known));
            File.Move(beside, _file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Without a place to keep it, it is measured again next time.
        }
    }
}
