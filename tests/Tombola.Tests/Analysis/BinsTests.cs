using FsCheck;
using FsCheck.Fluent;
using Tombola.Analysis;

namespace Tombola.Tests.Analysis;

public sealed class BinsTests
{
    [Theory]
    [InlineData(-1, 0)]
    [InlineData(-0.5, 1)]
    [InlineData(-0.01, 1)]
    [InlineData(0, 2)]
    [InlineData(0.99, 3)]
    [InlineData(1, 3)]
    [InlineData(7, 3)]
    [InlineData(-7, 0)]
    [InlineData(double.PositiveInfinity, 3)]
    public void A_bin_has_its_lower_edge_and_the_last_both(double value, int bin) =>
        new Bins(-1, 1, 4).IndexOf(value).ShouldBe(bin);

    [Fact]
    public void Edges_divide_the_range() =>
        Enumerable.Range(0, 5).Select(new Bins(-1, 1, 4).Edge).ShouldBe([-1, -0.5, 0, 0.5, 1]);

    [Fact]
    public void A_range_of_one_point_has_all_in_its_first_bin() => new Bins(2, 2, 5).IndexOf(2).ShouldBe(0);

    [Fact]
    public void Whole_numbers_fall_exactly_into_bins_of_whole_width()
    {
        var cases = Gen.Choose(1, 60).SelectMany(count => Gen.Choose(1, 9).SelectMany(width =>
            Gen.Choose(0, (count * width) - 1).Select(value => (count, width, value))));
        Prop.ForAll(cases.ToArbitrary(), c =>
            new Bins(0, c.count * c.width, c.count).IndexOf(c.value) == c.value / c.width).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_histogram_counts_and_gives_shares()
    {
        var histogram = new Histogram(new Bins(0, 3, 3));
        foreach (var value in new[] { 0, 0.5, 2.5, 3 })
            histogram.Add(value);
        histogram.Read().ShouldBe([(0, 1, 2, 0.5), (1, 2, 0, 0), (2, 3, 2, 0.5)]);
        new Histogram(new Bins(0, 1, 1)).Read().ShouldBe([(0, 1, 0, 0)], "no value, no share");
    }
}
