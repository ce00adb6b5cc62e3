using System.Buffers;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;
using Tombola.Tensors;

namespace Tombola.Nn;

/// <summary>The sum of what passes through a body and of what goes past it, through ReLU (He et al. 2015).</summary>
public sealed class Residual : Module
{
    private readonly Module _body;
    private readonly Module? _shortcut;

    /// <summary>Creates the block.</summary>
    /// <param name="body">Computes the residual; owned from now on.</param>
    /// <param name="shortcut">Brings the input to the body's shape; null where it has that shape already.</param>
    public Residual(Module body, Module? shortcut)
    {
        ArgumentNullException.ThrowIfNull(body);
        (_body, _shortcut) = (body, shortcut);
        Parameters = [.. body.Parameters, .. shortcut?.Parameters ?? []];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override IEnumerable<Module> All() => [this, .. _body.All(), .. _shortcut?.All() ?? []];

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var residual = _body.Forward(tape, x);
        return tape.Add(residual, _shortcut?.Forward(tape, x) ?? x, rectify: true);
    }

    /// <inheritdoc/>
    public override void Initialise(Seed seed)
    {
        _body.Initialise(seed);
        _shortcut?.Initialise(seed);
    }

    /// <inheritdoc/>
    /// <remarks>A channel of the input is read where either way reads it.</remarks>
    public override bool[]? Compress(Func<Parameter, bool> compress, bool[]? outputsRead = null)
    {
        var body = _body.Compress(compress, outputsRead);
        var past = _shortcut is null ? outputsRead : _shortcut.Compress(compress, outputsRead);
        return body is null || past is null ? null : [.. body.Zip(past, (a, b) => a || b)];
    }

    /// <inheritdoc/>
    public override int Outputs(int inputs) => _body.Outputs(inputs);

    /// <inheritdoc/>
    public override void ForwardOne(ReadOnlySpan<float> x, Span<float> y)
    {
        _body.ForwardOne(x, y);
        if (_shortcut is null)
        {
            TensorPrimitives.Add(x, y, y);
        }
        else
        {
            var buffer = ArrayPool<float>.Shared.Rent(y.Length);
            var past = buffer.AsSpan(0, y.Length);
            _shortcut.ForwardOne(x, past);
            TensorPrimitives.Add(past, y, y);
            ArrayPool<float>.Shared.Return(buffer);
        }

        TensorPrimitives.Max(y, 0, y);
    }
}
