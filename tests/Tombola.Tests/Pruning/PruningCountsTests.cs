using Tombola.Pruning;

namespace Tombola.Tests.Pruning;

public sealed class PruningCountsTests
{
    [Theory]
    [InlineData(10, 0.2, 2)]
    [InlineData(5, 0.5, 3)] // 2.5; rounding to even would give 2
    [InlineData(3, 0.5, 2)]
    [InlineData(1, 0.5, 1)]
    [InlineData(1, 0.4999, 0)]
    [InlineData(25, 0.1, 3)]
    [InlineData(24, 0.1, 2)]
    [InlineData(50, 0.29, 15)] // 14.5, though 0.29 × 50 in binary lies below
    [InlineData(0, 0.5, 0)]
    [InlineData(7, 0, 0)]
    [InlineData(7, 1, 7)]
    public void Rounds_midpoints_away_from_zero(int survivors, double rate, int removed) =>
        PruningCounts.Removed(survivors, rate).ShouldBe(removed);

    [Fact]
    public void Agrees_with_whole_numbers_for_every_rate_in_percent()
    {
        for (var percent = 0; percent <= 100; percent++)
        {
            for (var count = 0; count <= 1000; count++)
            {
                var expected = ((2 * percent * count) + 100) / 200;
                if (PruningCounts.Removed(count, percent / 100.0) != expected)
                    Assert.Fail($"{percent} % of {count} should be {expected}");
            }
        }
    }

    [Fact]
    public void Rounds_take_from_what_is_left()
    {
        PruningCounts.Survivors(1000, 0.1, 0).ShouldBe(1000);
        PruningCounts.Survivors(1000, 0.1, 3).ShouldBe(729);
        PruningCounts.Survivors(10, 0.5, 4).ShouldBe(0, "10, 5, 2, 1 and then none: 0.5 of 1 rounds to 1");
        PruningCounts.Survivors(10, 1, 1).ShouldBe(0);
        PruningCounts.Survivors(10, 0, 9).ShouldBe(10);
    }

    [Theory]
    [InlineData(-1, 0.5)]
    [InlineData(1, -0.1)]
    [InlineData(1, 1.1)]
    [InlineData(1, double.NaN)]
    public void Refuses_what_is_out_of_range(int survivors, double rate) =>
        Should.Throw<ArgumentOutOfRangeException>(() => PruningCounts.Removed(survivors, rate));
}
