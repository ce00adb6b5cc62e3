using Tombola.Data;
using Tombola.Nn.Models;
using Tombola.Numerics.Threads;
using Tombola.Optim;
using Tombola.Tensors;
using Tombola.Training;

namespace Tombola.Tests.Training;

/// <summary>Interrupts trainings and goes on from what they left, down to the last bit.</summary>
public sealed class TrainingStateTests : IDisposable
{
    private static readonly TrainingOptions Options = new() { Steps = 60, Batch = 20, EvaluateEvery = 20 };

    private readonly TemporaryFolder _folder = new();
    private ModelOptions _model = new() { Name = "mlp", Hidden = [16] };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("adam", false)]
    [InlineData("adam", true)]
    [InlineData("adamw", true)]
    [InlineData("sgd", false)]
    [InlineData("rmsprop", true)]
    public void An_interrupted_training_ends_with_the_same_bits(string optimizer, bool compressed)
    {
        var options = Options with
        {
            Optimizer = new OptimizerOptions { Name = optimizer, LearningRate = 1e-2, Momentum = 0.5 },
            Schedule = new ScheduleOptions { Name = "cosine" },
        };
        var (whole, weights) = Train(options, compressed, threads: 1);
        foreach (var stops in new long[][] { [1], [19, 20, 21], [7, 33, 59] })
        {
            string? latest = null;
            foreach (var stop in stops)
                latest = TrainUntil(stop, options, compressed, latest);
            var (resumed, same) = Train(options, compressed, threads: 2, latest);
            resumed.Curve.Select(WithoutSeconds).ShouldBe(whole.Curve.Select(WithoutSeconds));
            WithoutSeconds(resumed.EarlyStop!).ShouldBe(WithoutSeconds(whole.EarlyStop!));
            (resumed.EarlyStopTrainAccuracy, resumed.FinalTrainAccuracy).ShouldBe(
                (whole.EarlyStopTrainAccuracy, whole.FinalTrainAccuracy));
            foreach (var name in weights.Names)
                Bits(same[name]).ShouldBe(Bits(weights[name]), name);
        }
    }

    [Theory]
    [InlineData("resnet-8", false)]
    [InlineData("resnet-8", true)]
    [InlineData("conv-2", false)]
    public void Running_statistics_and_dropout_go_on_where_they_were(string model, bool compressed)
    {
        _model = new ModelOptions { Name = model, Width = 0.25, Dropout = model == "conv-2" ? 0.3 : 0 };
        var options = Options with { Steps = 12, EvaluateEvery = 5 };
        var (whole, weights) = Train(options, compressed, threads: 1);
        var latest = TrainUntil(8, options, compressed, TrainUntil(3, options, compressed, latest: null));
        var (resumed, same) = Train(options, compressed, threads: 2, latest);
        resumed.Curve.Select(WithoutSeconds).ShouldBe(whole.Curve.Select(WithoutSeconds));
        foreach (var name in weights.Names)
            Bits(same[name]).ShouldBe(Bits(weights[name]), name);
    }

    [Fact]
    public void Checkpoints_are_written_when_due_and_their_time_is_counted()
    {
        var saved = new List<long>();
        var due = 0;
        var checkpoints = new TrainingCheckpoints(null, () => ++due % 25 == 0, (step, write) =>
        {
            saved.Add(step);
            write(_folder.Path);
        });
        var (result, _) = Train(Options, compressed: false, threads: 1, checkpoints);
        saved.ShouldBe([25, 50]);
        result.CheckpointSeconds.ShouldBeInRange(double.Epsilon, result.Seconds);
    }

    [Fact]
    public void The_time_of_earlier_attempts_counts()
    {
        var latest = TrainUntil(30, Options, compressed: false, latest: null);
        var state = Path.Combine(latest, "state.json");
        File.WriteAllText(state, System.Text.RegularExpressions.Regex.Replace(
            File.ReadAllText(state), "\"seconds\": [^,]*", "\"seconds\": 1000"));
        var (result, _) = Train(Options, compressed: false, threads: 1, latest);
        result.Seconds.ShouldBeInRange(1000, 1100);
        result.Curve[^1].Seconds.ShouldBeInRange(1000, 1100);
        result.Curve[1].Seconds.ShouldBeLessThan(1000);
    }

    [Theory]
    [InlineData("state.json", "\"version\": 2", "\"version\": 9")]
    [InlineData("state.json", "{", "[")]
    [InlineData("state.json", "\"best\": ", "\"best\": 99")]
    [InlineData("curves.csv", "val_loss", "value_loss")]
    [InlineData("optimizer.safetensors", "adam.m/fc1.weight", "adam.m/fc9.weight")]
    [InlineData("model.safetensors", "fc1.weight", "fc9.weight")]
    public void A_state_that_does_not_fit_is_left_alone_and_the_training_starts_afresh(
        string file, string old, string changed)
    {
        var (whole, weights) = Train(Options, compressed: false, threads: 1);
        var latest = TrainUntil(30, Options, compressed: false, latest: null);
        var path = Path.Combine(latest, file);
        var text = File.ReadAllText(path, System.Text.Encoding.Latin1);
        text.ShouldContain(old);
        File.WriteAllText(
            path, text.Replace(old, changed, StringComparison.Ordinal), System.Text.Encoding.Latin1);
        var (again, same) = Train(Options, compressed: false, threads: 1, latest);
        again.Curve.Select(WithoutSeconds).ShouldBe(whole.Curve.Select(WithoutSeconds));
        Bits(same["fc1.weight"]).ShouldBe(Bits(weights["fc1.weight"]));
    }

    /// <summary>Trains on from a checkpoint, or from the start, and stops at a step.</summary>
    /// <returns>The folder of the state that was left.</returns>
    private string TrainUntil(long stop, TrainingOptions options, bool compressed, string? latest)
    {
        var folder = Directory.CreateDirectory(_folder[$"{Path.GetRandomFileName()}"]).FullName;
        using var cancel = new CancellationTokenSource();
        var saved = -1L;
        var checkpoints = new TrainingCheckpoints(latest, () => false, (step, write) =>
        {
            saved = step;
            write(folder);
        });
        using var model = Create(compressed, out var read);
        using var team = new ThreadTeam(1);
        using var trainer = new Trainer(model, Quarters.Split(), Normalisation.Unit, options, new Seed(2), team, read)
        {
            Checkpoints = checkpoints,
            StepDone = step =>
            {
                if (step == stop)
                    cancel.Cancel();
            },
        };
        Should.Throw<OperationCanceledException>(() => trainer.Run(cancellation: cancel.Token));
        saved.ShouldBe(stop);
        return folder;
    }

    private (TrainingResult Result, Weights Weights) Train(
        TrainingOptions options, bool compressed, int threads, string? latest = null) =>
        Train(options, compressed, threads, new TrainingCheckpoints(latest, () => false, (_, _) => { }));

    private (TrainingResult Result, Weights Weights) Train(
        TrainingOptions options, bool compressed, int threads, TrainingCheckpoints checkpoints)
    {
        using var model = Create(compressed, out var read);
        using var team = new ThreadTeam(threads);
        using var trainer = new Trainer(model, Quarters.Split(), Normalisation.Unit, options, new Seed(2), team, read)
        {
            Checkpoints = checkpoints,
        };
        return (trainer.Run(), Weights.Capture(model));
    }

    private Model Create(bool compressed, out bool[]? read)
    {
        var model = ModelRegistry.Create(_model, Quarters.Shape, 4);
        model.Initialise(new Seed(1));
        var shape = model.Layers[0].Weight.Shape;
        model.Layers[0].Weight.SetMask(new Mask(shape, [.. Enumerable.Range(0, shape.Count).Select(i => i % 3 == 0)]));
        read = compressed ? model.Compress(_ => true) : null;
        return model;
    }

    private static CurvePoint WithoutSeconds(CurvePoint point) => point with { Seconds = 0 };

    private static int[] Bits(ReadOnlyMemory<float> values) =>
        [.. values.ToArray().Select(BitConverter.SingleToInt32Bits)];
}
