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
        Prop.ForAll(Cases.ToArbitrary(), test =>
        {
            var (size, density) = test;
            using var operands = new ConvolutionCase(size);
            var survives = Mask(operands.W.Length, density);
            for (var i = 0; i < survives.Length; i++)
                operands.W.Span[i] = survives[i] ? operands.W.Span[i] : 0;
            using var team = new ThreadTeam(2);
            using var pattern = new SparsePattern(size.Outputs, size.Inputs, survives, [], size.Taps);
            using var plan = new SparseConvolutionPlan(pattern, size);
            using var w = new FloatBuffer(pattern.Active);
            for (var i = 0; i < w.Length; i++)
                w.Span[i] = operands.W.Span[pattern.Positions[i]];

            SparseConvolutionKernels.Forward(team, plan, operands.Y, w, operands.Bias, operands.X);
            operands.Y.ShouldBeCloseTo(operands.ExpectedOutput());
            using var dw = new FloatBuffer(pattern.Active);
            SparseConvolutionKernels.WeightGradient(team, plan, dw, operands.Dy, operands.X, accumulate: false);
            var expected = operands.ExpectedWeightGradient();
            dw.ShouldBeCloseTo([.. pattern.Positions.ToArray().Select(position => expected[position])]);
            SparseConvolutionKernels.WeightGradient(team, plan, dw, operands.Dy, operands.X, accumulate: true);
            dw.ShouldBeCloseTo([.. pattern.Positions.ToArray().Select(position => 2 * expected[position])]);
            if (size.Stride > 1)
                return;
            SparseConvolutionKernels.InputGradient(team, plan, operands.Dx, w, operands.Dy, accumulate: false);
            operands.Dx.ShouldBeCloseTo(operands.ExpectedInputGradient());
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(24, 16, 8)]
    [InlineData(192, 128, 4)]
    [InlineData(40, 48, 2)]
    public void Each_pass_has_the_same_bits_with_any_number_of_threads(int inputs, int outputs, int extent)
    {
        var size = new ConvolutionSize(outputs, inputs, extent, extent, Kernel: 3, Stride: 1, Padding: 1, Batch: 20);
        using var operands = new ConvolutionCase(size);
        using var pattern = new SparsePattern(outputs, inputs, Mask(operands.W.Length, 0.7), [], size.Taps);
        using var plan = new SparseConvolutionPlan(pattern, size);
        using var w = RandomBuffers.Create(pattern.Active, "w");
        float[] Passes(int threads)
        {
            using var team = new ThreadTeam(threads);
            using var dw = new FloatBuffer(pattern.Active);
            SparseConvolutionKernels.Forward(team, plan, operands.Y, w, operands.Bias, operands.X);
            SparseConvolutionKernels.InputGradient(team, plan, operands.Dx, w, operands.Dy, accumulate: false);
            SparseConvolutionKernels.WeightGradient(team, plan, dw, operands.Dy, operands.X, accumulate: false);
            return [.. operands.Y.Span, .. operands.Dx.Span, .. dw.Span];
        }

        var expected = Passes(1);
        Passes(2).ShouldBe(expected);
        Passes(5).ShouldBe(expected);
    }

    private static bool[] Mask(int length, double density)
    {
        var scores = new float[length];
        new RandomStream(new Seed(5), "mask").FillUniform(scores, 0, 1);
        return [.. scores.Select(score => score < density)];
    }
}
