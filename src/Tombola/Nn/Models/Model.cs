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
