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
    private readonly GradientPool? _pool;
    private FloatBuffer? _gradient;
    private long _gradientGeneration = -1;
    private Tape? _gradientTape;

    /// <summary>Creates a tensor of zeros.</summary>
    /// <param name="shape">The batch is the last extent; at least one extent.</param>
    /// <param name="requiresGradient">Whether a backward pass is to reach it.</param>
    /// <exception cref="ShapeException">The shape has no extents.</exception>
    public Tensor(Shape shape, bool requiresGradient = false)
        : this(shape, requiresGradient, pool: null)
    {
    }

    /// <summary>Creates a tensor that an operation computes.</summary>
    internal Tensor(Shape shape, bool requiresGradient, GradientPool? pool)
    {
        ArgumentNullException.ThrowIfNull(shape);
        _pool = pool;
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
    /// <remarks>That of an operation's output is valid during the pass only, until the operation has used it.</remarks>
    public FloatBuffer Gradient => _gradient ??= _pool?.Rent(Buffer.Length) ?? new FloatBuffer(Buffer.Length);

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

    /// <summary>Gives the memory of the gradient back, once the operation of this tensor has used it.</summary>
    internal void ReleaseGradient()
    {
        if (_gradient is null || _pool is null)
            return;
        _pool.Return(_gradient);
        _gradient = null;
    }

    /// <summary>
    /// Takes over the gradient of an output, for an operation that can compute the one in place of the other.
    /// </summary>
    /// <remarks>Nothing is taken over where this tensor has a gradient already or keeps its own.</remarks>
    /// <returns>The output's gradient: the same as <see cref="Gradient"/> where it was taken over.</returns>
    internal FloatBuffer InheritGradient(Tensor output)
    {
        var gradient = output.Gradient;
        if (_gradient is null && _pool is not null && ReferenceEquals(_pool, output._pool)
            && Buffer.Length == gradient.Length)
        {
            (_gradient, output._gradient) = (gradient, null);
        }

        return gradient;
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
