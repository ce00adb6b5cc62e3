using Tombola.Data;
using Tombola.Formats;
using Tombola.Nn.Models;
using Tombola.Numerics.Random;
using Tombola.Numerics.Threads;
using Tombola.Optim;
using Tombola.Pruning;
using Tombola.Tensors;
using Tombola.Tests.Training;
using Tombola.Tickets;
using Tombola.Training;

namespace Tombola.Tests;

/// <summary>
/// The guided tour: read from top to bottom, each test shows one idea and builds on those before. If one of these
/// fails, look here first; all of them together take a few seconds.
/// </summary>
public sealed class TinyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void T1_random_numbers_have_addresses_instead_of_a_state()
    {
        var stream = new RandomStream(new Seed(1), "init/fc1.weight");
        float[] some = new float[8], again = new float[8], other = new float[8];
        stream.FillNormal(some, deviation: 1);
        stream.FillNormal(again, deviation: 1);
        new RandomStream(new Seed(1), "init/fc2.weight").FillNormal(other, deviation: 1);
        again.ShouldBe(some, "the same address holds the same numbers, however often one looks");
        other.ShouldNotBe(some, "another purpose is another address");
    }

    [Fact]
    public void T2_a_tape_computes_gradients()
    {
        using var team = new ThreadTeam(1);
        using var tape = new Tape(team);
        // Features first, batch last: two features of three examples, in lanes padded with zeros to sixteen.
        using Tensor x = new(new Shape(2, 3)), target = new(new Shape(1, 3));
        using var weight = new Parameter("w", new Shape(1, 2), prunable: true);
        (x.Lanes, x.Batch).ShouldBe((16, 3));
        new float[] { 1, 2, 3 }.CopyTo(x.Buffer.Span);
        new float[] { 0, 1, 0 }.CopyTo(x.Buffer.Span[x.Lanes..]);
        weight.CopyFrom([1f, -1f]);
        tape.Begin(training: true);
        var loss = tape.MeanSquaredError(tape.Linear(x, weight), target);
        tape.Backward(loss);
        loss.Scalar.ShouldBe((1 + 1 + 9) / 3f, 1e-6f, "the outputs are 1, 2 − 1 and 3");
        weight.Gradient.Span[0].ShouldBe(2 * ((1 * 1) + (1 * 2) + (3 * 3)) / 3f, 1e-5f);
        weight.Gradient.Span[1].ShouldBe(2 * 1 / 3f, 1e-5f);
    }

    [Fact]
    public void T3_a_network_learns()
    {
        using var model = CreateModel();
        var result = Train(model);
        result.Curve[0].TestAccuracy.ShouldBeLessThan(0.6);
        result.Final!.TestAccuracy.ShouldBeGreaterThan(0.9);
        result.EarlyStop!.ValidationLoss.ShouldBe(result.Curve.Min(point => point.ValidationLoss));
    }

    [Fact]
    public void T4_pruning_removes_the_smallest_weights_and_exactly_as_many_as_asked()
    {
        float[] weights = [0.5f, -0.1f, 0.3f, 0.1f, -0.9f];
        var whole = new LayerWeights("w", Mask.Full(new Shape(5)), weights, weights, Rate: 0.5);
        var mask = new Pruner(new MagnitudeCriterion(), PruningScope.LayerWise).Prune([whole], 1, new Seed(1))[0];
        mask.Survives.ToArray().ShouldBe([true, false, false, false, true], "2.5 of 5 rounds to 3");
        mask.Density.ShouldBe(0.4);
    }

    [Fact]
    public void T5_a_ticket_is_weights_and_a_mask_and_what_is_pruned_stays_zero()
    {
        using var model = CreateModel();
        var weight = model.Layers[0].Weight;
        var mask = new Mask(weight.Shape, [.. Enumerable.Range(0, weight.Shape.Count).Select(i => i % 4 == 0)]);
        var ticket = new Ticket(Weights.Capture(model), new Dictionary<string, Mask> { [weight.Name] = mask });
        ticket.ApplyTo(model);
        model.Compress(parameter => parameter.Mask!.Density < 0.5);
        weight.Values.Length.ShouldBe(mask.Survivors, "compressed, only survivors are stored and computed with");
        Train(model).Final!.TestAccuracy.ShouldBeGreaterThan(0.9);
        Weights.Capture(model)[weight.Name].ToArray().Where((_, i) => i % 4 != 0).ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void T6_an_experiment_is_a_description_and_its_name_is_a_hash_of_it()
    {
        var experiment = ExperimentFile.Bind(ConfigReader.Parse("name: tour\nlevels: 2", "tour.yaml"));
        CanonicalJson.Write(experiment, new TicketExperiment { Name = "" })
            .ShouldBe("{\"levels\":2,\"name\":\"tour\"}");
        var mistyped = ConfigReader.Parse("name: tour\nlevel: 2", "tour.yaml");
        Should.Throw<InputException>(() => ExperimentFile.Bind(mistyped))
            .Message.ShouldContain("tour.yaml:2:1: unknown key 'level'. Did you mean 'levels'?");
    }

    [Fact]
    public void T7_a_run_finds_tickets_and_remembers_what_it_has_computed()
    {
        Quarters.Write(_folder["data"]);
        var experiment = new TicketExperiment
        {
            Name = "tour",
            Trials = 2,
            Levels = 3,
            Data = new DataOptions { Name = _folder["data"], Validation = 80 },
            Model = new ModelOptions { Name = "mlp", Hidden = [16] },
            Training = Training,
            Controls = [new ControlOptions { Name = "random-reinit" }],
        };
        var settings = new RunSettings { Output = _folder["runs"], Jobs = 2 };
        var run = TicketRun.Prepare(experiment, settings).Execute();
        run.WeightsRemaining().ShouldBe([1088, 877, 707, 571], "a fifth of 64 × 16 goes each round, a tenth of 16 × 4");
        run.Results.Count.ShouldBe(2 * (1 + 3 + 3), "per trial the dense network, three tickets, three controls");
        run.Summary.Levels.Single(level => level is { Branch: "winning-ticket", Level: 1 }).Verdict.ShouldNotBeNull();

        var again = TicketRun.Prepare(experiment, settings).Execute();
        again.Results.Select(row => row.Training!.Seconds).ShouldBe(run.Results.Select(row => row.Training!.Seconds));

        run.TrainedAt(1, 3).Save(_folder["ticket.safetensors"]);
        using var ticket = Ticket.Load(_folder["ticket.safetensors"]).Compile(run.CreateModel());
        var picture = Quarters.Create(4).Pixels.Slice(2 * 64, 64).ToArray();
        ticket.Classify([.. picture.Select(pixel => pixel / Normalisation.LargestPixel)]).ShouldBe(2);
    }

    private static TrainingOptions Training => new()
    {
        Steps = 60, Batch = 20, EvaluateEvery = 20, Optimizer = new OptimizerOptions { LearningRate = 1e-2 },
    };

    private static Model CreateModel()
    {
        var model = ModelRegistry.Create(new ModelOptions { Name = "mlp", Hidden = [16] }, Quarters.Shape, 4);
        model.Initialise(new Seed(1));
        return model;
    }

    private static TrainingResult Train(Model model)
    {
        using var team = new ThreadTeam(1);
        using var trainer = new Trainer(model, Quarters.Split(), Normalisation.Unit, Training, new Seed(2), team);
        return trainer.Run();
    }
}
