using Tombola.Data;
using Tombola.Nn.Models;
using Tombola.Numerics.Threads;
using Tombola.Optim;
using Tombola.Tensors;
using Tombola.Training;

namespace Tombola.Tests.Training;

public sealed class TrainerTests
{
    private static readonly ModelOptions Small = new() { Name = "mlp", Hidden = [16] };

    private static readonly TrainingOptions Options = new()
    {
        Steps = 60, Batch = 20, EvaluateEvery = 20, Optimizer = new OptimizerOptions { LearningRate = 1e-2 },
    };

    [Fact]
    public void Learns_and_reads_the_early_stop_off_the_curve()
    {
        var (result, _) = Train(Options);
        result.Status.ShouldBe("completed");
        result.Curve.Select(point => point.Step).ShouldBe([0, 20, 40, 60]);
        result.Final!.TestAccuracy.ShouldBeGreaterThan(0.9);
        var least = result.Curve.Min(point => point.ValidationLoss);
        result.EarlyStop.ShouldBe(result.Curve.First(point => point.ValidationLoss == least));
        result.FinalTrainAccuracy!.Value.ShouldBeGreaterThan(0.9);
        double.IsNaN(result.Curve[0].TrainLoss).ShouldBeTrue();
    }

    [Fact]
    public void Gives_the_same_bits_on_any_number_of_threads()
    {
        var (one, weights) = Train(Options);
        foreach (var threads in new[] { 2, 3 })
        {
            var (many, same) = Train(Options, threads);
            many.Curve.Select(point => point.ValidationLoss).ShouldBe(one.Curve.Select(point => point.ValidationLoss));
            same["fc1.weight"].ToArray().ShouldBe(weights["fc1.weight"].ToArray());
        }
    }

    [Fact]
    public void Goes_on_from_a_step_as_if_it_had_come_there()
    {
        var plain = Options with { Optimizer = new OptimizerOptions { Name = "sgd", LearningRate = 0.1 } };
        Weights? middle = null;
        var (_, whole) = Train(plain, prepare: (model, trainer) => trainer.StepDone = step =>
            middle = step == 25 ? Weights.Capture(model) : middle);
        var (_, tail) = Train(plain, prepare: (model, _) => middle!.Restore(model), firstStep: 25);
        tail["fc2.weight"].ToArray().ShouldBe(whole["fc2.weight"].ToArray());
    }

    [Fact]
    public void Ends_where_the_loss_is_not_finite()
    {
        var wild = Options with { Optimizer = new OptimizerOptions { Name = "sgd", LearningRate = 1e30 } };
        var (result, _) = Train(wild);
        result.Status.ShouldStartWith("diverged at step ");
        result.Final.ShouldBeNull();
        result.DivergedAt!.Value.ShouldBeLessThan(60);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pruned_weights_stay_zero(bool compressed)
    {
        var shape = new Shape(16, 64);
        var mask = new Mask(shape, [.. Enumerable.Range(0, shape.Count).Select(i => i % 3 == 0)]);
        var (_, weights) = Train(Options, mask: mask, compressed: compressed);
        var values = weights["fc1.weight"].ToArray();
        values.Where((_, i) => i % 3 != 0).ShouldAllBe(value => value == 0);
        values.Where((_, i) => i % 3 == 0).Count(value => value != 0).ShouldBeGreaterThan(300);
    }

    [Fact]
    public void A_steady_step_allocates_next_to_nothing()
    {
        using var model = Create();
        using var team = new ThreadTeam(1);
        using var trainer = new Trainer(model, Examples(), Normalisation.Unit, Options, new Seed(2), team);
        for (var step = 0; step < 50; step++)
            trainer.Step(step, 1e-3);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 50; step < 150; step++)
            trainer.Step(step, 1e-3);
        var bytesPerStep = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        bytesPerStep.ShouldBeLessThan(1024);
    }

    [Fact]
    public void Weights_of_another_model_are_refused()
    {
        using var model = Create();
        using var other = ModelRegistry.Create(Small with { Hidden = [17] }, new Shape(8, 8), 4);
        Should.Throw<InputException>(() => Weights.Capture(model).Restore(other)).Message.ShouldContain("fc1.weight");
    }

    private static (TrainingResult Result, Weights Weights) Train(
        TrainingOptions options, int threads = 1, Action<Model, Trainer>? prepare = null, long firstStep = 0,
        Mask? mask = null, bool compressed = false)
    {
        using var model = Create();
        model.Layers[0].Weight.SetMask(mask);
        var read = compressed ? model.Compress(_ => true) : null;
        using var team = new ThreadTeam(threads);
        using var trainer = new Trainer(model, Examples(), Normalisation.Unit, options, new Seed(2), team, read);
        prepare?.Invoke(model, trainer);
        return (trainer.Run(firstStep), Weights.Capture(model));
    }

    private static Model Create()
    {
        var model = ModelRegistry.Create(Small, new Shape(8, 8), 4);
        model.Initialise(new Seed(1));
        return model;
    }

    /// <summary>Four classes: which quarter of the picture is bright.</summary>
    private static DataSplit Examples()
    {
        const int count = 400;
        var (pixels, labels) = (new byte[count * 64], new byte[count]);
        for (var i = 0; i < count; i++)
        {
            labels[i] = (byte)(i % 4);
            for (var pixel = 0; pixel < 64; pixel++)
                pixels[(i * 64) + pixel] = (byte)((pixel / 16 == i % 4 ? 120 : 0) + ((pixel * 31 * (i + 7)) % 97));
        }

        var all = new ImageSet("quarters", new Shape(8, 8), 4, pixels, labels);
        return new DataSet("quarters", all, all).Split(100, new Seed(3));
    }
}
