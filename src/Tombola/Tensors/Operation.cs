namespace Tombola.Tensors;

/// <summary>A step on the tape: keeps what its backward pass needs, and its output, from one use to the next.</summary>
/// <remarks>
/// One file holds one operation: an extension method on <see cref="Tape"/> that computes the output, and a subclass of
/// this that propagates the gradient. Instances are reused by position on the tape, so a training loop in its steady
/// state allocates nothing.
/// </remarks>
public abstract class Operation : IDisposable
{
    private Tensor? _output;

    /// <summary>The tensor computed last.</summary>
    public Tensor Output => _output ?? throw new InvalidOperationException("The operation has not run yet.");

    /// <summary>Where the output's gradient borrows its memory.</summary>
    internal GradientPool? Gradients { get; set; }

    /// <summary>Propagates the gradient of <see cref="Output"/> to the operation's inputs and parameters.</summary>
    /// <param name="tape">The tape that runs the pass.</param>
    public abstract void Backward(Tape tape);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the output and whatever scratch memory a subclass holds.</summary>
    /// <param name="disposing">Always true; there are no finalizers here.</param>
    protected virtual void Dispose(bool disposing) => _output?.Dispose();

    /// <summary>Returns the output tensor for a shape, the last one where it fits.</summary>
    /// <param name="shape">The shape wanted.</param>
    /// <param name="requiresGradient">Whether a backward pass is to reach the output.</param>
    protected Tensor PrepareOutput(Shape shape, bool requiresGradient)
    {
        if (_output is null || _output.RequiresGradient != requiresGradient || !_output.Shape.Equals(shape))
        {
            _output?.Dispose();
            _output = new Tensor(shape, requiresGradient, Gradients);
        }

        return _output;
    }

    /// <summary>Returns the output tensor of shape [rows, batch], the last one where it fits.</summary>
    /// <param name="rows">Features of the output.</param>
    /// <param name="batch">Examples.</param>
    /// <param name="requiresGradient">Whether a backward pass is to reach the output.</param>
    protected Tensor PrepareOutput(int rows, int batch, bool requiresGradient)
    {
        var fits = _output is { Shape.Rank: 2 } && _output.Rows == rows && _output.Batch == batch
            && _output.RequiresGradient == requiresGradient;
        return fits ? _output! : PrepareOutput(new Shape(rows, batch), requiresGradient);
    }
}
