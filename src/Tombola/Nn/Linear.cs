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
        _initialiser.Fill(Weight.Values.Span, Weight.Shape, new RandomStream(seed, "init/" + Weight.Name));
        Weight.ClearPruned(Weight.Values.Span);
        Bias.Values.Span.Clear();
    }
}
