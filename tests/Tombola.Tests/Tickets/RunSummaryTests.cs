using Tombola.Tickets;
using Tombola.Training;

namespace Tombola.Tests.Tickets;

public sealed class RunSummaryTests
{
    [Theory]
    [InlineData(1000, 0.98, Verdict.Winning)]
    [InlineData(900, 0.99, Verdict.Winning)]
    [InlineData(1100, 0.99, Verdict.Matching)]
    [InlineData(900, 0.975, Verdict.Matching)]
    [InlineData(900, 0.969, Verdict.Losing)]
    public void Judges_by_mean_step_mean_accuracy_and_spread(long step, double accuracy, Verdict expected)
    {
        // Dense: step 1,000 and accuracy 0.98 in the mean, 0.97 at worst.
        var summary = RunSummary.Of("test", [
            Row(1, 0, 900, 0.97), Row(2, 0, 1100, 0.99), Row(1, 1, step, accuracy), Row(2, 1, step, accuracy)]);
        summary.Levels[0].Verdict.ShouldBeNull();
        summary.Levels[1].Verdict.ShouldBe(expected);
        (summary.SmallestWinningTicket is not null).ShouldBe(expected == Verdict.Winning);
        (summary.SmallestMatchingTicket is not null).ShouldBe(expected != Verdict.Losing);
    }

    [Fact]
    public void Names_the_sparsest_winner_and_leaves_diverged_trials_out()
    {
        var summary = RunSummary.Of("test", [
            Row(1, 0, 1000, 0.98), Row(1, 1, 900, 0.985), Row(1, 2, 900, 0.99), Row(1, 3, 900, 0.9),
            Row(2, 0, 1000, 0.98), Row(2, 1, 900, 0.985), Diverged(2, 2), Diverged(2, 3)]);
        summary.SmallestWinningTicket!.Level.ShouldBe(2);
        var level = summary.Levels.Single(level => level.Level == 2);
        (level.Trials, level.Failed).ShouldBe((1, 1));
        level.EarlyStopTestAccuracy.ShouldBe(new Spread(0.99, 0.99, 0.99));
    }

    [Fact]
    public void Bounds_belong_to_the_better_verdict()
    {
        Judge(step: 1000, accuracy: 0.98).ShouldBe(Verdict.Winning, "as late and as accurate as dense in the mean");
        Judge(step: 1001, accuracy: 0.98).ShouldBe(Verdict.Matching);
        Judge(step: 1000, accuracy: 0.97).ShouldBe(Verdict.Matching, "as accurate as the worst dense trial");
        Judge(step: 1000, accuracy: 0.9699).ShouldBe(Verdict.Losing);
    }

    [Fact]
    public void The_same_accuracies_in_another_order_are_no_worse()
    {
        // Summed in this order they come to 0.6 and one rounding more.
        var summary = RunSummary.Of("test", [
            Row(1, 0, 9, 0.1), Row(2, 0, 9, 0.2), Row(3, 0, 9, 0.3),
            Row(1, 1, 9, 0.3), Row(2, 1, 9, 0.2), Row(3, 1, 9, 0.1)]);
        summary.Levels[1].EarlyStopTestAccuracy!.Mean.ShouldBeLessThan(summary.Levels[0].EarlyStopTestAccuracy!.Mean);
        summary.Levels[1].Verdict.ShouldBe(Verdict.Winning);
    }

    [Fact]
    public void Controls_are_judged_but_never_named_as_tickets()
    {
        var summary = RunSummary.Of("test", [
            Row(1, 0, 1000, 0.98), Row(1, 1, 2000, 0.9), Row(1, 1, 500, 0.99) with { Branch = "random-reinit" }]);
        summary.Levels.Select(level => (level.Branch, level.Level, level.Verdict)).ShouldBe([
            ("winning-ticket", 0, null), ("winning-ticket", 1, Verdict.Losing), ("random-reinit", 1, Verdict.Winning)]);
        summary.SmallestWinningTicket.ShouldBeNull();
        summary.SmallestMatchingTicket.ShouldBeNull();
    }

    [Fact]
    public void The_smallest_ticket_wins_or_matches_even_below_one_that_loses()
    {
        var summary = RunSummary.Of("test", [
            Row(1, 0, 1000, 0.98), Row(1, 1, 900, 0.99), Row(1, 2, 900, 0.9), Row(1, 3, 1100, 0.98),
            Row(1, 4, 9, 0.1)]);
        summary.SmallestWinningTicket!.Level.ShouldBe(1);
        summary.SmallestMatchingTicket!.Level.ShouldBe(3);
    }

    [Fact]
    public void Without_a_dense_network_that_went_through_there_is_no_verdict()
    {
        var summary = RunSummary.Of("test", [Diverged(1, 0), Row(2, 1, 900, 0.99)]);
        summary.Levels.ShouldAllBe(level => level.Verdict == null);
        summary.Levels[0].EarlyStopStep.ShouldBeNull();
        RunSummary.Of("test", []).Levels.ShouldBeEmpty();
    }

    [Fact]
    public void Spreads_are_mean_least_and_largest()
    {
        Spread.Of([3, 1, 2.5, 1.5]).ShouldBe(new Spread(2, 1, 3));
        Spread.Of([7]).ShouldBe(new Spread(7, 7, 7));
        Spread.Of([]).ShouldBeNull();
    }

    private static Verdict? Judge(long step, double accuracy) => RunSummary.Of("test", [
        Row(1, 0, 900, 0.97), Row(2, 0, 1100, 0.99), Row(1, 1, step, accuracy)]).Levels[1].Verdict;

    private static LevelResult Row(int trial, int level, long step, double accuracy)
    {
        var point = new CurvePoint(step, 1e-3, 0.1, 0.1, accuracy, 0.1, accuracy, 1);
        var training = new TrainingResult([], point, accuracy, point, accuracy, null, 1, 0.1);
        return new LevelResult("winning-ticket", trial, level, 100 >> level, 100, training, "completed", "id");
    }

    private static LevelResult Diverged(int trial, int level)
    {
        var training = new TrainingResult([], null, null, null, null, 7, 1, 0.1);
        return new LevelResult("winning-ticket", trial, level, 100 >> level, 100, training, training.Status, "id");
    }
}
