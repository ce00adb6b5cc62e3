using Tombola.Nn.Initialisers;
using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Tests.Nn.Initialisers;

public class InitialiserTests
{
    private static readonly Shape Connected = new(300, 784);
    private static readonly Shape Convolution = new(64, 32, 5, 3);

    [Theory]
    [InlineData("glorot-normal", 0.042954)] // √(2 / 1084)
    [InlineData("kaiming-normal", 0.050508)] // √(2 / 784)
    [InlineData("normal(0.1)", 0.1)]
    public void Normal_ones_have_the_moments_and_tails_of_a_normal_distribution(string text, double deviation)
    {
        var values = Draw(text, Connected);
        var (mean, spread) = Moments(values);
        mean.ShouldBe(0, 4 * deviation / Math.Sqrt(values.Length));
        spread.ShouldBe(deviation, 0.005 * deviation);
        ShareBeyond(values, deviation).ShouldBe(0.3173, 0.005);
        ShareBeyond(values, 2 * deviation).ShouldBe(0.0455, 0.002);
        ShareBeyond(values, 3 * deviation).ShouldBe(0.0027, 0.0005);
    }

    [Theory]
    [InlineData("glorot-uniform", 0.074398)] // √(6 / 1084)
    [InlineData("kaiming-uniform", 0.087482)] // √(6 / 784)
    [InlineData("uniform(0.25)", 0.25)]
    public void Uniform_ones_fill_their_interval_evenly(string text, double bound)
    {
        var values = Draw(text, Connected);
        var (mean, spread) = Moments(values);
        mean.ShouldBe(0, 4 * bound / Math.Sqrt(3.0 * values.Length));
        spread.ShouldBe(bound / Math.Sqrt(3), 0.005 * bound);
        ((double)values.Min()).ShouldBe(-bound, 1e-3 * bound);
        ((double)values.Max()).ShouldBe(bound, 1e-3 * bound);
        ShareBeyond(values, bound / 2).ShouldBe(0.5, 0.005);
    }

    [Fact]
    public void The_truncated_normal_has_nothing_beyond_two_deviations_and_no_heap_at_them()
    {
        var values = Draw("truncated-normal(0.1)", Connected);
        var (mean, spread) = Moments(values);
        ShareBeyond(values, 0.2).ShouldBe(0);
        mean.ShouldBe(0, 1e-3);
        spread.ShouldBe(0.087963, 5e-4); // σ · √(1 − 4φ(2) / (2Φ(2) − 1))
        ShareBeyond(values, 0.199).ShouldBe(2 * 0.001 * 0.5457 / 0.9545, 3e-4);
    }

    [Theory]
    [InlineData("constant(0)", 0f)]
    [InlineData("constant(-0.5)", -0.5f)]
    public void Constants_are_the_same_everywhere(string text, float expected) =>
        Draw(text, Connected).ShouldAllBe(value => value == expected);

    [Theory]
    [InlineData("glorot-normal", 0.037268)] // √(2 / (32 · 15 + 64 · 15))
    [InlineData("kaiming-normal", 0.064550)] // √(2 / (32 · 15))
    public void The_fans_of_a_convolution_count_the_positions_of_its_kernel(string text, double deviation) =>
        Moments(Draw(text, Convolution)).Spread.ShouldBe(deviation, 0.02 * deviation);

    [Theory]
    [InlineData("glorot-normal")]
    [InlineData("uniform(1)")]
    [InlineData("truncated-normal(1)")]
    public void Values_are_a_function_of_the_stream(string text)
    {
        Draw(text, Connected).ShouldBe(Draw(text, Connected));
        Draw(text, Connected, seed: 2)[0].ShouldNotBe(Draw(text, Connected)[0]);
    }

    private static float[] Draw(string text, Shape shape, ulong seed = 1)
    {
        var values = new float[shape.Count];
        InitialiserRegistry.Parse(text).Fill(values, shape, new RandomStream(new Seed(seed), "init/test"));
        return values;
    }

    private static (double Mean, double Spread) Moments(float[] values)
    {
        var mean = values.Average(value => (double)value);
        return (mean, Math.Sqrt(values.Average(value => Math.Pow(value - mean, 2))));
    }

    private static double ShareBeyond(float[] values, double bound) =>
        values.Count(value => Math.Abs(value) > bound) / (double)values.Length;
}
