using FsCheck;
using FsCheck.Fluent;
using Tombola.Numerics.Random;
using Tombola.Numerics.Threads;
using Tombola.Tensors;

namespace Tombola.Tests.Numerics.Sparse;

/// <summary>Holds compressed weights against the same weights masked and dense.</summary>
public sealed class CompressedLinearTests
{
    private const double Tolerance = 1e-5;

    [Fact]
    public void Agrees_with_masked_dense_over_shapes_densities_and_batches()
    {
        var sizes = Gen.Choose(1, 70);
        var batches = Gen.Elements(1, 5, 16, 31, 60, 64, 65, 100, 130);
        var densities = Gen.Elements(0.0, 0.01, 0.1, 0.3, 0.7, 1.0);
        var cases = sizes.SelectMany(outputs => sizes.SelectMany(inputs => batches.SelectMany(batch =>
            densities.Select(density => (outputs, inputs, batch, density)))));
        Prop.ForAll(cases.ToArbitrary(), c => Compare(c.outputs, c.inputs, c.batch, c.density, threads: 1))
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(300, 784, 60, 0.21)]
    [InlineData(300, 784, 60, 0.036)]
    [InlineData(100, 1000, 64, 0.5)]
    public void Agrees_with_masked_dense_at_real_sizes_and_any_number_of_threads(
        int outputs, int inputs, int batch, double density)
    {
        Compare(outputs, inputs, batch, density, threads: 1).ShouldBeTrue();
        Compare(outputs, inputs, batch, density, threads: 3).ShouldBeTrue();
    }

    [Fact]
    public void Weights_into_outputs_that_nobody_reads_rest()
    {
        using var setting = new Setting(8, 6, 20, 0.8, threads: 1);
        bool[] read = [true, false, true, true, false, true, true, true];
        setting.Weight.Compress(read);
        var (_, _, gradient) = setting.Run();
        for (var i = 0; i < gradient.Length; i++)
        {
            if (!read[i / 6])
                gradient[i].ShouldBe(0);
        }

        setting.Weight.Values.Length.ShouldBe(setting.Weight.Mask!.Survivors);
    }

    [Fact]
    public void Inputs_without_weights_are_not_read()
    {
        using var weight = new Parameter("w", new Shape(2, 4), prunable: true);
        weight.SetMask(new Mask(weight.Shape, [true, false, false, true, true, false, false, false]));
        weight.InputsRead().ShouldBeNull();
        weight.Compress([false, true]);
        weight.InputsRead().ShouldBe([true, false, false, false]);
    }

    [Fact]
    public void Compression_keeps_every_weight()
    {
        using var weight = new Parameter("w", new Shape(17, 23), prunable: true);
        var values = new float[weight.Shape.Count];
        new RandomStream(new Seed(1), "w").FillNormal(values, 1);
        weight.CopyFrom(values);
        weight.SetMask(RandomMask(weight.Shape, 0.3));
        var (before, after) = (new float[values.Length], new float[values.Length]);
        weight.CopyTo(before);
        weight.Compress();
        weight.CopyTo(after);
        after.ShouldBe(before);
        weight.Decompress();
        weight.Values.Span.ToArray().ShouldBe(before);
    }

    private static bool Compare(int outputs, int inputs, int batch, double density, int threads)
    {
        using Setting dense = new(outputs, inputs, batch, density, threads);
        using Setting sparse = new(outputs, inputs, batch, density, threads);
        sparse.Weight.Compress();
        var (expected, actual) = (dense.Run(), sparse.Run());
        return expected.Output.SequenceEqual(actual.Output)
            && expected.InputGradient.SequenceEqual(actual.InputGradient)
            && Near(expected.WeightGradient, actual.WeightGradient);
    }

    private static bool Near(float[] expected, float[] actual)
    {
        var scale = expected.Max(Math.Abs);
        return expected.Zip(actual).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance * scale);
    }

    private static Mask RandomMask(Shape shape, double density)
    {
        var scores = new float[shape.Count];
        new RandomStream(new Seed(4), "mask", shape.Count).FillUniform(scores, 0, 1);
        return new Mask(shape, [.. scores.Select(score => score < density)]);
    }

    private sealed class Setting : IDisposable
    {
        private readonly ThreadTeam _team;
        private readonly Tape _tape;
        private readonly Tensor _x;
        private readonly Parameter _bias;

        public Setting(int outputs, int inputs, int batch, double density, int threads)
        {
            _team = new ThreadTeam(threads);
            _tape = new Tape(_team);
            _x = new Tensor(new Shape(inputs, batch), requiresGradient: true);
            for (var row = 0; row < inputs; row++)
                new RandomStream(new Seed(1), "x", row).FillNormal(_x.Row(row), 1);
            Weight = new Parameter("w", new Shape(outputs, inputs), prunable: true);
            _bias = new Parameter("b", new Shape(outputs), prunable: false);
            new RandomStream(new Seed(2), "w").FillNormal(Weight.Values.Span, 1);
            new RandomStream(new Seed(3), "b").FillNormal(_bias.Values.Span, 1);
            Weight.SetMask(RandomMask(Weight.Shape, density));
        }

        public Parameter Weight { get; }

        /// <summary>Runs both passes; the weight gradient is returned masked and at its dense positions.</summary>
        public (float[] Output, float[] InputGradient, float[] WeightGradient) Run()
        {
            _tape.Begin(training: true);
            var y = _tape.Linear(_x, Weight, _bias);
            for (var row = 0; row < y.Rows; row++)
            {
                var slopes = y.Gradient.Span.Slice(row * y.Lanes, y.Batch);
                new RandomStream(new Seed(5), "dy", row).FillNormal(slopes, 1);
            }

            _tape.BackwardFrom(y);
            var gradient = new float[Weight.Shape.Count];
            if (Weight.IsCompressed)
            {
                for (var i = 0; i < Weight.Values.Length; i++)
                    gradient[Weight.Pattern!.Positions[i]] = Weight.Gradient.Span[i];
            }
            else
            {
                Weight.ClearPruned(Weight.Gradient.Span);
                Weight.Gradient.Span.CopyTo(gradient);
            }

            return (Rows(y, y.Buffer.Span), Rows(_x, _x.Gradient.Span), gradient);
        }

        public void Dispose()
        {
            _tape.Dispose();
            _team.Dispose();
            _x.Dispose();
            Weight.Dispose();
            _bias.Dispose();
        }

        private static float[] Rows(Tensor tensor, Span<float> values)
        {
            var rows = new float[tensor.Rows * tensor.Batch];
            for (var row = 0; row < tensor.Rows; row++)
                values.Slice(row * tensor.Lanes, tensor.Batch).CopyTo(rows.AsSpan(row * tensor.Batch));
            return rows;
        }
    }
}
