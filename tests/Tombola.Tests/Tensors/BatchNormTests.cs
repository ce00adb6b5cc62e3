using Tombola.Numerics.Random;
using Tombola.Numerics.Threads;
using Tombola.Tensors;

namespace Tombola.Tests.Tensors;

/// <summary>Batch normalisation in training and in evaluation.</summary>
public sealed class BatchNormTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 60)]
    [InlineData(2, 70)]
    public void Outputs_have_the_mean_and_deviation_of_the_parameters(int channels, int batch)
    {
        using var team = new ThreadTeam(1);
        using var tape = new Tape(team);
        using var x = Images(channels, batch);
        var parameters = Create(channels);
        parameters.Scale.Values.Span.Fill(2);
        parameters.Shift.Values.Span.Fill(3);
        tape.Begin(training: true);
        var y = tape.BatchNorm(x, parameters);
        for (var channel = 0; channel < channels; channel++)
        {
            double[] values = [.. Values(y, channel)];
            values.Average().ShouldBe(3, 1e-4);
            Math.Sqrt(values.Average(value => (value - 3) * (value - 3))).ShouldBe(2, 1e-3);
        }
    }

    [Fact]
    public void Running_statistics_move_by_a_tenth_and_serve_in_evaluation()
    {
        using var team = new ThreadTeam(1);
        using var tape = new Tape(team);
        using var x = Images(1, 20);
        var parameters = Create(1);
        double[] values = [.. Values(x, 0)];
        var mean = values.Average();
        var variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
        tape.Begin(training: true);
        tape.BatchNorm(x, parameters);
        parameters.RunningMean.Values.Span[0].ShouldBe((float)(0.1 * mean), 1e-5f);
        parameters.RunningVariance.Values.Span[0].ShouldBe((float)(0.9 + (0.1 * variance)), 1e-4f);

        tape.Begin(training: false);
        var y = tape.BatchNorm(x, parameters);
        var expected = (x.Row(0)[0] - (0.1 * mean)) / Math.Sqrt(0.9 + (0.1 * variance) + BatchNormOperation.Epsilon);
        y.Row(0)[0].ShouldBe((float)expected, 1e-4f);
        parameters.RunningMean.Values.Span[0].ShouldBe((float)(0.1 * mean), 1e-5f);
    }

    [Fact]
    public void Rectifying_in_the_same_pass_is_relu_behind_it()
    {
        using var team = new ThreadTeam(1);
        var gradients = new List<float[]>();
        foreach (var fused in new[] { true, false })
        {
            using var tape = new Tape(team);
            using var x = Images(2, 20);
            tape.Begin(training: true);
            var y = tape.BatchNorm(x, Create(2), rectify: fused);
            y = fused ? y : tape.Relu(y);
            for (var row = 0; row < y.Rows; row++)
                new RandomStream(new Seed(2), "dy", row).FillNormal(y.Gradient.Span.Slice(row * y.Lanes, y.Batch), 1);
            tape.BackwardFrom(y);
            gradients.Add([.. y.Buffer.Span.ToArray(), .. x.Gradient.Span.ToArray()]);
        }

        gradients[0].ShouldBe(gradients[1]);
    }

    private static Tensor Images(int channels, int batch)
    {
        var x = new Tensor(new Shape(channels, 3, 5, batch), requiresGradient: true);
        for (var row = 0; row < x.Rows; row++)
            new RandomStream(new Seed(1), "x", row).FillNormal(x.Row(row), 1.5f);
        return x;
    }

    private static BatchNormParameters Create(int channels)
    {
        Parameter One(string name, float value)
        {
            var parameter = new Parameter(name, new Shape(channels), prunable: false);
            parameter.Values.Span.Fill(value);
            return parameter;
        }

        return new BatchNormParameters(One("scale", 1), One("shift", 0), One("mean", 0), One("variance", 1));
    }

    private static IEnumerable<double> Values(Tensor tensor, int channel)
    {
        var pixels = tensor.Rows / tensor.Shape[0];
        return Enumerable.Range(channel * pixels, pixels)
            .SelectMany(row => tensor.Row(row).ToArray()).Select(value => (double)value);
    }
}
