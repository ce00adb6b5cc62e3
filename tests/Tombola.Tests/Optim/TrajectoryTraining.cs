using Tombola.Nn.Models;
using Tombola.Numerics.Threads;
using Tombola.Tensors;

namespace Tombola.Tests.Optim;

/// <summary>Our side of a trajectory: the same weights, batches and optimizer.</summary>
internal sealed class TrajectoryTraining : IDisposable
{
    private readonly HashedTraining _training;
    private readonly Dictionary<string, float[]> _initial = [];

    public TrajectoryTraining(Trajectory trajectory, ThreadTeam team)
    {
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

        _training = new HashedTraining(
            Model, [trajectory.Sizes[0]], (trajectory.Batch, trajectory.Batches, trajectory.Sizes[^1]),
            trajectory.Optimizer, team);
    }

    public Model Model { get; }

    public ReadOnlySpan<float> Initial(Parameter parameter) => _initial[parameter.Name];

    /// <inheritdoc cref="HashedTraining.Step"/>
    public float Step(int step) => _training.Step(step);

    public void Dispose() => _training.Dispose();
}
