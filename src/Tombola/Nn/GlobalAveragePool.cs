using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;
using Tombola.Tensors;

namespace Tombola.Nn;

/// <summary>The mean of each channel over all pixels.</summary>
public sealed class GlobalAveragePool : Module
{
    private readonly Shape _input;

    /// <summary>Creates the layer.</summary>
    /// <param name="input">[channels, height, width] of what comes in.</param>
    public GlobalAveragePool(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _input = input;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor x) => tape.GlobalAveragePool(x);

    /// <inheritdoc/>
    public override void Initialise(Seed seed)
    {
    }

    /// <inheritdoc/>
    public override bool[]? Compress(Func<Parameter, bool> compress, bool[]? outputsRead = null) => outputsRead;

    /// <inheritdoc/>
    public override int Outputs(int inputs) => _input[0];

    /// <inheritdoc/>
    public override void ForwardOne(ReadOnlySpan<float> x, Span<float> y)
    {
        var pixels = _input[1] * _input[2];
        for (var channel = 0; channel < _input[0]; channel++)
            y[channel] = TensorPrimitives.Sum(x.Slice(channel * pixels, pixels)) / pixels;
    }
}
