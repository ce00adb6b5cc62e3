using FsCheck;
using FsCheck.Fluent;
using Tombola.Numerics.Dense;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;

namespace Tombola.Tests.Numerics.Dense;

/// <summary>Holds the dense kernels to the very bits of three nested loops, at every size.</summary>
public sealed class LinearKernelsTests
{
    [Fact]
    public void All_passes_equal_nested_loops_bit_for_bit()
    {
        var sizes = Gen.OneOf(Gen.Choose(1, 40), Gen.Choose(60, 150));
        var batches = Gen.Elements(1, 5, 15, 16, 17, 31, 60, 64, 65, 100, 130, 200);
        var cases = sizes.SelectMany(outputs => sizes.SelectMany(inputs => batches.SelectMany(batch =>
            Gen.Choose(1, 3).SelectMany(threads => Gen.Elements(true, false)
                .Select(accumulate => (new LinearSize(outputs, inputs, batch), threads, accumulate))))));
        Prop.ForAll(cases.ToArbitrary(), c => AllPassesAreNaive(c.Item1, c.threads, c.accumulate))
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(6, 1, 64)]
    [InlineData(7, 300, 16)]
    [InlineData(300, 784, 60)]
    [InlineData(13, 129, 257)]
    public void Chosen_sizes_equal_nested_loops_bit_for_bit(int outputs, int inputs, int batch)
    {
        foreach (var threads in new[] { 1, 2, 3 })
        {
            AllPassesAreNaive(new LinearSize(outputs, inputs, batch), threads, accumulate: false).ShouldBeTrue();
            AllPassesAreNaive(new LinearSize(outputs, inputs, batch), threads, accumulate: true).ShouldBeTrue();
        }
    }

    [Fact]
    public void Without_inputs_the_output_is_the_bias()
    {
        var size = new LinearSize(7, 0, 20);
        using var team = new ThreadTeam(1);
        using FloatBuffer w = new(0), x = new(0), bias = RandomBuffers.Create(7, "b");
        using var y = RandomBuffers.Create(7 * size.Lanes, "y");
        LinearKernels.Forward(team, y, w, bias, x, size);
        for (var i = 0; i < y.Length; i++)
            y.Span[i].ShouldBe(bias.Span[i / size.Lanes]);
        LinearKernels.Forward(team, y, w, bias: null, x, size);
        y.Span.ContainsAnyExcept(0f).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(130)]
    [InlineData(299)]
    [InlineData(300)]
    public void Leaving_out_inputs_that_are_zero_changes_no_bit(int zeroRows)
    {
        var size = new LinearSize(11, 300, 60);
        using var team = new ThreadTeam(2);
        using var rows = new NonzeroRows();
        using FloatBuffer w = RandomBuffers.Create(11 * 300, "w"), x = RandomBuffers.Create(300 * size.Lanes, "x");
        using FloatBuffer bias = RandomBuffers.Create(11, "b"), y = new(11 * size.Lanes), all = new(11 * size.Lanes);
        for (var i = 0; i < zeroRows; i++)
            x.Span.Slice(i * 7 % 300 * size.Lanes, size.Lanes).Clear();
        LinearKernels.Forward(team, all, w, bias, x, size);
        LinearKernels.Forward(team, y, w, bias, x, size, rows);
        y.Span.SequenceEqual(all.Span).ShouldBeTrue();
        rows.Count.ShouldBe(300 - zeroRows);
    }

    private static bool AllPassesAreNaive(LinearSize size, int threads, bool accumulate)
    {
        using var team = new ThreadTeam(threads);
        return ForwardIsNaive(team, size) && InputGradientIsNaive(team, size, accumulate)
            && WeightGradientIsNaive(team, size, accumulate);
    }

    private static bool ForwardIsNaive(ThreadTeam team, LinearSize size)
    {
        var (outputs, inputs, lanes) = (size.Outputs, size.Inputs, size.Lanes);
        using FloatBuffer w = RandomBuffers.Create(outputs * inputs, "w"), bias = RandomBuffers.Create(outputs, "b");
        using FloatBuffer x = RandomBuffers.Create(inputs * lanes, "x"), y = RandomBuffers.Create(outputs * lanes, "y");
        var expected = new float[y.Length];
        for (var i = 0; i < expected.Length; i++)
        {
            var (row, lane) = Math.DivRem(i, lanes);
            expected[i] = Chain(bias.Span[row], inputs, k => (w.Span[(row * inputs) + k], x.Span[(k * lanes) + lane]));
        }

        LinearKernels.Forward(team, y, w, bias, x, size);
        return y.Span.SequenceEqual(expected);
    }

    private static bool InputGradientIsNaive(ThreadTeam team, LinearSize size, bool accumulate)
    {
        var (outputs, inputs, lanes) = (size.Outputs, size.Inputs, size.Lanes);
        using var w = RandomBuffers.Create(outputs * inputs, "w");
        using var dy = RandomBuffers.Create(outputs * lanes, "dy");
        using var dx = RandomBuffers.Create(inputs * lanes, "dx");
        var expected = new float[dx.Length];
        for (var i = 0; i < expected.Length; i++)
        {
            var (row, lane) = Math.DivRem(i, lanes);
            expected[i] = Chain(
                accumulate ? dx.Span[i] : 0, outputs, k => (w.Span[(k * inputs) + row], dy.Span[(k * lanes) + lane]));
        }

        LinearKernels.InputGradient(team, dx, w, dy, size, accumulate);
        return dx.Span.SequenceEqual(expected);
    }

    private static bool WeightGradientIsNaive(ThreadTeam team, LinearSize size, bool accumulate)
    {
        var (outputs, inputs, lanes) = (size.Outputs, size.Inputs, size.Lanes);
        // What lies in the padding is none of the sum's business.
        using var x = RandomBuffers.CreatePadded(inputs, lanes, size.Batch, "x", padding: 1e30f);
        using var dy = RandomBuffers.CreatePadded(outputs, lanes, size.Batch, "dy", padding: 1e30f);
        using var dw = RandomBuffers.Create(outputs * inputs, "dw");
        using var scratch = new FloatBuffer(LinearKernels.ScratchLength(size));
        scratch.Span.Fill(float.NaN);
        var expected = new float[dw.Length];
        for (var i = 0; i < expected.Length; i++)
        {
            var (output, input) = Math.DivRem(i, inputs);
            expected[i] = Chain(
                accumulate ? dw.Span[i] : 0, size.Batch,
                n => (dy.Span[(output * lanes) + n], x.Span[(input * lanes) + n]));
        }

        LinearKernels.WeightGradient(team, dw, dy, x, scratch, size, accumulate);
        return dw.Span.SequenceEqual(expected);
    }

    private static float Chain(float start, int terms, Func<int, (float A, float B)> term)
    {
        for (var k = 0; k < terms; k++)
        {
            var (a, b) = term(k);
            start = MathF.FusedMultiplyAdd(a, b, start);
        }

        return start;
    }
}
