using Tombola.Tickets;

namespace Tombola.Tests.Tickets;

/// <summary>Wilson's intervals, held against published values.</summary>
public sealed class ProportionTests
{
    // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Intervals_are_those_in_the_literature(int successes, int trials, double low, double high)
    {
        var proportion = Proportion.Of(successes, trials);
        proportion.Rate.ShouldBe((double)successes / trials);
        proportion.Low.ShouldBe(low, 5e-5);
        proportion.High.ShouldBe(high, 5e-5);
    }

    [Fact]
    public void Failures_mirror_successes()
    {
        var (few, many) = (Proportion.Of(3, 50), Proportion.Of(47, 50));
        many.Low.ShouldBe(1 - few.High, 1e-12);
        many.High.ShouldBe(1 - few.Low, 1e-12);
        (Proportion.Of(7, 7).High, Proportion.Of(0, 7).Low).ShouldBe((1.0, 0.0));
    }

    [Fact]
    public void Without_trials_there_is_no_rate()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Proportion.Of(0, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => Proportion.Of(-1, 5));
        Should.Throw<ArgumentOutOfRangeException>(() => Proportion.Of(6, 5));
    }
}
