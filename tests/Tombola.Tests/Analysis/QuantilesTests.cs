using Tombola.Analysis;

namespace Tombola.Tests.Analysis;

public sealed class QuantilesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 3)]
    [InlineData(0.75, 5.5)]
    [InlineData(1, 10)]
    public void Lie_between_neighbours_in_proportion(double fraction, double expected) =>
        new Quantiles([10, 1, 4, 2]).At(fraction).ShouldBe(expected, 1e-12);

    [Fact]
    public void A_single_value_is_each_of_them() => new Quantiles([7]).At(0.25).ShouldBe(7);
}
