using Tombola.Numerics.Memory;
using Tombola.Numerics.Vectors;

namespace Tombola.Tensors;

/// <summary>Activations of a batch: features first, batch last and contiguous.</summary>
/// <remarks>
/// <para>A tensor of shape <c>[features, batch]</c> (or <c>[channels, height, width, batch]</c>, …) is stored as
/// <see cref="Rows"/> rows of <see cref="Lanes"/> floats, where the lanes are the batch padded to 16. What the padding
/// lanes hold is unspecified but finite as long as the activations are; their gradients are zero, so they reach neither
/// a loss nor a weight.</para>
/// <para>It is not a view: every tensor owns its memory. Weights are not tensors but <see cref="Parameter"/>s.</para>
/// </remarks>
public sealed class Tensor : IDisposable
{
    private FloatBuffer? _gradient;
    private long _gradientGeneration = -1;
    private Tape? _gradientTape;

    /// <summary>Creates a tensor of zeros.</summary>
    /// <param name="shape">The batch is the last extent; at least one extent.</param>
    /// <param name="requiresGradient">Whether a backward pass is to reach it.</param>
    /// <exception cref="ShapeException">The shape has no extents.</exception>
    public Tensor(Shape shape, bool requiresGradient = false)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Rank == 0)
            throw new ShapeException("tensor", "at least the batch as an extent", shape);
        Shape = shape;
        Batch = shape[shape.Rank - 1];
        Lanes = VectorWidth.Padded(Batch);
        Rows = Batch == 0 ? 0 : shape.Count / Batch;
        RequiresGradient = requiresGradient;
        Buffer = new FloatBuffer(checked(Rows * Lanes));
    }

    /// <summary>The shape, the batch last and without padding.</summary>
    public Shape Shape { get; }

    /// <summary>Number of examples.</summary>
    public int Batch { get; }

    /// <summary>Floats of a row: the batch padded to 16.</summary>
    public int Lanes { get; }

    /// <summary>Number of rows: the product of all extents but the batch.</summary>
    public int Rows { get; }

    /// <summary>Whether a backward pass is to reach this tensor.</summary>
    public bool RequiresGradient { get; }

    /// <summary>The numbers, [rows, lanes].</summary>
    public FloatBuffer Buffer { get; }

    /// <summary>The gradient of the loss, laid out as <see cref="Buffer"/>; valid after a backward pass.</summary>
    public FloatBuffer Gradient => _gradient ??= new FloatBuffer(Buffer.Length);

    /// <summary>The only number of a tensor of one element.</summary>
    /// <exception cref="ShapeException">There is not exactly one element.</exception>
    public float Scalar => Shape.Count == 1 ? Buffer.Span[0] : throw new ShapeException("scalar", "one element", Shape);

    /// <summary>Returns one row, padding excluded.</summary>
    /// <param name="row">From 0.</param>
    /// <returns>[batch], a window on the tensor's memory.</returns>
    public Span<float> Row(int row) => Buffer.Span.Slice(row * Lanes, Batch);

    /// <inheritdoc/>
    public void Dispose()
    {
        Buffer.Dispose();
        _gradient?.Dispose();
    }

    /// <summary>Announces a contribution to the gradient in a backward pass.</summary>
    /// <param name="tape">The tape that runs the pass.</param>
    /// <returns>Whether to add to what is there (true) or to overwrite it (false: the first contribution).</returns>
    internal bool ContributeGradient(Tape tape)
    {
        var accumulate = HasGradient(tape);
        _gradientTape = tape;
        _gradientGeneration = tape.Generation;
        return accumulate;
    }

    /// <summary>Tells whether this tape's current backward pass has reached the tensor.</summary>
    internal bool HasGradient(Tape tape) =>
        ReferenceEquals(_gradientTape, tape) && _gradientGeneration == tape.Generation;
}
