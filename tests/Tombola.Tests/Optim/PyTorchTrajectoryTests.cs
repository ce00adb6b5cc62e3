using System.Globalization;
using Tombola.Numerics.Threads;
using Tombola.Tensors;

namespace Tombola.Tests.Optim;

/// <summary>Our trainings from fixed weights on fixed batches follow those of PyTorch.</summary>
/// <remarks>
/// Agreement is 1e-4 relative: of each tensor in the Euclidean norm, of its change since step 0 too, and of each
/// element, where the root mean square of its tensor is added to its own magnitude so that elements that happen to be
/// near zero are measured on the tensor's scale.
/// </remarks>
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
                ShouldAgree(weight, training.Initial(weight), tensors[weight.Name], $"{name} after {key} steps");
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
            () => ShouldAgree(weight, training.Initial(weight), expected.Snapshots["1"][weight.Name], "wrong"));
    }

    private static void ShouldAgree(Parameter actual, ReadOnlySpan<float> initial, TensorSummary expected, string where)
    {
        var values = actual.Values.Span;
        var (error, norm, change, worst, worstAt) = (0.0, 0.0, 0.0, 0.0, 0);
        for (var i = 0; i < expected.Values.Length; i++)
        {
            double theirs = expected.Values[i], ours = values[i * expected.Stride];
            var share = Math.Abs(ours - theirs) / (Math.Abs(theirs) + expected.RootMeanSquare);
            if (!(share <= worst))
                (worst, worstAt) = (share, i * expected.Stride);
            error += Math.Pow(ours - theirs, 2);
            norm += theirs * theirs;
            change += Math.Pow(theirs - initial[i * expected.Stride], 2);
        }

        worst.ShouldBeLessThanOrEqualTo(Tolerance, $"{where}: {actual.Name}[{worstAt}] is {values[worstAt]:R}");
        Math.Sqrt(error / norm).ShouldBeLessThanOrEqualTo(Tolerance, $"{where}: {actual.Name}");
        Math.Sqrt(error / change).ShouldBeLessThanOrEqualTo(Tolerance, $"{where}: change of {actual.Name}");
        RootMeanSquare(values).ShouldBe(
            expected.RootMeanSquare, Tolerance * expected.RootMeanSquare, $"{where}: all of {actual.Name}");
    }

    private static double RootMeanSquare(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += (double)value * value;
        return Math.Sqrt(sum / values.Length);
    }
}
