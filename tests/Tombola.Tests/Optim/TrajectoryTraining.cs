using Tombola.Nn.Models;
using Tombola.Numerics.Threads;
using Tombola.Optim;
using Tombola.Tensors;

namespace Tombola.Tests.Optim;

/// <summary>Our side of a trajectory: the same weights, batches and optimizer.</summary>
internal sealed class TrajectoryTraining : IDisposable
{
    private readonly Trajectory _trajectory;
    private readonly ThreadTeam _team;
    private readonly Tape _tape;
    private readonly Tensor _input;
    private readonly Optimizer _optimizer;
    private readonly Dictionary<string, float[]> _initial = [];

    public TrajectoryTraining(Trajectory trajectory, ThreadTeam team)
    {
        (_trajectory, _team, _tape) = (trajectory, team, new Tape(team));
        Model = ModelRegistry.Create(
            new ModelOptions { Name = "mlp", Hidden = trajectory.Sizes[1..^1] },
            new Shape(trajectory.Sizes[0]),
            trajectory.Sizes[^1]);
        for (var i = 0; i < Model.Parameters.Count; i++)
        {
            var values = Model.Parameters[i].Values.Span;
            for (var j = 0; j < values.Length; j++)
                values[j] = HashedNumbers.Symmetric((uint)i + 1, j, trajectory.Scales[i / 2]);
            _initial[Model.Parameters[i].Name] = values.ToArray();
        }

        _input = new Tensor(new Shape(trajectory.Sizes[0], trajectory.Batch));
        _optimizer = OptimizerRegistry.Create(trajectory.Optimizer, Model.Parameters);
    }

    public Model Model { get; }

    public ReadOnlySpan<float> Initial(Parameter parameter) => _initial[parameter.Name];

    /// <summary>Does one step and returns the loss before it.</summary>
    public float Step(int step)
    {
        var (batch, classes) = ((uint)(step % _trajectory.Batches), _trajectory.Sizes[^1]);
        var labels = new int[_trajectory.Batch];
        for (var example = 0; example < labels.Length; example++)
        {
            labels[example] = HashedNumbers.Label(1001 + (2 * batch), example, classes);
            for (var row = 0; row < _input.Rows; row++)
                _input.Row(row)[example] = HashedNumbers.Pixel(1000 + (2 * batch), (example * _input.Rows) + row);
        }

        _tape.Begin(training: true, step);
        var loss = _tape.SoftmaxCrossEntropy(Model.Forward(_tape, _input), labels);
        _tape.Backward(loss);
        _optimizer.Step(_trajectory.Optimizer.LearningRate, _team);
        return loss.Scalar;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _tape.Dispose();
        _input.Dispose();
        Model.Dispose();
    }
}
