using Tombola.Nn;
using Tombola.Tensors;

namespace Tombola.Tests.Training;

/// <summary>A module that notes the shapes of its inputs.</summary>
internal sealed class ShapeRecorder(Module body) : Module
{
    public List<Shape> Seen { get; } = [];

    public override IReadOnlyList<Parameter> Parameters => body.Parameters;

    public override Tensor Forward(Tape tape, Tensor x)
    {
        Seen.Add(x.Shape);
        return body.Forward(tape, x);
    }

    public override void Initialise(Seed seed) => body.Initialise(seed);

    public override void ForwardOne(ReadOnlySpan<float> x, Span<float> y) => body.ForwardOne(x, y);
}
