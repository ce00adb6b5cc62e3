using Tombola.Tensors;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Tombola.Nn;

/// <summary>The rectified linear unit as a module.</summary>
public sealed class Relu : Module
{
    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor x) => tape.Relu(x);

    /// <inheritdoc/>
    public override void Initialise(Seed seed)
    {
    }

    /// <inheritdoc/>
    public override bool[]? Compress(Func<Parameter, bool> compress, bool[]? outputsRead = null) => outputsRead;

    /// <inheritdoc/>
    public override void ForwardOne(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Max(x, 0, y);
}
