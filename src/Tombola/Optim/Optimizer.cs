using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;
using Tombola.Tensors;

namespace Tombola.Optim;

/// <summary>Turns gradients into updates of the parameters.</summary>
/// <remarks>
/// Works on flat spans of values and knows no shapes. The state of a pruned weight never influences anything: the
/// gradients of the pruned are cleared before each step, and their state when the mask changes, so they stay exactly
/// zero. Not thread-safe.
/// </remarks>
public abstract class Optimizer : IDisposable
{
    private readonly Slot[] _slots;

    /// <summary>Prepares state of zeros.</summary>
    /// <param name="parameters">What is updated; not owned.</param>
    /// <param name="buffers">How many numbers of state each value has.</param>
    protected Optimizer(IReadOnlyList<Parameter> parameters, int buffers)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _slots = [.. parameters.Select(parameter => new Slot(parameter, buffers))];
    }

    /// <summary>Number of steps done.</summary>
    public long StepCount { get; private set; }

    /// <summary>Updates every parameter from its gradient.</summary>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="team">The threads to use.</param>
    public void Step(double learningRate, ThreadTeam team)
    {
        StepCount++;
        foreach (var slot in _slots)
        {
            var parameter = slot.Parameter;
            parameter.ClearPruned(parameter.Gradient.Span);
            if (slot.MaskVersion != parameter.MaskVersion)
            {
                foreach (var state in slot.State)
                    parameter.ClearPruned(state.Span);
                slot.MaskVersion = parameter.MaskVersion;
            }

            Update(parameter, slot.State, learningRate, team);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var state in _slots.SelectMany(slot => slot.State))
            state.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Updates one parameter.</summary>
    /// <param name="parameter">Its values are changed, its gradient is read.</param>
    /// <param name="state">The buffers of state, each of the parameter's length.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="team">The threads to use.</param>
    protected abstract void Update(
        Parameter parameter, IReadOnlyList<FloatBuffer> state, double learningRate, ThreadTeam team);

    private sealed class Slot(Parameter parameter, int buffers)
    {
        public Parameter Parameter { get; } = parameter;

        public FloatBuffer[] State { get; } = 
            [.. Enumerable.Range(0, buffers).Select(_ => new FloatBuffer(parameter.Values.Length))];

        public int MaskVersion { get; set; } = parameter.MaskVersion;
    }
}
