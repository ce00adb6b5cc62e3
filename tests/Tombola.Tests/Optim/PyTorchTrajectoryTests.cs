using System.Globalization;
using Tombola.Numerics.Threads;

namespace Tombola.Tests.Optim;

/// <summary>Our trainings from fixed weights on fixed batches follow those of PyTorch.</summary>
/// <remarks>Agreement is 1e-4 relative, as <see cref="TrajectoryAgreement"/> measures it.</remarks>
public class PyTorchTrajectoryTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("small-sgd")]
    [InlineData("small-sgd-momentum")]
    [InlineData("small-sgd-nesterov")]
    [InlineData("small-adam")]
    [InlineData("small-adam-decay")]
    [InlineData("small-adamw")]
    [InlineData("small-rmsprop")]
    [InlineData("small-rmsprop-momentum")]
    [InlineData("lenet-sgd-momentum")]
    [InlineData("lenet-adam")]
    public void Fifty_steps_agree(string name)
    {
        var expected = Trajectory.Load(name);
        using var team = new ThreadTeam(1);
        using var training = new TrajectoryTraining(expected, team);
        for (var step = 0; step < expected.Losses.Length; step++)
        {
            var loss = training.Step(step);
            loss.ShouldBe(expected.Losses[step], Tolerance * expected.Losses[step], $"loss of step {step}");
            var key = (step + 1).ToString(CultureInfo.InvariantCulture);
            if (!expected.Snapshots.TryGetValue(key, out var tensors))
                continue;
            tensors.Count.ShouldBe(training.Model.Parameters.Count);
            foreach (var weight in training.Model.Parameters)
                TrajectoryAgreement.Check(
                    weight, training.Initial(weight), tensors[weight.Name], Tolerance, $"{name} after {key} steps");
        }
    }

    [Fact]
    public void A_wrong_epsilon_would_be_noticed()
    {
        var expected = Trajectory.Load("small-adam-decay");
        using var team = new ThreadTeam(1);
        using var training = new TrajectoryTraining(
            expected with { Optimizer = expected.Optimizer with { Epsilon = 2e-3 } }, team);
        training.Step(0);
        var weight = training.Model.Parameters[0];
        Should.Throw<ShouldAssertException>(
            () => TrajectoryAgreement.Check(
                weight, training.Initial(weight), expected.Snapshots["1"][weight.Name], Tolerance, "wrong"));
    }
}
