using Tombola.Nn.Initialisers;
using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Nn;

/// <summary>A fully connected layer with bias.</summary>
public sealed class Linear : Module
{
    private readonly IInitialiser _initialiser;

    /// <summary>Creates the layer, its parameters zero until <see cref="Initialise"/>.</summary>
    /// <param name="name">The layer's name; its parameters are <c>name.weight</c> and <c>name.bias</c>.</param>
    /// <param name="inputs">Features that come in, one or more.</param>
    /// <param name="outputs">Features that go out, one or more.</param>
    /// <param name="initialiser">Draws the weights; biases start at zero.</param>
    public Linear(string name, int inputs, int outputs, IInitialiser initialiser)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputs);
        ArgumentNullException.ThrowIfNull(initialiser);
        _initialiser = initialiser;
        Weight = new Parameter(name + ".weight", new Shape(outputs, inputs), prunable: true);
        Bias = new Parameter(name + ".bias", new Shape(outputs), prunable: false);
        Parameters = [Weight, Bias];
    }

    /// <summary>[outputs, inputs], prunable.</summary>
    public Parameter Weight { get; }

    /// <summary>[outputs], not prunable.</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor x) => tape.Linear(x, Weight, Bias);

    /// <inheritdoc/>
    public override void Initialise(Seed seed)
    {
        var weights = new float[Weight.Shape.Count];
        _initialiser.Fill(weights, Weight.Shape, new RandomStream(seed, "init/" + Weight.Name));
        Weight.CopyFrom(weights);
        Bias.Values.Span.Clear();
    }

    /// <inheritdoc/>
    public override bool[]? Compress(Func<Parameter, bool> compress, bool[]? outputsRead = null)
    {
        ArgumentNullException.ThrowIfNull(compress);
        if (Weight.Mask is null || !compress(Weight))
        {
            Weight.Decompress();
            return null;
        }

        Weight.Compress(outputsRead);
        return Weight.InputsRead();
    }

    /// <inheritdoc/>
    public override int Outputs(int inputs) => Weight.Shape[0];

    /// <inheritdoc/>
    public override void ForwardOne(ReadOnlySpan<float> x, Span<float> y) =>
        LinearOperation.LinearOne(x, Weight, Bias, y);
}
