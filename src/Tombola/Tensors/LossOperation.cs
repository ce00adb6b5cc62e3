using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Memory;

namespace Tombola.Tensors;

/// <summary>
/// A loss: the mean of one number an example or element; the forward pass already computes its slopes.
/// </summary>
internal abstract class LossOperation : Operation
{
    private static readonly Shape ScalarShape = new(1);
    private Tensor _x = null!;
    private FloatBuffer? _slopes;
    private int _count;

    /// <inheritdoc/>
    public sealed override void Backward(Tape tape)
    {
        var scale = Output.Gradient.Span[0] / _count;
        var add = _x.ContributeGradient(tape);
        Scaling.Run(_x.Gradient.Span, _slopes!.Span, scale, add);
    }

    /// <summary>Begins a forward pass.</summary>
    /// <param name="x">What the loss is computed of.</param>
    /// <returns>
    /// Where the gradient of the sum of the losses goes, laid out as <paramref name="x"/>, with zeros in padding lanes.
    /// </returns>
    protected FloatBuffer PrepareSlopes(Tensor x)
    {
        _x = x;
        if (_slopes is null || _slopes.Length != x.Buffer.Length)
        {
            _slopes?.Dispose();
            _slopes = new FloatBuffer(x.Buffer.Length);
        }

        return _slopes;
    }

    /// <summary>Ends a forward pass.</summary>
    /// <param name="sum">The sum of the losses.</param>
    /// <param name="count">How many they are; the mean of none is 0.</param>
    /// <returns>Their mean, [1].</returns>
    protected Tensor Mean(double sum, int count)
    {
        _count = Math.Max(1, count);
        var mean = PrepareOutput(ScalarShape, _x.RequiresGradient);
        mean.Buffer.Span[0] = (float)(sum / _count);
        return mean;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _slopes?.Dispose();
        base.Dispose(disposing);
    }
}
