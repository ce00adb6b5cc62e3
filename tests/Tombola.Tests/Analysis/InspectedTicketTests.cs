using Tombola.Analysis;
using Tombola.Reports;
using Tombola.Tests.Tickets;

namespace Tombola.Tests.Analysis;

/// <summary>Single tickets of a small real run, looked at.</summary>
public sealed class InspectedTicketTests : IDisposable
{
    private readonly TicketBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_ticket_holds_the_weights_and_masks_that_the_run_returns()
    {
        var run = _bench.Prepare().Execute();
        var analysed = AnalysedRun.Open(run.Folder);
        var training = analysed.Tickets.Single(ticket => ticket is { Trial: 2, Level: 2 });
        var inspected = InspectedTicket.Open(analysed, training.Stage.Value);
        var expected = run.TicketAt(trial: 2, level: 2);
        var start = inspected.ReadStart();
        start.WeightsRemaining.ShouldBe(expected.WeightsRemaining);
        foreach (var name in expected.Weights.Names)
            start.Weights[name].ToArray().ShouldBe(expected.Weights[name].ToArray());
        foreach (var (name, mask) in expected.Masks)
            start.Masks[name].Survives.ToArray().ShouldBe(mask.Survives.ToArray());
        var trained = run.TrainedAt(trial: 2, level: 2);
        inspected.ReadTrained().Weights["fc1.weight"].ToArray().ShouldBe(trained.Weights["fc1.weight"].ToArray());
    }

    [Fact]
    public void Figures_count_survivors_pixels_and_values()
    {
        var analysed = AnalysedRun.Open(_bench.Prepare().Execute().Folder);
        var training = analysed.Tickets.Single(ticket => ticket is { Trial: 1, Level: 1 });
        var ticket = InspectedTicket.Open(analysed, training.Stage.Value);
        var first = ticket.Layers[0].Mask;
        TicketAnatomy.Densities(ticket).Sum(layer => layer.Survivors).ShouldBe((int)training.WeightsRemaining);
        TicketAnatomy.Pixels(ticket).Sum(pixel => pixel.Connections).ShouldBe(first.Survivors);
        foreach (var group in TicketAnatomy.InitialValues(ticket).GroupBy(bin => (bin.Layer, bin.Surviving)))
            group.Sum(bin => bin.Share).ShouldBe(1, 1e-9);
        TicketFigures.Draw(ticket).Select(figure => figure.Name)
            .ShouldBe(["layer-densities", "pixels", "initial-values-fc1", "initial-values-fc2"]);
        var dense = InspectedTicket.Open(analysed, analysed.Tickets.First().Stage.Value);
        TicketAnatomy.InitialValues(dense).ShouldAllBe(bin => !bin.Surviving);
    }

    [Fact]
    public void A_stage_of_another_run_is_refused()
    {
        var analysed = AnalysedRun.Open(_bench.Prepare().Execute().Folder);
        Should.Throw<InputException>(() => InspectedTicket.Open(analysed, new string('0', 40)))
            .Message.ShouldContain("no training that went through");
    }
}
