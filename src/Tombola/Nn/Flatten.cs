using Tombola.Tensors;

namespace Tombola.Nn;

/// <summary>Marks where channels of pixels become features: the numbers stay where they are.</summary>
public sealed class Flatten : Module
{
    private readonly Shape _input;

    /// <summary>Creates the layer.</summary>
    /// <param name="input">[channels, height, width] of what comes in.</param>
    public Flatten(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _input = input;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor x) => x;

    /// <inheritdoc/>
    public override void Initialise(Seed seed)
    {
    }

    /// <inheritdoc/>
    /// <remarks>A channel is read where one of its pixels is.</remarks>
    public override bool[]? Compress(Func<Parameter, bool> compress, bool[]? outputsRead = null)
    {
        if (outputsRead is null)
            return null;
        var channels = new bool[_input[0]];
        for (var i = 0; i < outputsRead.Length; i++)
            channels[i / (_input[1] * _input[2])] |= outputsRead[i];
        return channels;
    }

    /// <inheritdoc/>
    public override void ForwardOne(ReadOnlySpan<float> x, Span<float> y) => x.CopyTo(y);
}
