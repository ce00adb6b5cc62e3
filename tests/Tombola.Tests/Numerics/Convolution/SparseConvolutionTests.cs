using FsCheck;
using FsCheck.Fluent;
using Tombola.Numerics.Convolution;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Random;
using Tombola.Numerics.Sparse;
using Tombola.Numerics.Threads;

namespace Tombola.Tests.Numerics.Convolution;

/// <summary>Holds compressed convolutions against dense ones whose pruned weights are zero.</summary>
public sealed class SparseConvolutionTests
{
    private static readonly Gen<(ConvolutionSize Size, double Density)> Cases =
        from outputs in Gen.Choose(1, 24)
        from inputs in Gen.Choose(1, 40)
        from height in Gen.Choose(1, 11)
        from width in Gen.Choose(1, 11)
        from kernel in Gen.Elements(1, 2, 3, 5)
        from stride in Gen.Choose(1, 3)
        from padding in Gen.Choose(0, kernel - 1)
        from batch in Gen.Elements(1, 16, 20, 64, 70)
        from density in Gen.Elements(0, 0.02, 0.2, 0.7, 1)
        where kernel <= Math.Min(height, width) + (2 * padding)
        select (new ConvolutionSize(outputs, inputs, height, width, kernel, stride, padding, batch), density);

    [Fact]
    public void Each_pass_agrees_with_the_masked_dense_one() =>
        Prop.ForAll(Cases.ToArbitrary(), test => PassesShouldAgree(test.Size, test.Density))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Both_gradients_at_once_agree_with_the_masked_dense_ones() =>
        Prop.ForAll(
            Cases.Where(test => test.Size.Stride == 1).ToArbitrary(),
            test => GradientsShouldAgree(test.Size, test.Density)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(4, 4, 64)]
    [InlineData(4, 3, 16)]
    [InlineData(4, 4, 70)]
    [InlineData(2, 2, 64)]
    [InlineData(2, 2, 20)]
    [InlineData(2, 1, 32)]
    [InlineData(2, 11, 16)]
    public void Images_that_fit_one_tile_agree_too(int height, int width, int batch)
    {
        foreach (var (outputs, inputs) in new[] { (40, 60), (60, 3) })
        {
            var size = new ConvolutionSize(
                outputs, inputs, height, width, Kernel: 3, Stride: 1, Padding: 1, batch);
            foreach (var density in new[] { 0, 0.02, 0.3, 1 })
            {
                PassesShouldAgree(size, density);
                GradientsShouldAgree(size, density);
            }
        }
    }

    [Theory]
    [InlineData(24, 16, 8)]
    [InlineData(192, 128, 4)]
    [InlineData(40, 48, 2)]
    public void Each_pass_has_the_same_bits_with_any_number_of_threads(int inputs, int outputs, int extent)
    {
        var size = new ConvolutionSize(outputs, inputs, extent, extent, Kernel: 3, Stride: 1, Padding: 1, Batch: 20);
        using var operands = new ConvolutionCase(size);
        using var pattern = new SparsePattern(
            outputs, inputs, Mask(operands.W.Length, 0.7), [], size.Taps, size.OutputPixels);
        using var plan = new SparseConvolutionPlan(pattern, size);
        using var w = RandomBuffers.Create(pattern.Active, "w");
        float[] Passes(int threads)
        {
            using var team = new ThreadTeam(threads);
            using var dw = new FloatBuffer(pattern.Active);
            SparseConvolutionKernels.Forward(team, plan, operands.Y, w, operands.Bias, operands.X);
            SparseConvolutionKernels.InputGradient(team, plan, operands.Dx, w, operands.Dy, accumulate: false);
            SparseConvolutionKernels.WeightGradient(team, plan, dw, operands.Dy, operands.X, accumulate: false);
            float[] apart = [.. operands.Y.Span, .. operands.Dx.Span, .. dw.Span];
            SparseConvolutionKernels.Gradients(
                team, plan, operands.Dx, dw, w, operands.Dy, operands.X, (false, false));
            return [.. apart, .. operands.Dx.Span, .. dw.Span];
        }

        var expected = Passes(1);
        Passes(2).ShouldBe(expected);
        Passes(5).ShouldBe(expected);
    }

    private static void PassesShouldAgree(in ConvolutionSize size, double density)
    {
        using var sparse = new SparseCase(size, density);
        var (operands, team, plan, w, dw) = sparse;
        SparseConvolutionKernels.Forward(team, plan, operands.Y, w, operands.Bias, operands.X);
        operands.Y.ShouldBeCloseTo(operands.ExpectedOutput());
        SparseConvolutionKernels.WeightGradient(team, plan, dw, operands.Dy, operands.X, accumulate: false);
        dw.ShouldBeCloseTo(sparse.ExpectedWeightGradient());
        SparseConvolutionKernels.WeightGradient(team, plan, dw, operands.Dy, operands.X, accumulate: true);
        dw.ShouldBeCloseTo(sparse.ExpectedWeightGradient(times: 2));
        if (size.Stride > 1)
            return;
        SparseConvolutionKernels.InputGradient(team, plan, operands.Dx, w, operands.Dy, accumulate: false);
        operands.Dx.ShouldBeCloseTo(operands.ExpectedInputGradient());
    }

    private static void GradientsShouldAgree(in ConvolutionSize size, double density)
    {
        using var sparse = new SparseCase(size, density);
        var (operands, team, plan, w, dw) = sparse;
        void Gradients(bool dx, bool weights) => SparseConvolutionKernels.Gradients(
            team, plan, operands.Dx, dw, w, operands.Dy, operands.X, (dx, weights));
        var inputs = operands.ExpectedInputGradient();
        Gradients(false, false);
        operands.Dx.ShouldBeCloseTo(inputs);
        dw.ShouldBeCloseTo(sparse.ExpectedWeightGradient());
        Gradients(true, false);
        operands.Dx.ShouldBeCloseTo([.. inputs.Select(value => 2 * value)]);
        dw.ShouldBeCloseTo(sparse.ExpectedWeightGradient());
        Gradients(false, true);
        operands.Dx.ShouldBeCloseTo(inputs);
        dw.ShouldBeCloseTo(sparse.ExpectedWeightGradient(times: 2));
    }

    private static bool[] Mask(int length, double density)
    {
        var scores = new float[length];
        new RandomStream(new Seed(5), "mask").FillUniform(scores, 0, 1);
        return [.. scores.Select(score => score < density)];
    }

    /// <summary>A convolution of which some weights survive, compressed and masked.</summary>
    private sealed class SparseCase : IDisposable
    {
        private readonly ConvolutionCase _operands;
        private readonly ThreadTeam _team = new(2);
        private readonly SparsePattern _pattern;
        private readonly SparseConvolutionPlan _plan;
        private readonly FloatBuffer _w;
        private readonly FloatBuffer _dw;

        internal SparseCase(ConvolutionSize size, double density)
        {
            _operands = new ConvolutionCase(size);
            var survives = Mask(_operands.W.Length, density);
            for (var i = 0; i < survives.Length; i++)
                _operands.W.Span[i] = survives[i] ? _operands.W.Span[i] : 0;
            _pattern = new SparsePattern(
                size.Outputs, size.Inputs, survives, [], size.Taps, size.OutputPixels);
            _plan = new SparseConvolutionPlan(_pattern, size);
            (_w, _dw) = (new FloatBuffer(_pattern.Active), new FloatBuffer(_pattern.Active));
            for (var i = 0; i < _w.Length; i++)
                _w.Span[i] = _operands.W.Span[_pattern.Positions[i]];
        }

        public void Dispose()
        {
            foreach (IDisposable part in new IDisposable[] { _dw, _w, _plan, _pattern, _team, _operands })
                part.Dispose();
        }

        internal void Deconstruct(
            out ConvolutionCase operands, out ThreadTeam team, out SparseConvolutionPlan plan, out FloatBuffer w,
            out FloatBuffer dw) => (operands, team, plan, w, dw) = (_operands, _team, _plan, _w, _dw);

        internal double[] ExpectedWeightGradient(double times = 1)
        {
            var all = _operands.ExpectedWeightGradient();
            return [.. _pattern.Positions.ToArray().Select(position => times * all[position])];
        }
    }
}
