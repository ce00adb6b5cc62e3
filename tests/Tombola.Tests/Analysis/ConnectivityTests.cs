using Tombola.Analysis;

namespace Tombola.Tests.Analysis;

public sealed class ConnectivityTests
{
    [Fact]
    public void Counts_the_connections_of_a_mask_on_both_sides()
    {
        using var handmade = new HandmadeRun();
        var dense = handmade.AddDense(1, new float[18], new float[18]);
        handmade.AddTicket(dense, 1, 1, "1011 0000 1001 110 010");
        var tables = new Connectivity().Run(new AnalysisInput(handmade.Open()), default);
        var units = tables[3].RowsOf<ConnectivityUnit>();
        Counts("fc1.weight", "incoming").ShouldBe([3, 0, 2]);
        Counts("fc1.weight", "outgoing").ShouldBe([2, 0, 1, 2]);
        Counts("fc2.weight", "incoming").ShouldBe([2, 1]);
        Counts("fc2.weight", "outgoing").ShouldBe([1, 2, 0]);
        var incoming = tables[0].RowsOf<ConnectivityStatistics>()[0];
        (incoming.Layer, incoming.Side, incoming.Units, incoming.Possible).ShouldBe(("fc1.weight", "incoming", 3, 4));
        (incoming.Mean, incoming.Min, incoming.Median, incoming.Max).ShouldBe((5 / 3.0, 0, 2, 3));
        incoming.Unconnected.ShouldBe(1 / 3.0, 1e-12);
        incoming.Deviation.ShouldBe(Math.Sqrt(((9 + 0 + 4) / 3.0) - (25 / 9.0)), 1e-12);
        incoming.DeviationByChance.ShouldBe(Math.Sqrt(4 * (5 / 12.0) * (7 / 12.0) * 8 / 11), 1e-12);

        IEnumerable<int> Counts(string layer, string side) =>
            units.Where(unit => unit.Layer == layer && unit.Side == side).Select(unit => unit.Connections);
    }

    [Fact]
    public void Pixels_are_the_inputs_as_a_picture_in_the_mean_over_trials()
    {
        using var handmade = new HandmadeRun();
        foreach (var (trial, mask) in new[] { (1, "1011 0000 1001 111 111"), (2, "1111 0000 0001 111 111") })
        {
            var dense = handmade.AddDense(trial, new float[18], new float[18]);
            handmade.AddTicket(dense, trial, 1, mask);
        }

        var pixels = new Connectivity().Run(new AnalysisInput(handmade.Open()), default)[2]
            .RowsOf<PixelConnections>();
        pixels.Select(pixel => (pixel.Row, pixel.Column, pixel.Connections)).ShouldBe([
            (0, 0, 1.5), (0, 1, 0.5), (1, 0, 1), (1, 1, 2)]);
    }

    [Fact]
    public void Distributions_hold_every_unit_of_all_trials()
    {
        using var handmade = new HandmadeRun();
        foreach (var trial in new[] { 1, 2 })
        {
            var dense = handmade.AddDense(trial, new float[18], new float[18]);
            handmade.AddTicket(dense, trial, 1, "1011 0000 1001 111 111");
        }

        var bins = new Connectivity().Run(new AnalysisInput(handmade.Open()), default)[1].RowsOf<ConnectivityBin>();
        bins.Where(bin => (bin.Layer, bin.Side) == ("fc1.weight", "incoming"))
            .Select(bin => (bin.From, bin.Below, bin.Units)).ShouldBe([(0, 1, 2), (1, 2, 0), (2, 3, 2), (3, 4, 2)]);
    }

    [Fact]
    public void Controls_with_masks_of_their_own_are_counted_and_others_are_not()
    {
        using var handmade = new HandmadeRun();
        var dense = handmade.AddDense(1, new float[18], new float[18]);
        var prune = handmade.AddTicket(dense, 1, 1, "1011 0000 1001 111 111");
        handmade.AddControl(dense, prune, "random-reinit", 1, 1, "1011 0000 1001 111 111");
        handmade.AddControl(dense, prune, "random-mask", 1, 1, "0000 1011 1001 111 111", ownMask: true);
        var statistics = new Connectivity().Run(new AnalysisInput(handmade.Open()), default)[0]
            .RowsOf<ConnectivityStatistics>();
        statistics.Select(row => row.Branch).Distinct().ShouldBe(["winning-ticket", "random-mask"]);
    }
}
