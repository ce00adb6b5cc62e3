using Tombola.Training;

namespace Tombola.Tests.Training;

public sealed class EarlyStopRuleTests
{
    [Fact]
    public void The_least_validation_loss_stops_and_of_equals_the_first() =>
        StopOf("validation-loss", [(0, 3, 0), (10, 1, 0), (20, 2, 0), (30, 1, 0)]).ShouldBe(10);

    [Fact]
    public void A_plateau_stops_where_the_running_mean_has_been_still_for_a_thousand_steps()
    {
        // Rises to step 1,000 and stays: every mean of 1,000 steps is still from 2,000 on, for 1,000 steps at 3,000.
        var curve = Enumerable.Range(0, 51).Select(i => (i * 100L, 1.0, Math.Min(1, i / 10.0)));
        StopOf("accuracy-plateau", curve).ShouldBeInRange(2_800, 3_000);
    }

    [Fact]
    public void Without_a_plateau_the_last_evaluation_stops()
    {
        var curve = Enumerable.Range(0, 51).Select(i => (i * 100L, 1.0, i / 50.0));
        StopOf("accuracy-plateau", curve).ShouldBe(5_000);
    }

    private static long StopOf(string rule, IEnumerable<(long Step, double Loss, double Accuracy)> evaluations)
    {
        var curve = new List<CurvePoint>();
        CurvePoint? stop = null;
        foreach (var (step, loss, accuracy) in evaluations)
        {
            curve.Add(new CurvePoint(step, 0.1, 0, loss, 0, 0, accuracy, 0));
            if (EarlyStopRule.Accepts(rule, curve, stop))
                stop = curve[^1];
        }

        return stop!.Step;
    }
}
