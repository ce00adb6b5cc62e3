using Tombola.Tickets;
using Tombola.Training;

namespace Tombola.Tests.Tickets;

/// <summary>Holds whole trainings of compressed weights against those of masked dense ones.</summary>
public sealed class SparseTrainingTests
{
    [Fact]
    public void A_compressed_ticket_becomes_as_accurate_as_a_masked_one_within_the_spread_of_trials()
    {
        using var folder = new TemporaryFolder();
        var experiment = new TicketExperiment
        {
            Name = "compressed",
            Trials = 3,
            Levels = 1,
            Data = new DataOptions { Name = "digits", Validation = 5000 },
            Training = new TrainingOptions { Steps = 2000, EvaluateEvery = 1000 },
            Pruning = new PruningOptions { FullyConnectedRate = 0.9, OutputRate = 0.5 },
        };
        var settings = new RunSettings { Output = folder["runs"], Jobs = 2 };

        double[] masked = Accuracies(experiment, settings with { Sparse = SparseMode.Off });
        double[] compressed = Accuracies(experiment, settings with { Sparse = SparseMode.On });

        compressed.ShouldNotBe(masked, "the last bits differ, or nothing was compressed");
        var spread = masked.Max() - masked.Min();
        (compressed.Average() - masked.Average()).ShouldBe(0, spread);
        compressed.Min().ShouldBeGreaterThan(masked.Min() - spread);
    }

    private static double[] Accuracies(TicketExperiment experiment, RunSettings settings) =>
    [
        .. TicketRun.Prepare(experiment, settings).Execute().Results
            .Where(row => row.Level == 1).Select(row => row.Training!.Final!.TestAccuracy),
    ];
}
