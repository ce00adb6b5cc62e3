using Tombola.Analysis;

namespace Tombola.Tests.Analysis;

public sealed class MomentsTests
{
    [Fact]
    public void Known_values_have_known_moments()
    {
        // Mean 1; squared distances from it 4, 1, 1, 4; third moment 0; fourth moment (16 + 1 + 1 + 16) / 4 = 8.5.
        var moments = Of(-1, 0, 2, 3);
        (moments.Count, moments.Mean, moments.MeanMagnitude, moments.PositiveShare).ShouldBe((4, 1, 1.5, 0.5));
        moments.Deviation.ShouldBe(Math.Sqrt(2.5), 1e-12);
        moments.Bimodality.ShouldBe(2.5 * 2.5 / 8.5, 1e-12);
    }

    [Fact]
    public void Skewness_counts_as_the_definition_has_it()
    {
        // 0, 0, 0, 4: mean 1, variance 3, third moment (−1 −1 −1 + 27) / 4 = 6, fourth (1 + 1 + 1 + 81) / 4 = 21.
        var skewness = 6 / Math.Pow(3, 1.5);
        Of(0, 0, 0, 4).Bimodality.ShouldBe(((skewness * skewness) + 1) / (21.0 / 9), 1e-12);
    }

    [Fact]
    public void Two_points_are_one_and_a_uniform_distribution_is_five_ninths()
    {
        Of(-3, -3, 3, 3).Bimodality.ShouldBe(1, 1e-12);
        Of([.. Enumerable.Range(0, 2000).Select(i => (i / 1000.0) - 1)]).Bimodality.ShouldBe(5 / 9.0, 1e-3);
    }

    [Fact]
    public void Without_values_there_is_no_mean() => new Moments().Mean.ShouldBe(double.NaN);

    private static Moments Of(params double[] values)
    {
        var moments = new Moments();
        foreach (var value in values)
            moments.Add(value);
        return moments;
    }
}
