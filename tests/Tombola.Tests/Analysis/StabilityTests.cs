using Tombola.Analysis;

namespace Tombola.Tests.Analysis;

public sealed class StabilityTests
{
    private const string Mask = "1100 0000 0000 100 000";

    private static readonly float[] DenseFinal = [3, 4, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, /**/ 1, 9, 9, 9, 9, 9];
    private static readonly float[] TicketFinal = [4, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /**/ 2, 0, 0, 0, 0, 0];
    private static readonly float[] OtherFinal = [-4, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /**/ 2, 0, 0, 0, 0, 0];

    [Fact]
    public void To_pruning_it_is_the_dense_network_under_the_mask_of_the_ticket()
    {
        using var handmade = new HandmadeRun();
        handmade.AddTicket(handmade.AddDense(1, new float[18], DenseFinal), 1, 1, Mask, TicketFinal);
        var rows = Run(handmade);
        rows.Select(row => (row.To, row.Branch, row.Layer, row.Weights)).ShouldBe([
            ("pruning", "winning-ticket", "fc1.weight", 2), ("pruning", "winning-ticket", "fc2.weight", 1),
            ("pruning", "winning-ticket", "all", 3)]);
        rows[0].Distance.ShouldBe(Math.Sqrt(2), 1e-12, "(3, 4) and (4, 3)");
        rows[0].Angle!.Value.ShouldBe(double.RadiansToDegrees(Math.Acos(24 / 25.0)), 1e-9);
        (rows[1].Distance, rows[1].Angle).ShouldBe((1, 0));
        rows[2].Distance.ShouldBe(Math.Sqrt(3), 1e-12);
        rows[2].Angle!.Value.ShouldBe(
            double.RadiansToDegrees(Math.Acos(26 / Math.Sqrt(26.0 * 29))), 1e-9, "(3, 4, 1) and (4, 3, 2)");
    }

    [Fact]
    public void To_data_order_it_is_the_same_ticket_and_random_masks_are_the_baseline()
    {
        using var handmade = new HandmadeRun();
        var dense = handmade.AddDense(1, new float[18], DenseFinal);
        var prune = handmade.AddTicket(dense, 1, 1, Mask, TicketFinal);
        handmade.AddControl(dense, prune, "ticket", 1, 1, Mask, OtherFinal, order: 77);
        handmade.AddControl(dense, prune, "random-reinit", 1, 1, Mask, OtherFinal);
        handmade.AddControl(dense, prune, "random-mask", 1, 1, "1000 0000 0000 000 001", OtherFinal, ownMask: true);
        handmade.AddControl(
            dense, prune, "random-mask", 1, 1, "1000 0000 0000 000 001", TicketFinal, ownMask: true, order: 77);
        var all = Run(handmade).Where(row => row.Layer == "all").ToDictionary(row => (row.To, row.Branch));
        all.Keys.ShouldBe(
            [
                ("pruning", "winning-ticket"), ("data-order", "ticket-other-order"), ("pruning", "random-mask"),
                ("data-order", "random-mask-other-order"),
            ],
            ignoreOrder: true);
        all[("data-order", "ticket-other-order")].Distance.ShouldBe(8, "4 and −4");
        all[("data-order", "random-mask-other-order")].Distance.ShouldBe(8, "against the random mask's own weights");
        all[("pruning", "random-mask")].Distance.ShouldBe(Math.Sqrt(49 + 81), 1e-12, "(3, 9) and (−4, 0)");
    }

    [Fact]
    public void Trials_are_summarised_by_mean_and_range()
    {
        using var handmade = new HandmadeRun();
        handmade.AddTicket(handmade.AddDense(1, new float[18], DenseFinal), 1, 1, Mask, DenseFinal);
        handmade.AddTicket(handmade.AddDense(2, new float[18], DenseFinal), 2, 1, Mask, new float[18]);
        var all = new Stability().Run(new AnalysisInput(handmade.Open()), default)[0]
            .RowsOf<StabilityStatistics>().Single(row => row.Layer == "all");
        (all.Trials, all.DistanceMin).ShouldBe((2, 0));
        all.DistanceMax.ShouldBe(Math.Sqrt(26), 1e-12);
        all.Distance.ShouldBe(Math.Sqrt(26) / 2, 1e-12);
        (all.Angle, all.AngleMax).ShouldBe((0, 0), "zero weights have no angle and do not count");
    }

    private static IReadOnlyList<StabilityTrial> Run(HandmadeRun handmade) =>
        new Stability().Run(new AnalysisInput(handmade.Open()), default)[1].RowsOf<StabilityTrial>();
}
