using System.Globalization;
using Tombola.Numerics.Threads;
using Tombola.Tests.Optim;

namespace Tombola.Tests.Nn;

/// <summary>Small residual and VGG networks of ours follow those of PyTorch, running statistics included.</summary>
/// <remarks>
/// Dense, masked and compressed, over 30 steps. Agreement is 1e-4 relative, as <see cref="TrajectoryAgreement"/>
/// measures it. Densities are such that no activation comes so close to a kink, of ReLU or of pooling, that the last
/// bits of a sum decide its gradient: from there on trainings part that agree from any common state.
/// </remarks>
public class ConvolutionTrajectoryTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("resnet-dense", false)]
    [InlineData("resnet-sparse", false)]
    [InlineData("resnet-sparse", true)]
    [InlineData("vgg-dense", false)]
    [InlineData("vgg-sparse", false)]
    [InlineData("vgg-sparse", true)]
    public void Steps_agree(string name, bool compressed)
    {
        var expected = ConvolutionTrajectory.Load(name);
        using var team = new ThreadTeam(1);
        using var training = new ConvolutionTraining(expected, compressed, team);
        expected.Snapshots.Keys.ShouldContain("30");
        training.Model.Parameters.Any(parameter => parameter.IsCompressed).ShouldBe(compressed);
        for (var step = 0; step < expected.Losses.Length; step++)
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
