using Tombola.Analysis;
using Tombola.Tests.Tickets;
using Tombola.Tickets;

namespace Tombola.Tests.Analysis;

public sealed class EnsembleTests
{
    [Fact]
    public void Neighbours_in_a_ring_count_every_trial_as_often()
    {
        Ensemble.Groups(2, 3).ShouldBe([[0, 1], [1, 2], [2, 0]]);
        Ensemble.Groups(1, 2).ShouldBe([[0], [1]]);
        Ensemble.Groups(3, 3).ShouldBe([[0, 1, 2]]);
    }

    [Fact]
    public void One_ticket_is_as_accurate_as_its_training_said_and_costs_what_survives()
    {
        using var bench = new TicketBench();
        var computed = bench.Prepare().Execute();
        var run = AnalysedRun.Open(computed.Folder);
        var rows = new Ensemble().Run(new AnalysisInput(run), default).Single().RowsOf<EnsembleRow>();
        rows.Select(row => (row.Level, row.Tickets, row.Groups)).ShouldBe(
            [(0, 1, 2), (0, 2, 1), (1, 1, 2), (1, 2, 1), (2, 1, 2), (2, 2, 1)]);
        foreach (var row in rows.Where(row => row.Tickets == 1))
        {
            var accuracies = Spread.Of(computed.Results
                .Where(result => result.Branch == "winning-ticket" && result.Level == row.Level)
                .Select(result => result.Training!.Final!.TestAccuracy))!;
            new Spread(row.MeanProbability, row.MeanProbabilityMin, row.MeanProbabilityMax).ShouldBe(accuracies);
            new Spread(row.Majority, row.MajorityMin, row.MajorityMax).ShouldBe(accuracies);
        }

        rows.ShouldAllBe(row => row.Dense == rows[0].MeanProbability);
        var weights = computed.WeightsRemaining();
        rows.Select(row => row.MultiplyAdds).ShouldBe(
            [weights[0], 2 * weights[0], weights[1], 2 * weights[1], weights[2], 2 * weights[2]]);
        rows[3].RelativeCost.ShouldBe(2.0 * weights[1] / weights[0], 1e-12);
    }

    [Fact]
    public void Other_examples_than_those_of_the_training_are_refused()
    {
        using var bench = new TicketBench();
        var run = AnalysedRun.Open(bench.Prepare().Execute().Folder);
        var labels = Path.Combine(bench["data"], Tombola.Data.IdxFiles.TestLabelsName);
        var bytes = File.ReadAllBytes(labels);
        bytes[^1] ^= 1;
        File.WriteAllBytes(labels, bytes);
        Should.Throw<InputException>(() => new Ensemble().Run(new AnalysisInput(run), default)).Message
            .ShouldContain("was trained on other examples");
    }
}
