using System.Numerics.Tensors;
using Tombola.Numerics.Memory;

namespace Tombola.Tensors;

/// <summary>Trainable numbers of a module: weights or biases, their gradient and, where pruned, their mask.</summary>
/// <remarks>
/// Values are stored row by row without padding. Pruned weights are exactly zero and stay so: their gradients are
/// cleared before an optimizer sees them. Not thread-safe.
/// </remarks>
public sealed class Parameter : IDisposable
{
    private FloatBuffer? _gradient;
    private FloatBuffer? _maskFactors;
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

    /// <summary>The numbers, in the order of the shape.</summary>
    public FloatBuffer Values { get; }

    /// <summary>The gradient of the loss, laid out as <see cref="Values"/>; valid after a backward pass.</summary>
    public FloatBuffer Gradient => _gradient ??= new FloatBuffer(Values.Length);

    /// <summary>Which weights survive; null for all.</summary>
    public Mask? Mask { get; private set; }

    /// <summary>Counts changes of the mask, so that an optimizer can clear its state of the pruned.</summary>
    public int MaskVersion { get; private set; }

    /// <summary>Prunes: sets the mask and clears the weights that it removes.</summary>
    /// <param name="mask">Of the parameter's shape, or null for none.</param>
    /// <exception cref="ShapeException">The mask has another shape.</exception>
    public void SetMask(Mask? mask)
    {
        if (mask is not null && !mask.Shape.Equals(Shape))
            throw new ShapeException($"mask of {Name}", Shape.ToString(), mask.Shape);
        Mask = mask;
        MaskVersion++;
        _maskFactors?.Dispose();
        _maskFactors = null;
        if (mask is null)
            return;
        _maskFactors = new FloatBuffer(Values.Length);
        for (var i = 0; i < Values.Length; i++)
            _maskFactors.Span[i] = mask.Survives[i] ? 1 : 0;
        ClearPruned(Values.Span);
    }

    /// <summary>Sets to zero the entries of pruned weights.</summary>
    /// <param name="values">One entry a weight: gradients, optimizer state or values.</param>
    public void ClearPruned(Span<float> values)
    {
        if (_maskFactors is not null)
            TensorPrimitives.Multiply(values, _maskFactors.Span, values);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Values.Dispose();
        _gradient?.Dispose();
        _maskFactors?.Dispose();
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
}
