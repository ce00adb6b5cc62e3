using Tombola.Tickets.Xor;

namespace Tombola.Tests.Tickets.Xor;

/// <summary>Who has learnt XOR, worked out by hand.</summary>
public sealed class XorVerdictTests
{
    private static readonly XorScoringOptions Scoring = new() { Tolerance = 1e-3, ZeroLoss = 0.01 };

    [Theory]
    [InlineData(new[] { -5.0, 5, 5, -5 }, true, true)]
    [InlineData(new[] { 1.0, 5, 5, -5 }, false, false)]
    [InlineData(new[] { -5.0, 5, -0.1, -5 }, false, false)]
    [InlineData(new[] { 0.0, 0, 5, -5 }, true, false)]
    [InlineData(new[] { 0.003, -0.003, 5, -5 }, true, false)]
    [InlineData(new[] { 0.005, 0.005, 5, -5 }, false, false)]
    [InlineData(new[] { 0.0, 0, 0, 0 }, true, false)]
    [InlineData(new[] { double.NaN, 5, 5, -5 }, false, false)]
    public void A_tie_counts_only_within_the_tolerance(double[] logits, bool within, bool strictly)
    {
        var verdict = XorVerdict.Of(new XorTrial(1, logits, 1), Scoring);
        (verdict.DecisionBoundary, verdict.DecisionBoundaryStrict).ShouldBe((within, strictly));
    }

    [Theory]
    [InlineData(0.0099, true)]
    [InlineData(0.01, false)]
    [InlineData(double.NaN, false)]
    public void The_loss_is_zero_below_its_threshold(double loss, bool zero) =>
        XorVerdict.Of(new XorTrial(1, [-5, 5, 5, -5], loss), Scoring).ZeroLoss.ShouldBe(zero);
}
