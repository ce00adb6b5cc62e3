using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Threads;

namespace Tombola.Tests.Numerics.Lanewise;

public sealed class LaneSumsTests
{
    [Theory]
    [InlineData(1, 16, 1)]
    [InlineData(5, 32, 2)]
    [InlineData(37, 64, 1)]
    [InlineData(300, 208, 3)]
    public void Rows_are_summed_in_the_same_tree_at_every_width(int rows, int lanes, int threads)
    {
        using var team = new ThreadTeam(threads);
        using var values = RandomBuffers.Create(rows * lanes, "values");
        using var sums = RandomBuffers.Create(rows, "sums");
        var expected = Enumerable.Range(0, rows).Select(row => Tree(values.Span.Slice(row * lanes, lanes))).ToArray();
        var before = sums.Span.ToArray();
        LaneSums.Run(team, sums, values, rows, lanes, accumulate: true);
        sums.Span.ToArray().ShouldBe(expected.Zip(before, (sum, old) => sum + old));
        LaneSums.Run(team, sums, values, rows, lanes, accumulate: false);
        sums.Span.ToArray().ShouldBe(expected);
    }

    /// <summary>Adds every sixteenth lane into one of sixteen sums, then neighbours to neighbours.</summary>
    private static float Tree(ReadOnlySpan<float> values)
    {
        var sums = new float[16];
        for (var lane = 0; lane < values.Length; lane++)
            sums[lane % 16] += values[lane];
        for (var distance = 1; distance < 16; distance *= 2)
        {
            for (var i = 0; i < 16; i += 2 * distance)
                sums[i] += sums[i + distance];
        }

        return sums[0];
    }
}
