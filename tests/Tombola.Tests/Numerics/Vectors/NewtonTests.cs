using Tombola.Numerics.Memory;
using Tombola.Numerics.Random;
using Tombola.Numerics.Threads;
using Tombola.Numerics.Updates;
using Tombola.Numerics.Vectors;

namespace Tombola.Tests.Numerics.Vectors;

public class NewtonTests
{
    private const int Count = 1 << 16;

    [Fact]
    public void Roots_are_accurate_over_all_magnitudes()
    {
        var numbers = Magnitudes(1.2e-38, 3.4e38);
        var roots = Compute(numbers).Roots;
        for (var i = 0; i < Count; i++)
            Math.Abs((roots[i] / Math.Sqrt(numbers[i])) - 1).ShouldBeLessThan(Newton.Accuracy);
    }

    [Fact]
    public void Reciprocals_are_accurate_over_their_range()
    {
        var numbers = Magnitudes(1e-30, 1e30);
        var reciprocals = Compute(numbers).Reciprocals;
        for (var i = 0; i < Count; i++)
            Math.Abs((reciprocals[i] * (double)numbers[i]) + 1).ShouldBeLessThan(Newton.Accuracy);
    }

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(1e-45f, 2e-19f)]
    [InlineData(1e-39f, 2e-19f)]
    public void Roots_of_zero_and_of_subnormal_numbers_are_next_to_zero(float x, float bound) =>
        Compute([x]).Roots[0].ShouldBeInRange(0, bound);

    [Fact]
    public void Vectors_and_single_lanes_give_the_same_bits()
    {
        var numbers = Magnitudes(1e-30, 1e30)[..1600];
        var (roots, reciprocals) = Compute(numbers);
        for (var i = 0; i < numbers.Length; i++)
        {
            var single = Compute([numbers[i]]);
            single.Roots[0].ShouldBe(roots[i]);
            single.Reciprocals[0].ShouldBe(reciprocals[i]);
        }
    }

    private static float[] Magnitudes(double least, double greatest)
    {
        var random = new RandomStream(new Seed(1), "magnitudes");
        return [.. Enumerable.Range(0, Count).Select(i => (float)(least * Math.Pow(greatest / least, random.Uniform(i))))];
    }

    private static (float[] Roots, float[] Reciprocals) Compute(float[] numbers)
    {
        using var team = new ThreadTeam(1);
        using FloatBuffer roots = new(numbers.Length), reciprocals = new(numbers.Length), unused = new(numbers.Length);
        numbers.CopyTo(roots.Span);
        numbers.CopyTo(reciprocals.Span);
        ParameterUpdate.Run(team, default(Rule), roots, unused, reciprocals, second: null);
        return (roots.Span.ToArray(), reciprocals.Span.ToArray());
    }

    private readonly struct Rule : IUpdateRule
    {
        public void Apply<T>(ref T w, T g, ref T m, ref T v)
            where T : struct, ILanes<T>
        {
            w = Newton.SquareRoot(w);
            m = Newton.NegativeReciprocal(m);
        }
    }
}
