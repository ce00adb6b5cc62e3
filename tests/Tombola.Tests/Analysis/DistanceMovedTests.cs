using Tombola.Analysis;

namespace Tombola.Tests.Analysis;

public sealed class DistanceMovedTests
{
    private static readonly float[] Initial =
        [1, -1, 2, -2, 0, 0, 0, 0, 0, 0, 0, 0, /**/ 1, 1, 1, 1, 1, 1];

    private static readonly float[] Final =
        [3, 1, 1, -2.5f, 0, 0, 0, 0, 0, 0, 0, 0, /**/ 1, 1, 1, 1, 1, 1];

    [Fact]
    public void Compares_the_ticket_with_the_rest_in_the_dense_network()
    {
        using var handmade = new HandmadeRun();
        var dense = handmade.AddDense(1, Initial, Final);
        handmade.AddTicket(dense, 1, 1, "1001 0000 0000 111 111", final: new float[18]);
        var rows = new DistanceMoved().Run(new AnalysisInput(handmade.Open()), default)[0]
            .RowsOf<DistanceStatistics>();
        rows.Select(row => (row.Layer, row.Group, row.Weights)).ShouldBe([
            ("fc1.weight", "ticket", 2), ("fc1.weight", "pruned", 10), ("fc2.weight", "ticket", 6),
            ("fc2.weight", "pruned", 0)]);
        // In the ticket 1 → 3 and −2 → −2.5: both away from zero.
        rows[0].ShouldBe(new DistanceStatistics(
            "handmade", 1, 8 / 18.0, "fc1.weight", "ticket", 2, 1.25, 1.5, 2.75, 1, 0));
        // Pruned −1 → 1, which only changes its sign, 2 → 1 and eight that stay at 0.
        rows[1].ShouldBe(new DistanceStatistics(
            "handmade", 1, 8 / 18.0, "fc1.weight", "pruned", 10, 0.3, 0.3, 0.2, 0, 0.1));
        rows[3].MeanDistance.ShouldBeNull("the group is empty");
    }

    [Fact]
    public void Histograms_hold_every_weight_of_all_trials()
    {
        using var handmade = new HandmadeRun();
        foreach (var trial in new[] { 1, 2 })
            handmade.AddTicket(handmade.AddDense(trial, Initial, Final), trial, 1, "1001 0000 0000 111 111");
        var bins = new DistanceMoved().Run(new AnalysisInput(handmade.Open()), default)[1].RowsOf<DistanceBin>();
        DistanceBin[] distance = [.. bins.Where(bin => (bin.Layer, bin.Group, bin.Measure)
            == ("fc1.weight", "ticket", "distance"))];
        (distance[0].From, distance[^1].To, distance.Sum(bin => bin.Weights)).ShouldBe((0, 2, 4));
        distance[^1].Weights.ShouldBe(2, "the farthest of each trial");
        DistanceBin[] outward = [.. bins.Where(bin => (bin.Layer, bin.Group, bin.Measure)
            == ("fc1.weight", "pruned", "away-from-zero"))];
        (outward[0].From, outward[^1].To, outward.Sum(bin => bin.Weights)).ShouldBe((-2, 2, 20));
        outward.Single(bin => bin.From <= -1 && bin.To > -1).Weights.ShouldBe(2, "2 → 1 in each trial");
    }
}
