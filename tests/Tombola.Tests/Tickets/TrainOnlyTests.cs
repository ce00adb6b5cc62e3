using Tombola.Nn;
using Tombola.Nn.Models;
using Tombola.Tickets;

namespace Tombola.Tests.Tickets;

public sealed class TrainOnlyTests : IDisposable
{
    private readonly TicketBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void All_but_batch_norm_stays_as_it_was_drawn()
    {
        var run = _bench.Prepare(With("resnet-8", TrainedPart.BatchNorm)).Execute();
        foreach (var level in new[] { 0, 1 })
        {
            var (start, end) = (run.TicketAt(1, level), run.TrainedAt(1, level));
            foreach (var name in start.Weights.Names)
            {
                var expected = start.Weights[name].ToArray();
                if (start.Masks.TryGetValue(name, out var mask))
                    expected = [.. expected.Select((weight, i) => mask.Survives[i] ? weight : 0)];
                var stays = end.Weights[name].ToArray().SequenceEqual(expected);
                stays.ShouldBe(!name.Contains(".bn.", StringComparison.Ordinal), name);
            }
        }
    }

    [Fact]
    public void The_output_layer_alone_is_its_weights_and_biases()
    {
        var run = _bench.Prepare(With("resnet-8", TrainedPart.Output) with { Levels = 0 }).Execute();
        var (start, end) = (run.TicketAt(1, 0).Weights, run.TrainedAt(1, 0).Weights);
        start.Names.Where(name => !end[name].Span.SequenceEqual(start[name].Span))
            .Where(name => !name.Contains("running", StringComparison.Ordinal))
            .ShouldBe(["fc1.bias", "fc1.weight"]);
    }

    [Fact]
    public void Scales_are_drawn_from_0_to_1_where_wanted_and_hashes_of_others_stay()
    {
        var uniform = With("resnet-8", TrainedPart.BatchNorm);
        var start = _bench.Prepare(uniform with { Levels = 0 }).Execute().TicketAt(1, 0);
        var scales = start.Weights["conv.bn.weight"].ToArray();
        scales.ShouldAllBe(scale => scale >= 0 && scale < 1);
        scales.Distinct().Count().ShouldBe(scales.Length);
        var recipe = _bench.Prepare(_bench.Experiment).Nodes[0].Train.Recipe;
        recipe.ShouldNotContain("train_only");
        recipe.ShouldNotContain("batch_norm_scale");
    }

    [Fact]
    public void A_network_without_batch_norm_is_refused() =>
        Should.Throw<InputException>(() => _bench.Prepare(With("conv-2", TrainedPart.BatchNorm))).Message
            .ShouldBe("training.train-only: conv-2 has no batch norm; residual networks and VGG have.");

    private TicketExperiment With(string model, TrainedPart part) => _bench.Experiment with
    {
        Trials = 1,
        Levels = 1,
        Controls = [],
        Model = new ModelOptions { Name = model, Width = 0.25, BatchNormScale = BatchNormScale.Uniform },
        Training = _bench.Experiment.Training with { Steps = 10, EvaluateEvery = 10, TrainOnly = part },
    };
}
