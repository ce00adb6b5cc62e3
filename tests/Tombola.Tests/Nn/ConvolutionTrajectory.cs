using System.Text.Json;
using Tombola.Nn.Initialisers;
using Tombola.Nn.Models;
using Tombola.Numerics.Threads;
using Tombola.Optim;
using Tombola.Tensors;
using Tombola.Tests.Optim;

namespace Tombola.Tests.Nn;

/// <summary>A training of PyTorch, as tests/fixtures/make_convolution_fixtures.py wrote it.</summary>
internal sealed record ConvolutionTrajectory(
    string Network,
    double Density,
    int[] Image,
    int Batch,
    int Batches,
    int Classes,
    OptimizerOptions Optimizer,
    float[] Losses,
    Dictionary<string, Dictionary<string, TensorSummary>> Snapshots)
{
    private static readonly JsonSerializerOptions Format =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static ConvolutionTrajectory Load(string name)
    {
        using var stream = typeof(ConvolutionTrajectory).Assembly.GetManifestResourceStream($"pytorch/{name}.json");
        stream.ShouldNotBeNull();
        return JsonSerializer.Deserialize<ConvolutionTrajectory>(stream, Format)!;
    }
}

/// <summary>Our side of it: the same network, weights, masks, batches and optimizer.</summary>
internal sealed class ConvolutionTraining : IDisposable
{
    private readonly ConvolutionTrajectory _trajectory;
    private readonly HashedTraining _training;
    private readonly Dictionary<string, float[]> _initial = [];

    public ConvolutionTraining(ConvolutionTrajectory trajectory, bool compressed, ThreadTeam team)
    {
        _trajectory = trajectory;
        Model = trajectory.Network == "vgg" ? Vgg(trajectory) : ResNet(trajectory);
        for (var i = 0; i < Model.Parameters.Count; i++)
            Initialise(Model.Parameters[i], (uint)i + 1);
        if (compressed)
            Model.Compress(_ => true);
        _training = new HashedTraining(
            Model, trajectory.Image, (trajectory.Batch, trajectory.Batches, trajectory.Classes),
            trajectory.Optimizer, team);
    }

    public Model Model { get; }

    public ReadOnlySpan<float> Initial(Parameter parameter) => _initial[parameter.Name];

    /// <inheritdoc cref="HashedTraining.Step"/>
    public float Step(int step) => _training.Step(step);

    public void Dispose() => _training.Dispose();

    private static Model ResNet(ConvolutionTrajectory trajectory)
    {
        const LayerKind kind = LayerKind.Convolution;
        var network = new ImageNetwork(new Shape(trajectory.Image), InitialiserRegistry.Parse("glorot-normal"));
        network.ConvolveNormalised("conv", 8, 3, 1, rectify: true, kind);
        network.Residual(
            body =>
            {
                body.ConvolveNormalised("block1.conv1", 8, 3, 1, rectify: true, kind);
                body.ConvolveNormalised("block1.conv2", 8, 3, 1, rectify: false, kind);
            },
            shortcut: null);
        network.Residual(
            body =>
            {
                body.ConvolveNormalised("block2.conv1", 16, 3, 2, rectify: true, kind);
                body.ConvolveNormalised("block2.conv2", 16, 3, 1, rectify: false, kind);
            },
            past => past.ConvolveNormalised("block2.shortcut", 16, 1, 2, rectify: false, LayerKind.Shortcut));
        network.AveragePool();
        network.FullyConnected([], trajectory.Classes);
        return network.ToModel("resnet");
    }

    private static Model Vgg(ConvolutionTrajectory trajectory)
    {
        const LayerKind kind = LayerKind.Convolution;
        var network = new ImageNetwork(new Shape(trajectory.Image), InitialiserRegistry.Parse("glorot-normal"));
        network.ConvolveNormalised("conv1-1", 8, 3, 1, rectify: true, kind);
        network.ConvolveNormalised("conv1-2", 8, 3, 1, rectify: true, kind);
        network.MaxPool();
        network.ConvolveNormalised("conv2-1", 16, 3, 1, rectify: true, kind);
        network.MaxPool();
        network.FullyConnected([], trajectory.Classes);
        return network.ToModel("vgg");
    }

    private void Initialise(Parameter parameter, uint stream)
    {
        var values = new float[parameter.Shape.Count];
        var around = parameter.Name.EndsWith("bn.weight", StringComparison.Ordinal)
            || parameter.Name.EndsWith("running-variance", StringComparison.Ordinal) ? 1 : 0;
        for (var i = 0; i < values.Length; i++)
            values[i] = around + (parameter.Trainable ? HashedNumbers.Symmetric(stream, i, -2) : 0);
        if (parameter.Shape.Rank == 4 && _trajectory.Density < 1)
        {
            parameter.SetMask(new Mask(
                parameter.Shape,
                [.. values.Select((_, i) => HashedNumbers.Hash(2000 + stream, i) % 100 < 100 * _trajectory.Density)]));
        }

        parameter.CopyFrom(values);
        parameter.CopyTo(values);
        _initial[parameter.Name] = values;
    }
}
