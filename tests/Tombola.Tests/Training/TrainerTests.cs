using Tombola.Data;
using Tombola.Data.Augmentations;
using Tombola.Nn;
using Tombola.Nn.Initialisers;
using Tombola.Nn.Models;
using Tombola.Numerics.Threads;
using Tombola.Optim;
using Tombola.Tensors;
using Tombola.Tests.Data;
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
        using var trainer = new Trainer(model, Quarters.Split(), Normalisation.Unit, Options, new Seed(2), team);
        for (var step = 0; step < 50; step++)
            trainer.Step(step, 1e-3);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 50; step < 150; step++)
            trainer.Step(step, 1e-3);
        var bytesPerStep = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        bytesPerStep.ShouldBeLessThan(1024);
    }

    [Fact]
    public void A_training_that_only_gets_worse_stopped_early_at_its_start()
    {
        var worse = Options with { Optimizer = new OptimizerOptions { Name = "sgd", LearningRate = 1e4 } };
        var (result, _) = Train(worse);
        result.Status.ShouldBe("completed");
        result.EarlyStop.ShouldBe(result.Curve[0]);
        result.EarlyStopTrainAccuracy!.Value.ShouldBeInRange(0, 1);
    }

    [Fact]
    public void Of_equal_validation_losses_the_first_is_the_early_stop()
    {
        // So small a rate changes no weight, hence no loss.
        var still = Options with { Optimizer = new OptimizerOptions { Name = "sgd", LearningRate = 1e-30 } };
        var (result, _) = Train(still);
        result.Curve.Select(point => point.ValidationLoss).Distinct().ShouldHaveSingleItem();
        result.EarlyStop!.Step.ShouldBe(0);
        result.EarlyStopTrainAccuracy.ShouldBe(result.FinalTrainAccuracy);
    }

    [Fact]
    public void The_early_stop_accuracy_is_that_of_its_weights_and_leaves_the_final_ones_in_place()
    {
        Weights? best = null;
        var peaked = Options with
        {
            Optimizer = new OptimizerOptions { Name = "sgd", LearningRate = 0.1 },
            Schedule = new ScheduleOptions { Name = "step", Milestones = [20], Factor = 1e5 },
        };
        var (result, final) = Train(peaked, prepare: (model, trainer) => trainer.StepDone = step =>
            best = step == 20 ? Weights.Capture(model) : best);
        result.EarlyStop!.Step.ShouldBe(20);
        using var model = Create();
        using var team = new ThreadTeam(1);
        using var evaluator = new Evaluator(model, Normalisation.Unit, team);
        best!.Restore(model);
        evaluator.Run(Quarters.Split().Train).Accuracy.ShouldBe(result.EarlyStopTrainAccuracy!.Value);
        final.Restore(model);
        evaluator.Run(Quarters.Split().Validation).Loss.ShouldBe(result.Final!.ValidationLoss);
    }

    [Fact]
    public void Evaluates_at_the_start_every_so_often_and_at_the_end()
    {
        var odd = Options with { Steps = 50, EvaluateEvery = 20 };
        var reported = new List<CurvePoint>();
        using var model = Create();
        using var team = new ThreadTeam(1);
        using var trainer = new Trainer(model, Quarters.Split(), Normalisation.Unit, odd, new Seed(2), team);
        var result = trainer.Run(report: reported.Add);
        reported.Select(point => point.Step).ShouldBe([0, 20, 40, 50]);
        result.Curve.ShouldBe(reported);
    }

    [Fact]
    public void Stops_when_told_to()
    {
        using var model = Create();
        using var team = new ThreadTeam(1);
        using var trainer = new Trainer(model, Quarters.Split(), Normalisation.Unit, Options, new Seed(2), team);
        using var stop = new CancellationTokenSource();
        var last = 0L;
        trainer.StepDone = step =>
        {
            last = step;
            if (step == 7)
                stop.Cancel();
        };
        Should.Throw<OperationCanceledException>(() => trainer.Run(cancellation: stop.Token));
        last.ShouldBe(7);
    }

    [Fact]
    public void A_network_sees_batches_in_the_shape_of_the_examples()
    {
        var images = Images.Random(90, new Shape(3, 4, 5), classes: 2);
        var data = new DataSet("colour", images, images).Split(20, new Seed(1));
        var body = new ShapeRecorder(new Linear("fc", 60, 2, InitialiserRegistry.Parse("glorot-normal")));
        using var model = new Model("recorder", body, []);
        model.Initialise(new Seed(1));
        using var team = new ThreadTeam(1);
        using var trainer = new Trainer(
            model, data, Normalisation.Of(images), Options with { Batch = 10, Steps = 2 }, new Seed(2), team);
        trainer.Run().Status.ShouldBe("completed");
        body.Seen.Distinct().ShouldBe([new Shape(3, 4, 5, 64), new Shape(3, 4, 5, 10)]);
    }

    [Fact]
    public void Only_training_batches_are_augmented_alike_on_any_number_of_threads()
    {
        var (plain, _) = Train(Options);
        var (one, weights) = Train(Options, augmentation: new FlipCrop());
        var (two, others) = Train(Options, threads: 2, augmentation: new FlipCrop());
        (one.Curve[0].TestLoss, one.Curve[0].ValidationLoss)
            .ShouldBe((plain.Curve[0].TestLoss, plain.Curve[0].ValidationLoss));
        one.Curve[1].TrainLoss.ShouldNotBe(plain.Curve[1].TrainLoss);
        two.Curve.Select(point => point.TrainLoss).ShouldBe(one.Curve.Select(point => point.TrainLoss));
        others["fc1.weight"].ToArray().ShouldBe(weights["fc1.weight"].ToArray());
    }

    [Fact]
    public void A_training_that_starts_late_sees_the_same_augmented_batches()
    {
        using var model = Create();
        using var team = new ThreadTeam(1);
        using var trainer = Augmented();
        using var late = Augmented();
        for (var step = 0; step < 40; step++)
            trainer.Step(step, learningRate: 0);
        // 300 examples in batches of 20: step 40 is in the third epoch. At rate 0 the network stays as it is.
        late.Step(40, learningRate: 0).ShouldBe(trainer.Step(40, learningRate: 0));
        late.Step(41, learningRate: 0).ShouldNotBe(late.Step(41 - 15, learningRate: 0));

        Trainer Augmented() => new(
            model, Quarters.Split(), Normalisation.Unit, Options, new Seed(2), team, augmentation: new FlipCrop());
    }

    [Fact]
    public void Refuses_a_batch_larger_than_the_training_set()
    {
        using var model = Create();
        using var team = new ThreadTeam(1);
        Should.Throw<InputException>(() => new Trainer(
            model, Quarters.Split(), Normalisation.Unit, Options with { Batch = 301 }, new Seed(2), team));
    }

    private static (TrainingResult Result, Weights Weights) Train(
        TrainingOptions options, int threads = 1, Action<Model, Trainer>? prepare = null, long firstStep = 0,
        Mask? mask = null, bool compressed = false, IAugmentation? augmentation = null)
    {
        using var model = Create();
        model.Layers[0].Weight.SetMask(mask);
        var read = compressed ? model.Compress(_ => true) : null;
        using var team = new ThreadTeam(threads);
        using var trainer = new Trainer(
            model, Quarters.Split(), Normalisation.Unit, options, new Seed(2), team, read, augmentation);
        prepare?.Invoke(model, trainer);
        return (trainer.Run(firstStep), Weights.Capture(model));
    }

    private static Model Create()
    {
        var model = ModelRegistry.Create(Small, Quarters.Shape, 4);
        model.Initialise(new Seed(1));
        return model;
    }
}
