using Tombola.Nn.Models;
using Tombola.Numerics.Random;
using Tombola.Numerics.Threads;
using Tombola.Tensors;

namespace Tombola.Tests.Nn.Models;

public class ModelRegistryTests
{
    private static readonly Shape Image = new(28, 28);

    public static TheoryData<string, ModelOptions> Invalid => new()
    {
        { "Did you mean 'lenet-300-100'?", new ModelOptions { Name = "lenet-300-10" } },
        { "model.hidden: mlp needs", new ModelOptions { Name = "mlp" } },
        { "model.hidden: expected sizes", new ModelOptions { Name = "mlp", Hidden = [0] } },
        { "model.hidden: lenet-300-100 has fixed layers", new ModelOptions { Hidden = [5] } },
        { "Did you mean 'glorot-normal'?", new ModelOptions { Initialiser = "glorot-normaal" } },
    };

    [Fact]
    public void Lenet_300_100_has_the_layers_of_the_paper()
    {
        using var model = ModelRegistry.Create(new ModelOptions(), Image, 10);
        model.Name.ShouldBe("lenet-300-100");
        model.Parameters.Select(parameter => (parameter.Name, parameter.Shape)).ShouldBe([
            ("fc1.weight", new Shape(300, 784)), ("fc1.bias", new Shape(300)),
            ("fc2.weight", new Shape(100, 300)), ("fc2.bias", new Shape(100)),
            ("fc3.weight", new Shape(10, 100)), ("fc3.bias", new Shape(10)),
        ]);
        model.Layers.Select(layer => (layer.Weight.Name, layer.Kind)).ShouldBe([
            ("fc1.weight", LayerKind.FullyConnected), ("fc2.weight", LayerKind.FullyConnected),
            ("fc3.weight", LayerKind.Output),
        ]);
        model.Layers.Sum(layer => layer.Weight.Shape.Count).ShouldBe(266_200);
        model.Parameters.Sum(parameter => parameter.Shape.Count).ShouldBe(266_610);
    }

    [Fact]
    public void Every_prunable_parameter_is_a_layer()
    {
        using var model = ModelRegistry.Create(new ModelOptions { Name = "mlp", Hidden = [7, 5, 3] }, new Shape(9), 2);
        model.Layers.Select(layer => layer.Weight)
            .ShouldBe(model.Parameters.Where(parameter => parameter.Prunable));
        model.Layers.Select(layer => layer.Weight.Shape)
            .ShouldBe([new Shape(7, 9), new Shape(5, 7), new Shape(3, 5), new Shape(2, 3)]);
    }

    [Fact]
    public void Initial_weights_are_a_function_of_the_seed_and_differ_between_layers()
    {
        using Model one = Initialised(1), same = Initialised(1), other = Initialised(2);
        Values(same).ShouldBe(Values(one));
        Values(other)[0].ShouldNotBe(Values(one)[0]);
        one.Parameters[2].Values.Span[0].ShouldNotBe(one.Parameters[0].Values.Span[0]);
    }

    [Fact]
    public void A_batch_of_images_becomes_logits()
    {
        using var team = new ThreadTeam(1);
        using var tape = new Tape(team);
        using var model = Initialised(1);
        using var x = new Tensor(new Shape(784, 5));
        tape.Begin(training: false);
        model.Forward(tape, x).Shape.ShouldBe(new Shape(10, 5));
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Bad_options_are_refused_with_what_to_do(string expected, ModelOptions options) =>
        Should.Throw<InputException>(() => ModelRegistry.Create(options, Image, 10)).Message.ShouldContain(expected);

    [Fact]
    public void Every_model_is_described() =>
        ModelRegistry.All.ShouldAllBe(entry => entry.Name.Length > 0 && entry.Description.Length > 20);

    /// <summary>Frankle and Carbin 2019, figure 2 and appendix I; without shortcuts.</summary>
    [Theory]
    [InlineData("conv-2", 4_300_992, 38_592)]
    [InlineData("conv-4", 2_425_024, 259_776)]
    [InlineData("conv-6", 2_261_184, 1_144_512)]
    [InlineData("resnet-20", 268_336, 267_696)]
    [InlineData("vgg-19", 20_024_000, 20_018_880)]
    public void Image_networks_have_the_papers_weights(string name, int expected, int convolutions)
    {
        using var model = ModelRegistry.Create(new ModelOptions { Name = name }, new Shape(3, 32, 32), 10);
        int Count(params LayerKind[] kinds) =>
            model.Layers.Where(layer => kinds.Contains(layer.Kind)).Sum(layer => layer.Weight.Shape.Count);
        Count(LayerKind.Convolution).ShouldBe(convolutions);
        Count(LayerKind.Convolution, LayerKind.FullyConnected, LayerKind.Output).ShouldBe(expected);
    }

    /// <summary>Papers: Frankle et al. 2020 (BatchNorm only), where shortcuts have batch norm too.</summary>
    [Theory]
    [InlineData("resnet-14", 1_120)]
    [InlineData("resnet-32", 2_464)]
    [InlineData("resnet-56", 4_256)]
    [InlineData("resnet-110", 8_288)]
    public void Residual_networks_have_the_papers_batch_norm_parameters(string name, int expected)
    {
        using var model = ModelRegistry.Create(new ModelOptions { Name = name }, new Shape(3, 32, 32), 10);
        model.Parameters.Where(p => p.Trainable && p.Name.Contains(".bn.", StringComparison.Ordinal))
            .Sum(parameter => parameter.Shape.Count).ShouldBe(expected);
    }

    [Theory]
    [InlineData("conv-2", 1)]
    [InlineData("conv-4", 0.3)]
    [InlineData("resnet-8", 1)]
    [InlineData("resnet-8", 0.2)]
    [InlineData("vgg-11", 0.2)]
    public void An_example_alone_gives_what_a_batch_gives(string name, double density)
    {
        var image = new Shape(3, 16, 16);
        using var model = ModelRegistry.Create(new ModelOptions { Name = name, Width = 0.1 }, image, 10);
        foreach (var layer in model.Layers.Where(_ => density < 1))
        {
            var scores = new float[layer.Weight.Shape.Count];
            new RandomStream(new Seed(3), layer.Weight.Name).FillUniform(scores, 0, 1);
            layer.Weight.SetMask(new Mask(layer.Weight.Shape, [.. scores.Select(score => score < density)]));
        }

        model.Initialise(new Seed(1));
        model.Compress(_ => true);
        using var team = new ThreadTeam(1);
        using var tape = new Tape(team);
        using var x = new Tensor(new Shape(3, 16, 16, 5));
        for (var row = 0; row < x.Rows; row++)
            new RandomStream(new Seed(2), "x", row).FillNormal(x.Row(row), 1);
        tape.Begin(training: false);
        var batch = model.Forward(tape, x);
        var (one, y) = (new float[x.Rows], new float[10]);
        for (var row = 0; row < x.Rows; row++)
            one[row] = x.Row(row)[3];
        model.ForwardOne(one, y);
        for (var i = 0; i < y.Length; i++)
            y[i].ShouldBe(batch.Row(i)[3], 1e-4f);
    }

    private static Model Initialised(ulong seed)
    {
        var model = ModelRegistry.Create(new ModelOptions(), Image, 10);
        model.Initialise(new Seed(seed));
        return model;
    }

    private static float[] Values(Model model) =>
        [.. model.Parameters.SelectMany(parameter => parameter.Values.Span.ToArray())];
}
