using Tombola.Experiments;
using Tombola.Nn;
using Tombola.Nn.Models;
using Tombola.Tickets;

namespace Tombola.Tests.Tickets;

/// <summary>Interrupts an experiment again and again, and holds its outcome against an uninterrupted one.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly TicketBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(SparseMode.Off, 1)]
    [InlineData(SparseMode.On, 1)]
    [InlineData(SparseMode.On, 2)]
    public void An_experiment_interrupted_at_every_evaluation_ends_with_the_same_bits(SparseMode sparse, int jobs) =>
        HoldAgainstWhole(
            _bench.Experiment with { RewindStep = 10, Controls = [new() { Name = "random-mask" }] }, sparse, jobs);

    [Theory]
    [InlineData(RetrainingMethod.LearningRateRewinding)]
    [InlineData(RetrainingMethod.FineTuning)]
    public void So_does_one_whose_networks_are_trained_on(RetrainingMethod method)
    {
        var retraining = new RetrainingOptions { Method = method, Steps = 40 };
        HoldAgainstWhole(_bench.Experiment with { Controls = [], Retraining = retraining }, SparseMode.On, 2);
    }

    [Fact]
    public void So_does_one_that_trains_batch_norm_alone()
    {
        var small = _bench.Experiment;
        HoldAgainstWhole(
            small with
            {
                Controls = [],
                Model = new ModelOptions { Name = "resnet-8", Width = 0.25, BatchNormScale = BatchNormScale.Uniform },
                Training = small.Training with { TrainOnly = TrainedPart.BatchNorm },
            },
            SparseMode.On, 2);
    }

    private void HoldAgainstWhole(TicketExperiment experiment, SparseMode sparse, int jobs)
    {
        var whole = TicketRun.Prepare(experiment, Settings("whole")).Execute();
        var run = TicketRun.Prepare(experiment, Settings("parts"));
        var interruptions = 0;
        for (var done = false; !done; interruptions += done ? 0 : 1)
            done = Attempt(run);
        interruptions.ShouldBeGreaterThan(4);
        run.Results.Select(WithoutTimes).ShouldBe(whole.Results.Select(WithoutTimes));
        string[] files = [.. Tensors("whole")];
        files.Length.ShouldBeGreaterThan(10);
        Tensors("parts").ShouldBe(files);
        foreach (var file in files)
        {
            File.ReadAllBytes(Path.Combine(_bench["parts"], file)).ShouldBe(
                File.ReadAllBytes(Path.Combine(_bench["whole"], file)), file);
        }

        Curves("parts").ShouldBe(Curves("whole"));
        Directory.GetFileSystemEntries(Path.Combine(_bench["parts"], "work")).ShouldBeEmpty();

        RunSettings Settings(string store) => _bench.Settings(store, jobs) with { Sparse = sparse };
    }

    private static bool Attempt(TicketRun run)
    {
        using var stop = new CancellationTokenSource();
        try
        {
            run.Execute(new Interrupter(stop), stop.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static object WithoutTimes(LevelResult row) => (
        row.Branch, row.Trial, row.Level, row.WeightsRemaining, row.WeightsTotal, row.Status, row.Stage,
        row.Training!.EarlyStop! with { Seconds = 0 }, row.Training.Final! with { Seconds = 0 },
        row.Training.EarlyStopTrainAccuracy, row.Training.FinalTrainAccuracy);

    private IEnumerable<string> Tensors(string store) =>
        Directory.EnumerateFiles(
            Path.Combine(_bench[store], "stages"), "*.safetensors", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_bench[store], file)).Order();

    private string[] Curves(string store) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(_bench[store], "stages"), "curves.csv", SearchOption.AllDirectories)
            .Order().SelectMany(File.ReadLines).Select(line => line[..line.LastIndexOf(',')]),
    ];

    /// <summary>Stops the run whenever a training got a whole evaluation further than where it began.</summary>
    private sealed class Interrupter(CancellationTokenSource stop) : IExecutionObserver
    {
        private readonly HashSet<StageId> _begun = [];

        public void Started(Stage stage)
        {
        }

        public void Progressed(Stage stage, StageProgress progress)
        {
            if (!_begun.Add(stage.Id))
                stop.Cancel();
        }

        public void Finished(Stage stage, StageOutcome outcome, Exception? failure)
        {
        }

        public void Noticed(string message) => throw new InvalidOperationException(message);
    }
}
