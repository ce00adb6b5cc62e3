using System.Globalization;
using Tombola.Numerics.Threads;
using Tombola.Tests.Optim;

namespace Tombola.Tests.Nn;

/// <summary>Small residual and VGG networks of ours follow those of PyTorch, running statistics included.</summary>
/// <remarks>
/// Dense, masked and compressed. Agreement is 1e-4 relative, as <see cref="TrajectoryAgreement"/> measures it.
/// The sparse VGG is followed for ten steps: at the eleventh one activation lies so close to a kink, of ReLU or of
/// pooling, that the last bits of a sum decide its gradient, and trainings part that agree from any common state.
/// </remarks>
public class ConvolutionTrajectoryTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("resnet-dense", false, 30)]
    [InlineData("resnet-sparse", false, 30)]
    [InlineData("resnet-sparse", true, 30)]
    [InlineData("vgg-dense", false, 30)]
    [InlineData("vgg-sparse", false, 10)]
    [InlineData("vgg-sparse", true, 10)]
    public void Steps_agree(string name, bool compressed, int steps)
    {
        var expected = ConvolutionTrajectory.Load(name);
        using var team = new ThreadTeam(1);
        using var training = new ConvolutionTraining(expected, compressed, team);
        expected.Snapshots.Keys.ShouldContain(steps.ToString(CultureInfo.InvariantCulture));
        training.Model.Parameters.Any(parameter => parameter.IsCompressed).ShouldBe(compressed);
        for (var step = 0; step < steps; step++)
        {
            training.Step(step).ShouldBe(
                expected.Losses[step], Tolerance * expected.Losses[step], $"loss of step {step}");
            var key = (step + 1).ToString(CultureInfo.InvariantCulture);
            if (!expected.Snapshots.TryGetValue(key, out var tensors))
                continue;
            tensors.Keys.ShouldBe(training.Model.Parameters.Select(parameter => parameter.Name));
            foreach (var tensor in training.Model.Parameters)
            {
                TrajectoryAgreement.Check(
                    tensor, training.Initial(tensor), tensors[tensor.Name], Tolerance, $"{name} after {key} steps");
            }
        }
    }
}
