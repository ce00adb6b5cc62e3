using Tombola.Numerics.Random;
using Tombola.Numerics.Threads;
using Tombola.Tensors;

namespace Tombola.Tests.Tensors;

/// <summary>Forward and backward pass of a network like LeNet-300-100 on made-up images.</summary>
internal sealed class TrainingStep : IDisposable
{
    private static readonly RandomStream Drops = new(new Seed(6), "dropout");
    private readonly ThreadTeam _team;
    private readonly Tape _tape;
    private readonly Tensor _images;
    private readonly Tensor _targets;
    private readonly int[] _labels;

    /// <summary>Creates the network.</summary>
    /// <param name="widths">Features from the input to the output.</param>
    public TrainingStep(int batch, int threads, params int[] widths)
    {
        _team = new ThreadTeam(threads);
        _tape = new Tape(_team);
        _images = new Tensor(new Shape(widths[0], batch));
        for (var row = 1; row < widths[0]; row += 2)
            new RandomStream(new Seed(6), "images", row).FillUniform(_images.Row(row), 0, 1);
        _targets = new Tensor(new Shape(widths[^1], batch));
        _labels = [.. Enumerable.Range(0, batch).Select(i => i % widths[^1])];
        foreach (var label in Enumerable.Range(0, batch))
            _targets.Row(_labels[label])[label] = 1;
        for (var i = 1; i < widths.Length; i++)
        {
            Weights.Add(new Parameter($"fc{i}.weight", new Shape(widths[i], widths[i - 1]), prunable: true));
            Biases.Add(new Parameter($"fc{i}.bias", new Shape(widths[i]), prunable: false));
        }

        foreach (var parameter in Weights.Concat(Biases))
            new RandomStream(new Seed(6), parameter.Name).FillUniform(parameter.Values.Span, -0.1f, 0.1f);
    }

    public List<Parameter> Weights { get; } = [];

    public List<Parameter> Biases { get; } = [];

    /// <summary>Runs both passes.</summary>
    /// <param name="classify">Whether the loss is softmax cross-entropy, or else mean squared error.</param>
    /// <returns>The loss.</returns>
    public float Run(bool classify, double dropout = 0)
    {
        _tape.Begin(training: true, step: 5);
        var x = _images;
        for (var i = 0; i < Weights.Count; i++)
        {
            x = _tape.Linear(x, Weights[i], Biases[i]);
            if (i < Weights.Count - 1)
                x = _tape.Dropout(_tape.Relu(x), dropout, Drops);
        }

        var loss = classify ? _tape.SoftmaxCrossEntropy(x, _labels) : _tape.MeanSquaredError(x, _targets);
        _tape.Backward(loss);
        return loss.Scalar;
    }

    public void Dispose()
    {
        _tape.Dispose();
        _team.Dispose();
        _images.Dispose();
        _targets.Dispose();
        foreach (var parameter in Weights.Concat(Biases))
            parameter.Dispose();
    }
}
