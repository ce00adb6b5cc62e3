using Tombola.Nn.Initialisers;
using Tombola.Numerics.Random;
using Tombola.Tensors;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Tombola.Nn;

/// <summary>A convolution of images of known extents.</summary>
public sealed class Convolution : Module
{
    private readonly IInitialiser _initialiser;

    /// <summary>Creates the layer, its parameters zero until <see cref="Initialise"/>.</summary>
    /// <param name="name">The layer's name; its parameters are <c>name.weight</c> and, if any,
    /// <c>name.bias</c>.</param>
    /// <param name="input">[channels, height, width] of what comes in.</param>
    /// <param name="outputs">Channels that go out, one or more.</param>
    /// <param name="options">Kernel, stride, padding and bias.</param>
    /// <param name="initialiser">Draws the weights; biases start at zero.</param>
    /// <exception cref="ShapeException">The input has not three extents.</exception>
    public Convolution(
        string name, Shape input, int outputs, ConvolutionOptions options, IInitialiser initialiser)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputs);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(initialiser);
        if (input.Rank != 3)
            throw new ShapeException($"convolution {name}", "[channels, height, width]", input);
        (Input, Options, _initialiser) = (input, options, initialiser);
        var kernel = options.Kernel;
        Weight = new Parameter(name + ".weight", new Shape(outputs, input[0], kernel, kernel), prunable: true);
        Bias = options.Bias ? new Parameter(name + ".bias", new Shape(outputs), prunable: false) : null;
        Output = new Shape(outputs, Extent(input[1]), Extent(input[2]));
        Parameters = Bias is null ? [Weight] : [Weight, Bias];
    }

    /// <summary>[channels, height, width] of what comes in.</summary>
    public Shape Input { get; }

    /// <summary>[channels, height, width] of what goes out.</summary>
    public Shape Output { get; }

    /// <summary>Kernel, stride, padding and bias.</summary>
    public ConvolutionOptions Options { get; }

    /// <summary>[outputs, inputs, kernel, kernel], prunable.</summary>
    public Parameter Weight { get; }

    /// <summary>[outputs], not prunable; null without.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor x) =>
        tape.Convolution(x, Weight, Bias, Options.Stride, Options.Padding, Options.Rectify);

    /// <inheritdoc/>
    public override void Initialise(Seed seed)
    {
        var weights = new float[Weight.Shape.Count];
        _initialiser.Fill(weights, Weight.Shape, new RandomStream(seed, "init/" + Weight.Name));
        Weight.CopyFrom(weights);
        Bias?.Values.Span.Clear();
    }

    /// <inheritdoc/>
    /// <remarks>Tells which channels are read, not which pixels.</remarks>
    public override bool[]? Compress(Func<Parameter, bool> compress, bool[]? outputsRead = null)
    {
        ArgumentNullException.ThrowIfNull(compress);
        if (Weight.Mask is null || !compress(Weight))
        {
            Weight.Decompress();
            return null;
        }

        Weight.Compress(outputsRead, Output[1] * Output[2]);
        return Weight.InputsRead();
    }

    /// <inheritdoc/>
    public override int Outputs(int inputs) => Output.Count;

    /// <inheritdoc/>
    public override void ForwardOne(ReadOnlySpan<float> x, Span<float> y)
    {
        ConvolutionOperation.ConvolutionOne(
            x, Input[1], Input[2], Weight, Bias, Options.Stride, Options.Padding, y);
        if (Options.Rectify)
            TensorPrimitives.Max(y, 0, y);
    }

    private int Extent(int extent) => ((extent + (2 * Options.Padding) - Options.Kernel) / Options.Stride) + 1;
}

/// <summary>What a convolution is like, apart from its channels.</summary>
/// <param name="Kernel">Rows and columns of the kernel.</param>
/// <param name="Stride">Pixels from one output to the next.</param>
/// <param name="Padding">Zeros around the image.</param>
/// <param name="Bias">Whether a bias is added.</param>
/// <param name="Rectify">Whether ReLU follows, which is then computed in the same pass.</param>
public sealed record ConvolutionOptions(
    int Kernel = 3, int Stride = 1, int Padding = 1, bool Bias = true, bool Rectify = false);
