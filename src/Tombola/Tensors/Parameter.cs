using System.Numerics.Tensors;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Sparse;

namespace Tombola.Tensors;

/// <summary>Trainable numbers of a module: weights or biases, their gradient and, where pruned, their mask.</summary>
/// <remarks>
/// Values are stored row by row without padding or, when the parameter is compressed, as the surviving weights alone;
/// gradient and optimizer state have the same length and order, so an optimizer never notices. Pruned weights are
/// exactly zero and stay so. Not thread-safe.
/// </remarks>
public sealed class Parameter : IDisposable
{
    private FloatBuffer? _gradient;
    private long _gradientGeneration = -1;
    private Tape? _gradientTape;

    /// <summary>Creates a parameter of zeros.</summary>
    /// <param name="name">Unique within the model, for example <c>fc1.weight</c>.</param>
    /// <param name="shape">For example <c>[outputs, inputs]</c>.</param>
    /// <param name="prunable">Whether pruning may remove its weights: true for weights, false for biases.</param>
    public Parameter(string name, Shape shape, bool prunable)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        Name = name;
        Shape = shape;
        Prunable = prunable;
        Values = new FloatBuffer(shape.Count);
    }

    /// <summary>Unique within the model; also the address of its initial randomness.</summary>
    public string Name { get; }

    /// <summary>For example <c>[outputs, inputs]</c>.</summary>
    public Shape Shape { get; }

    /// <summary>Whether pruning may remove its weights.</summary>
    public bool Prunable { get; }

    /// <summary>Whether an optimizer changes it: false for running statistics, and for what is frozen.</summary>
    /// <value>Default true.</value>
    public bool Trainable { get; set; } = true;

    /// <summary>The numbers: all in the order of the shape, or the survivors alone when compressed.</summary>
    /// <remarks>Use <see cref="CopyTo"/> and <see cref="CopyFrom"/> where the form must not matter.</remarks>
    public FloatBuffer Values { get; private set; }

    /// <summary>Whether only the surviving weights are stored and computed with.</summary>
    public bool IsCompressed => Pattern is not null;

    /// <summary>The gradient of the loss, laid out as <see cref="Values"/>; valid after a backward pass.</summary>
    public FloatBuffer Gradient => _gradient ??= new FloatBuffer(Values.Length);

    /// <summary>Which weights survive; null for all.</summary>
    public Mask? Mask { get; private set; }

    /// <summary>Where the stored values belong; null unless compressed.</summary>
    internal SparsePattern? Pattern { get; private set; }

    /// <summary>1 for each survivor and 0 for each pruned weight; null without a mask, and when compressed.</summary>
    internal FloatBuffer? MaskFactors { get; private set; }

    /// <summary>Counts changes of the mask, so that an optimizer can clear its state of the pruned.</summary>
    public int MaskVersion { get; private set; }

    /// <summary>Memory of values, gradient, mask and indices as they are stored now, in bytes.</summary>
    public long Bytes =>
        Values.Bytes + (_gradient?.Bytes ?? 0) + (MaskFactors?.Bytes ?? 0) + (Pattern?.Bytes ?? 0);

    /// <summary>Prunes: sets the mask and clears the weights that it removes.</summary>
    /// <param name="mask">Of the parameter's shape, or null for none.</param>
    /// <exception cref="ShapeException">The mask has another shape.</exception>
    public void SetMask(Mask? mask)
    {
        if (mask is not null && !mask.Shape.Equals(Shape))
            throw new ShapeException($"mask of {Name}", Shape.ToString(), mask.Shape);
        Decompress();
        Mask = mask;
        MaskVersion++;
        MaskFactors?.Dispose();
        MaskFactors = null;
        PrepareMaskFactors();
        ClearPruned(Values.Span);
    }

    /// <summary>Stores and computes with the surviving weights alone from now on.</summary>
    /// <remarks>Gradients and optimizer state made before do not fit any more. Does nothing without a mask.</remarks>
    /// <param name="outputsRead">
    /// Which outputs anyone reads, so that weights into the others rest; empty for all.
    /// </param>
    /// <param name="pixels">
    /// Pixels of the images that a convolution computes, which choose the order of computation; 0 where not known.
    /// </param>
    /// <exception cref="ShapeException">The parameter has neither two extents nor four.</exception>
    public void Compress(ReadOnlySpan<bool> outputsRead = default, int pixels = 0)
    {
        Decompress();
        if (Mask is null)
            return;
        if (Shape.Rank is not 2 and not 4)
            throw new ShapeException($"compressing {Name}", "[outputs, inputs] or four extents", Shape);
        var values = Values;
        var taps = Shape.Rank == 2 ? 1 : Shape[2] * Shape[3];
        Pattern = new SparsePattern(Shape[0], Shape[1], Mask.Survives, outputsRead, taps, pixels);
        Replace(new FloatBuffer(Pattern.Positions.Length));
        for (var i = 0; i < Values.Length; i++)
            Values.Span[i] = values.Span[Pattern.Positions[i]];
        values.Dispose();
        MaskFactors?.Dispose();
        MaskFactors = null;
    }

    /// <summary>Tells which inputs have a weight that takes part in the computation.</summary>
    /// <returns>One entry an input or input channel; null for all, when not compressed.</returns>
    public bool[]? InputsRead() => (bool[]?)Pattern?.InputsRead.Clone();

    /// <summary>Stores all weights again, the pruned ones as zeros.</summary>
    public void Decompress()
    {
        if (Pattern is null)
            return;
        var all = new FloatBuffer(Shape.Count);
        CopyTo(all.Span);
        Values.Dispose();
        Replace(all);
        Pattern.Dispose();
        Pattern = null;
        PrepareMaskFactors();
    }

    /// <summary>Copies all weights, the pruned ones as zeros.</summary>
    /// <param name="weights">One entry a weight, in the order of the shape.</param>
    /// <exception cref="ArgumentException">The length is not that of the shape.</exception>
    public void CopyTo(Span<float> weights)
    {
        RequireAll(weights.Length);
        if (Pattern is null)
        {
            Values.Span.CopyTo(weights);
            return;
        }

        weights.Clear();
        for (var i = 0; i < Values.Length; i++)
            weights[Pattern.Positions[i]] = Values.Span[i];
    }

    /// <summary>Sets all weights; the pruned ones stay zero.</summary>
    /// <param name="weights">One entry a weight, in the order of the shape.</param>
    /// <exception cref="ArgumentException">The length is not that of the shape.</exception>
    public void CopyFrom(ReadOnlySpan<float> weights)
    {
        RequireAll(weights.Length);
        if (Pattern is null)
        {
            weights.CopyTo(Values.Span);
            ClearPruned(Values.Span);
            return;
        }

        for (var i = 0; i < Values.Length; i++)
            Values.Span[i] = weights[Pattern.Positions[i]];
    }

    /// <summary>Sets to zero the entries of pruned weights.</summary>
    /// <param name="values">Laid out as <see cref="Values"/>: gradients, optimizer state or values.</param>
    public void ClearPruned(Span<float> values)
    {
        if (MaskFactors is not null)
            TensorPrimitives.Multiply(values, MaskFactors.Span, values);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Values.Dispose();
        _gradient?.Dispose();
        MaskFactors?.Dispose();
        Pattern?.Dispose();
    }

    /// <summary>Announces a contribution to the gradient in a backward pass.</summary>
    /// <param name="tape">The tape that runs the pass.</param>
    /// <returns>Whether to add to what is there (true) or to overwrite it (false: the first contribution).</returns>
    internal bool ContributeGradient(Tape tape)
    {
        var accumulate = ReferenceEquals(_gradientTape, tape) && _gradientGeneration == tape.Generation;
        _gradientTape = tape;
        _gradientGeneration = tape.Generation;
        return accumulate;
    }

    private void Replace(FloatBuffer values)
    {
        Values = values;
        _gradient?.Dispose();
        _gradient = null;
        _gradientTape = null;
    }

    private void PrepareMaskFactors()
    {
        if (Mask is null)
            return;
        MaskFactors = new FloatBuffer(Values.Length);
        for (var i = 0; i < Values.Length; i++)
            MaskFactors.Span[i] = Mask.Survives[i] ? 1 : 0;
    }

    private void RequireAll(int length)
    {
        if (length != Shape.Count)
            throw new ArgumentException($"{Name} has {Shape.Count} weights, got {length} numbers.");
    }
}
