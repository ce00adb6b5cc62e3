using Tombola.Numerics.Threads;

namespace Tombola.Tensors;

/// <summary>Records the operations of a forward pass and runs them backwards.</summary>
/// <remarks>
/// A pass starts with <see cref="Begin"/>; operations are extension methods such as <c>tape.Relu(x)</c>. The operation
/// objects and their outputs are reused as long as a pass calls the same operations in the same order with
/// the same shapes; where it does not, only the objects from there on are replaced. A tensor returned by an operation
/// is valid until the tape's next <see cref="Begin"/>. A tape serves one thread; its team may have many.
/// </remarks>
public sealed class Tape : IDisposable
{
    private readonly List<Operation> _operations = [];
    private readonly GradientPool _gradients = new();
    private int _count;

    /// <summary>Creates an empty tape.</summary>
    /// <param name="team">The threads that kernels may use; not owned.</param>
    public Tape(ThreadTeam team)
    {
        ArgumentNullException.ThrowIfNull(team);
        Team = team;
    }

    /// <summary>The threads that kernels may use.</summary>
    public ThreadTeam Team { get; }

    /// <summary>Whether the pass is one of training: gradients will be wanted, dropout drops.</summary>
    public bool Training { get; private set; }

    /// <summary>The optimizer step that the pass belongs to, from 0; addresses randomness such as dropout's.</summary>
    public long Step { get; private set; }

    /// <summary>Counts backward passes; tells gradients of this one from those of earlier ones.</summary>
    internal long Generation { get; private set; }

    /// <summary>Starts a forward pass; tensors of the last one become invalid.</summary>
    /// <param name="training">Whether gradients will be wanted.</param>
    /// <param name="step">The optimizer step, from 0.</param>
    public void Begin(bool training, long step = 0)
    {
        _count = 0;
        Training = training;
        Step = step;
    }

    /// <summary>Propagates the gradient of a loss to every parameter and tensor that it depends on.</summary>
    /// <remarks>Gradients of earlier backward passes, of this loss or another, are overwritten, not added to.</remarks>
    /// <param name="loss">A tensor of one element computed on this tape since <see cref="Begin"/>.</param>
    /// <exception cref="ShapeException">The loss has not exactly one element.</exception>
    /// <exception cref="InvalidOperationException">The pass was not begun as one of training.</exception>
    public void Backward(Tensor loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (!Training)
            throw new InvalidOperationException("Backward needs a pass that began with training: true.");
        if (loss.Shape.Count != 1)
            throw new ShapeException("backward", "a loss of one element", loss.Shape);
        loss.Gradient.Span.Clear();
        loss.Gradient.Span[0] = 1;
        BackwardFrom(loss);
    }

    /// <summary>Propagates a gradient that is already set, of a tensor of any shape.</summary>
    /// <param name="output">A tensor computed on this tape; its gradient's padding lanes are zero.</param>
    internal void BackwardFrom(Tensor output)
    {
        Generation++;
        output.ContributeGradient(this);
        for (var i = _count - 1; i >= 0; i--)
        {
            var operation = _operations[i];
            if (operation.Output.RequiresGradient && operation.Output.HasGradient(this))
            {
                operation.Backward(this);
                operation.Output.ReleaseGradient();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var operation in _operations)
            operation.Dispose();
        _operations.Clear();
        _gradients.Dispose();
        _count = 0;
    }

    /// <summary>Returns the next operation of the pass, the one last used at its place where the types agree.</summary>
    /// <typeparam name="T">The operation; its inputs are set by the caller.</typeparam>
    public T Next<T>()
        where T : Operation, new()
    {
        if (_count < _operations.Count && _operations[_count] is T known)
        {
            _count++;
            return known;
        }

        for (var i = _operations.Count - 1; i >= _count; i--)
        {
            _operations[i].Dispose();
            _operations.RemoveAt(i);
        }

        var created = new T { Gradients = _gradients };
        _operations.Add(created);
        _count++;
        return created;
    }
}
