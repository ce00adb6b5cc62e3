using Tombola.Analysis;

namespace Tombola.Tests.Analysis;

public sealed class GeneralisationGapTests
{
    [Fact]
    public void Gaps_are_training_minus_test_accuracy_over_trials()
    {
        using var handmade = new HandmadeRun();
        handmade.AddAccuracies("winning-ticket", 1, 0, 18, train: 1, test: 0.75);
        handmade.AddAccuracies("winning-ticket", 2, 0, 18, train: 0.875, test: 0.75);
        handmade.AddAccuracies("random-reinit", 1, 1, 9, train: 0.75, test: 0.875);
        handmade.AddFailed(3, 0);
        var rows = new GeneralisationGap().Run(new AnalysisInput(handmade.Open()), default)[0]
            .RowsOf<GeneralisationGapRow>();
        rows.Count.ShouldBe(4);
        rows[1].ShouldBe(new GeneralisationGapRow(
            "handmade", "winning-ticket", 0, 1, "final", 2, 0.9375, 0.75, 0.1875, 0.125, 0.25));
        rows[0].ShouldBe(rows[1] with { Moment = "early-stop", TrainAccuracy = 0.6875, TestAccuracy = 0.5 });
        rows[3].ShouldBe(new GeneralisationGapRow(
            "handmade", "random-reinit", 1, 0.5, "final", 1, 0.75, 0.875, -0.125, -0.125, -0.125));
    }
}
