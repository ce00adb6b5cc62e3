using Tombola.Numerics.Random;
using Tombola.Tensors;

namespace Tombola.Nn;

/// <summary>Batch normalisation of channels, with ReLU behind it where wanted.</summary>
public sealed class BatchNorm : Module
{
    private readonly BatchNormParameters _parameters;
    private readonly bool _rectify;
    private readonly BatchNormScale _scale;

    /// <summary>Creates the layer: β = 0, running mean 0 and variance 1.</summary>
    /// <param name="name">
    /// The layer's name; its parameters are <c>name.weight</c> (γ), <c>name.bias</c> (β), <c>name.running-mean</c> and
    /// <c>name.running-variance</c>.
    /// </param>
    /// <param name="channels">Channels, one or more.</param>
    /// <param name="rectify">Whether ReLU follows.</param>
    /// <param name="scale">What γ starts from.</param>
    public BatchNorm(string name, int channels, bool rectify = false, BatchNormScale scale = BatchNormScale.One)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        (_rectify, _scale) = (rectify, scale);
        Parameter Create(string part, bool trainable) =>
            new($"{name}.{part}", new Shape(channels), prunable: false) { Trainable = trainable };
        _parameters = new BatchNormParameters(
            Create("weight", true), Create("bias", true), Create("running-mean", false),
            Create("running-variance", false));
        Parameters =
            [_parameters.Scale, _parameters.Shift, _parameters.RunningMean, _parameters.RunningVariance];
    }

    /// <summary>γ, [channels].</summary>
    public Parameter Scale => _parameters.Scale;

    /// <summary>β, [channels].</summary>
    public Parameter Shift => _parameters.Shift;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor x) => tape.BatchNorm(x, _parameters, _rectify);

    /// <inheritdoc/>
    public override void Initialise(Seed seed)
    {
        if (_scale == BatchNormScale.Uniform)
            new RandomStream(seed, "init/" + Scale.Name).FillUniform(Scale.Values.Span, 0, 1);
        else
            Scale.Values.Span.Fill(1);
        Shift.Values.Span.Clear();
        _parameters.RunningMean.Values.Span.Clear();
        _parameters.RunningVariance.Values.Span.Fill(1);
    }

    /// <inheritdoc/>
    public override bool[]? Compress(Func<Parameter, bool> compress, bool[]? outputsRead = null) => outputsRead;

    /// <inheritdoc/>
    public override void ForwardOne(ReadOnlySpan<float> x, Span<float> y)
    {
        var mean = _parameters.RunningMean.Values.Span;
        var variance = _parameters.RunningVariance.Values.Span;
        var pixels = x.Length / mean.Length;
        for (var i = 0; i < x.Length; i++)
        {
            var channel = i / pixels;
            var factor = Scale.Values.Span[channel]
                * (float)(1 / Math.Sqrt(variance[channel] + BatchNormOperation.Epsilon));
            var value = ((x[i] - mean[channel]) * factor) + Shift.Values.Span[channel];
            y[i] = _rectify ? Math.Max(value, 0) : value;
        }
    }
}
