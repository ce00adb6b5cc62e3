using Tombola.Tensors;

namespace Tombola.Nn.Models;

/// <summary>A named network with its prunable layers.</summary>
public sealed class Model : Module
{
    private readonly Module _body;

    /// <summary>Creates a model around its modules.</summary>
    /// <param name="name">The name of the architecture.</param>
    /// <param name="body">What computes the logits [classes, batch]; owned from now on.</param>
    /// <param name="layers">The prunable weights, in the order of the forward pass.</param>
    public Model(string name, Module body, IReadOnlyList<LayerInfo> layers)
    {
        ArgumentNullException.ThrowIfNull(body);
        (Name, _body, Layers) = (name, body, layers);
    }

    /// <summary>The name of the architecture.</summary>
    public string Name { get; }

    /// <summary>The prunable weights, in the order of the forward pass.</summary>
    public IReadOnlyList<LayerInfo> Layers { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _body.Parameters;

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor x) => _body.Forward(tape, x);

    /// <inheritdoc/>
    public override void Initialise(Seed seed) => _body.Initialise(seed);

    /// <inheritdoc/>
    public override bool[]? Compress(Func<Parameter, bool> compress, bool[]? outputsRead = null) =>
        _body.Compress(compress, outputsRead);

    /// <inheritdoc/>
    public override int Outputs(int inputs) => _body.Outputs(inputs);

    /// <inheritdoc/>
    public override void ForwardOne(ReadOnlySpan<float> x, Span<float> y) => _body.ForwardOne(x, y);
}
