using FsCheck;
using FsCheck.Fluent;
using Tombola.Numerics.Convolution;
using Tombola.Numerics.Threads;

namespace Tombola.Tests.Numerics.Convolution;

/// <summary>Holds the three dense passes against the definition, over random extents.</summary>
public sealed class ConvolutionKernelTests
{
    private static readonly Gen<ConvolutionSize> Sizes =
        from outputs in Gen.Choose(1, 20)
        from inputs in Gen.Choose(1, 20)
        from height in Gen.Choose(3, 11)
        from width in Gen.Choose(3, 11)
        from kernel in Gen.Elements(1, 2, 3, 5)
        from stride in Gen.Choose(1, 3)
        from padding in Gen.Choose(0, kernel / 2)
        from batch in Gen.Elements(1, 16, 20, 64, 70)
        where kernel <= Math.Min(height, width) + (2 * padding)
        select new ConvolutionSize(outputs, inputs, height, width, kernel, stride, padding, batch);

    [Fact]
    public void Each_pass_agrees_with_the_definition() =>
        Prop.ForAll(Sizes.ToArbitrary(), size =>
        {
            using var case1 = new ConvolutionCase(size);
            using var team = new ThreadTeam(1);
            case1.Run(team, accumulate: false);
            case1.Y.ShouldBeCloseTo(case1.ExpectedOutput());
            case1.Dx.ShouldBeCloseTo(case1.ExpectedInputGradient());
            case1.Dw.ShouldBeCloseTo(case1.ExpectedWeightGradient());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Gradients_add_to_what_is_there_when_asked()
    {
        var size = new ConvolutionSize(9, 7, 6, 5, 3, 1, 1, 20);
        using var once = new ConvolutionCase(size);
        using var twice = new ConvolutionCase(size);
        using var team = new ThreadTeam(1);
        once.Run(team, accumulate: false);
        twice.Run(team, accumulate: false);
        twice.Run(team, accumulate: true);
        twice.Dx.ShouldBeCloseTo([.. once.Dx.Span.ToArray().Select(value => 2.0 * value)]);
        twice.Dw.ShouldBeCloseTo([.. once.Dw.Span.ToArray().Select(value => 2.0 * value)]);
    }

    [Theory]
    [InlineData(2, 8)]
    [InlineData(3, 8)]
    [InlineData(7, 8)]
    [InlineData(7, 2)]
    public void The_bits_do_not_depend_on_the_number_of_threads(int threads, int extent)
    {
        var size = new ConvolutionSize(19, 50, extent, extent, 3, 1, 1, 70);
        using var alone = new ConvolutionCase(size);
        using var shared = new ConvolutionCase(size);
        using var one = new ThreadTeam(1);
        using var many = new ThreadTeam(threads);
        alone.Run(one, accumulate: false);
        shared.Run(many, accumulate: false);
        alone.Run(one, accumulate: true);
        shared.Run(many, accumulate: true);
        shared.Y.Span.ToArray().ShouldBe(alone.Y.Span.ToArray());
        shared.Dx.Span.ToArray().ShouldBe(alone.Dx.Span.ToArray());
        shared.Dw.Span.ToArray().ShouldBe(alone.Dw.Span.ToArray());
    }
}
