using Tombola.Tensors;

namespace Tombola.Nn;

/// <summary>The largest number of each window of two by two pixels.</summary>
public sealed class MaxPool : Module
{
    private const int Window = 2;

    private readonly Shape _input;

    /// <summary>Creates the layer.</summary>
    /// <param name="input">[channels, height, width] of what comes in.</param>
    public MaxPool(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _input = input;
        Output = new Shape(input[0], input[1] / Window, input[2] / Window);
    }

    /// <summary>[channels, height, width] of what goes out.</summary>
    public Shape Output { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor x) => tape.MaxPool(x, Window);

    /// <inheritdoc/>
    public override void Initialise(Seed seed)
    {
    }

    /// <inheritdoc/>
    public override bool[]? Compress(Func<Parameter, bool> compress, bool[]? outputsRead = null) => outputsRead;

    /// <inheritdoc/>
    public override int Outputs(int inputs) => Output.Count;

    /// <inheritdoc/>
    public override void ForwardOne(ReadOnlySpan<float> x, Span<float> y)
    {
        var width = _input[2];
        for (var i = 0; i < y.Length; i++)
        {
            var (column, row, channel) = (i % Output[2], i / Output[2] % Output[1], i / Output[2] / Output[1]);
            var at = (((channel * _input[1]) + (row * Window)) * width) + (column * Window);
            y[i] = Math.Max(Math.Max(x[at], x[at + 1]), Math.Max(x[at + width], x[at + width + 1]));
        }
    }
}
