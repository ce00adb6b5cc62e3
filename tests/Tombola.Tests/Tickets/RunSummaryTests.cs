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
