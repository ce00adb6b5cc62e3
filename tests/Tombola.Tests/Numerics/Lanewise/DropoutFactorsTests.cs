using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Random;
using Tombola.Numerics.Threads;

namespace Tombola.Tests.Numerics.Lanewise;

public sealed class DropoutFactorsTests
{
    private static readonly RandomStream Stream = new(new Seed(3), "dropout/test", 11);

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Each_factor_follows_from_the_bits_at_its_own_address(double rate)
    {
        const int rows = 9, lanes = 528;
        var factors = Factors(rows, lanes, rate, threads: 1);
        for (var row = 0; row < rows; row++)
        {
            for (var example = 0; example < lanes; example++)
            {
                var kept = Stream.Bits(((long)row << 32) + example) >= rate * 4294967296.0;
                factors[(row * lanes) + example].ShouldBe(kept ? (float)(1 / (1 - rate)) : 0);
            }
        }
    }

    [Fact]
    public void Neither_threads_nor_the_size_of_the_batch_play_a_part()
    {
        var small = Factors(20, 16, 0.3, threads: 1);
        var large = Factors(20, 64, 0.3, threads: 3);
        for (var row = 0; row < 20; row++)
            small.AsSpan(row * 16, 16).SequenceEqual(large.AsSpan(row * 64, 16)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void The_mean_factor_is_one(double rate)
    {
        const int count = 400 * 256;
        var deviation = Math.Sqrt(rate / (1 - rate) / count);
        Factors(400, 256, rate, threads: 1).Average(factor => (double)factor).ShouldBe(1, 4 * deviation);
    }

    private static float[] Factors(int rows, int lanes, double rate, int threads)
    {
        using var team = new ThreadTeam(threads);
        using var factors = new FloatBuffer(rows * lanes);
        DropoutFactors.Run(team, factors, rows, lanes, rate, Stream);
        return factors.Span.ToArray();
    }
}
