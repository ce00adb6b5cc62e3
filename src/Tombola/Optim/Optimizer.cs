using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;
using Tombola.Tensors;

namespace Tombola.Optim;

/// <summary>Turns gradients into updates of the parameters.</summary>
/// <remarks>
/// Works on flat spans of values and knows no shapes. The state of a pruned weight never influences anything: the
/// gradients of the pruned are cleared before each step, and their state when the mask changes, so they stay exactly
/// zero. The update of a value depends on that value alone, so the bits depend neither on the threads nor on the
/// vector width. Not thread-safe.
/// </remarks>
public abstract class Optimizer : IDisposable
{
    private readonly Slot[] _slots;
    private long _stepCount;

    /// <summary>Prepares state of zeros.</summary>
    /// <param name="parameters">What is updated, where it is trainable; not owned.</param>
    /// <param name="states">The names of the numbers that each value carries, for example <c>adam.m</c>.</param>
    protected Optimizer(IReadOnlyList<Parameter> parameters, params IReadOnlyList<string> states)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(states);
        _slots = [.. parameters.Where(parameter => parameter.Trainable)
            .Select(parameter => new Slot(parameter, states.Count))];
        State =
        [
            .. _slots.SelectMany(slot => slot.State.Zip(
                states, (values, name) => new OptimizerState($"{name}/{slot.Parameter.Name}", values))),
        ];
    }

    /// <summary>What is carried from step to step, parameter by parameter; may be empty.</summary>
    /// <remarks>With <see cref="StepCount"/> and the weights it is all that a training needs to go on.</remarks>
    public IReadOnlyList<OptimizerState> State { get; }

    /// <summary>Number of steps done; decides Adam's correction of its early means.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than zero.</exception>
    public long StepCount
    {
        get => _stepCount;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _stepCount = value;
        }
    }

    /// <summary>Updates every parameter from its gradient.</summary>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="team">The threads to use.</param>
    /// <exception cref="InvalidOperationException">A parameter was compressed or decompressed meanwhile.</exception>
    public void Step(double learningRate, ThreadTeam team)
    {
        ArgumentNullException.ThrowIfNull(team);
        _stepCount++;
        foreach (var slot in _slots)
        {
            var parameter = slot.Parameter;
            slot.RequireLength();
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
        foreach (var state in State)
            state.Values.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Updates one parameter.</summary>
    /// <param name="parameter">Its values are changed, its gradient is read.</param>
    /// <param name="state">The buffers of state in the order of their names, each of the parameter's length.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="team">The threads to use.</param>
    protected abstract void Update(
        Parameter parameter, ReadOnlySpan<FloatBuffer> state, double learningRate, ThreadTeam team);

    private sealed class Slot(Parameter parameter, int buffers)
    {
        public Parameter Parameter { get; } = parameter;

        public FloatBuffer[] State { get; } =
            [.. Enumerable.Range(0, buffers).Select(_ => new FloatBuffer(parameter.Values.Length))];

        public int MaskVersion { get; set; } = parameter.MaskVersion;

        // Kernels go by the length of the values and would read beyond shorter state.
        public void RequireLength()
        {
            if (State.Length > 0 && State[0].Length != Parameter.Values.Length)
            {
                throw new InvalidOperationException(
                    $"{Parameter.Name} was compressed or decompressed after its optimizer was made: make a new one.");
            }
        }
    }
}
