using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Nn;

/// <summary>Random omission of features in training.</summary>
public sealed class Dropout : Module
{
    private readonly string _name;
    private readonly double _rate;
    private RandomStream _stream = new(new Seed(0), "dropout");

    /// <summary>Creates the layer.</summary>
    /// <param name="name">Addresses the layer's randomness.</param>
    /// <param name="rate">Probability of zero, from 0 to less than 1.</param>
    public Dropout(string name, double rate) => (_name, _rate) = (name, rate);

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor x) => tape.Dropout(x, _rate, _stream);

    /// <inheritdoc/>
    /// <remarks>The seed decides what is dropped, too.</remarks>
    public override void Initialise(Seed seed) => _stream = new RandomStream(seed, "dropout/" + _name);

    /// <inheritdoc/>
    public override bool[]? Compress(Func<Parameter, bool> compress, bool[]? outputsRead = null) => outputsRead;

    /// <inheritdoc/>
    public override void ForwardOne(ReadOnlySpan<float> x, Span<float> y) => x.CopyTo(y);
}
