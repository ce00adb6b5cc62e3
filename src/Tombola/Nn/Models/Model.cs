using Tombola.Tensors;

namespace Tombola.Nn.Models;

/// <summary>A named network with its prunable layers.</summary>
public sealed class Model : Module
{
    private readonly Module _body;
    private readonly Shape? _image;

    /// <summary>Creates a model around its modules.</summary>
    /// <param name="name">The name of the architecture.</param>
    /// <param name="body">What computes the logits [classes, batch]; owned from now on.</param>
    /// <param name="layers">The prunable weights, in the order of the forward pass.</param>
    /// <param name="image">[channels, height, width] of an input that the body takes as an image, or null.</param>
    public Model(string name, Module body, IReadOnlyList<LayerInfo> layers, Shape? image = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        (Name, _body, Layers, _image) = (name, body, layers, image);
    }

    /// <summary>The name of the architecture.</summary>
    public string Name { get; }

    /// <summary>The prunable weights, in the order of the forward pass.</summary>
    public IReadOnlyList<LayerInfo> Layers { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _body.Parameters;

    /// <inheritdoc/>
    public override IEnumerable<Module> All() => [this, .. _body.All()];

    /// <summary>Freezes all but a part of the network; running statistics go on following the batches.</summary>
    /// <remarks>Call it before an optimizer is made.</remarks>
    /// <param name="part">What is trained.</param>
    /// <exception cref="InputException">The network has no such part.</exception>
    public void TrainOnly(TrainedPart part)
    {
        if (part == TrainedPart.All)
            return;
        HashSet<Parameter> trained =
        [
            .. All().SelectMany(module => (part, module) switch
            {
                (TrainedPart.BatchNorm, BatchNorm norm) => [norm.Scale, norm.Shift],
                (TrainedPart.Output, Linear linear) when linear.Weight == Layers[^1].Weight => linear.Parameters,
                _ => Enumerable.Empty<Parameter>(),
            }),
        ];
        if (trained.Count == 0)
            throw new InputException($"training.train-only: {Name} has no batch norm; residual networks and VGG have.");
        foreach (var parameter in Parameters)
            parameter.Trainable &= trained.Contains(parameter);
    }

    /// <summary>Counts the multiply-adds of a forward pass of one example, on surviving weights alone.</summary>
    /// <remarks>Those of convolutions and fully connected layers, padding included; the rest is little.</remarks>
    public long MultiplyAdds() =>
        Layers.Sum(layer => (long)(layer.Weight.Mask?.Survivors ?? layer.Weight.Shape.Count) * layer.Positions);

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        // Images of one channel come without that extent.
        return _image is not null && x.Shape.Rank == 3
            ? _body.Forward(tape, tape.Reshape(x, new Shape(1, x.Shape[0], x.Shape[1], x.Batch)))
            : _body.Forward(tape, x);
    }

    /// <inheritdoc/>
    public override void Initialise(Seed seed) => _body.Initialise(seed);

    /// <inheritdoc/>
    public override bool[]? Compress(Func<Parameter, bool> compress, bool[]? outputsRead = null)
    {
        var read = _body.Compress(compress, outputsRead);
        // Convolutions tell channels, where features are pixels.
        return read is null || _image is null
            ? read
            : [.. Enumerable.Range(0, _image.Count).Select(i => read[i / (_image[1] * _image[2])])];
    }

    /// <inheritdoc/>
    public override int Outputs(int inputs) => _body.Outputs(inputs);

    /// <inheritdoc/>
    public override void ForwardOne(ReadOnlySpan<float> x, Span<float> y) => _body.ForwardOne(x, y);
}
