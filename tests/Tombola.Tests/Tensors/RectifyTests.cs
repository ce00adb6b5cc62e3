using Tombola.Nn;
using Tombola.Nn.Initialisers;
using Tombola.Numerics.Random;
using Tombola.Numerics.Threads;
using Tombola.Tensors;

namespace Tombola.Tests.Tensors;

/// <summary>Operations that compute ReLU in their own pass give the bits of ReLU behind them.</summary>
[Trait("Category", "Width")]
public class RectifyTests
{
    [Theory]
    [InlineData(3, 5, false)]
    [InlineData(40, 7, false)]
    [InlineData(20, 150, false)]
    [InlineData(20, 7, true)]
    public void A_convolution(int inputs, int outputs, bool compressed)
    {
        var runs = new List<float[]>();
        foreach (var rectify in new[] { true, false })
        {
            using var team = new ThreadTeam(2);
            using var tape = new Tape(team);
            using var convolution = Create(inputs, outputs, rectify, compressed);
            using var x = Images(inputs);
            tape.Begin(training: true);
            var y = convolution.Forward(tape, x);
            y = rectify ? y : tape.Relu(y);
            Backward(tape, y);
            runs.Add(
            [
                .. y.Buffer.Span, .. x.Gradient.Span, .. convolution.Weight.Gradient.Span,
                .. convolution.Bias!.Gradient.Span,
            ]);
        }

        runs[0].ShouldContain(value => value == 0);
        runs[0].ShouldBe(runs[1]);
    }

    [Fact]
    public void A_convolution_of_one_example()
    {
        using var convolution = Create(3, 5, rectify: true, compressed: false);
        using var plain = Create(3, 5, rectify: false, compressed: false);
        var x = new float[3 * 5 * 6];
        new RandomStream(new Seed(1), "x").FillNormal(x, 1);
        float[] y = new float[5 * 5 * 6], expected = new float[y.Length];
        convolution.ForwardOne(x, y);
        plain.ForwardOne(x, expected);
        expected.ShouldContain(value => value < 0);
        y.ShouldBe([.. expected.Select(value => Math.Max(value, 0))]);
    }

    [Fact]
    public void A_sum()
    {
        var runs = new List<float[]>();
        foreach (var rectify in new[] { true, false })
        {
            using var team = new ThreadTeam(2);
            using var tape = new Tape(team);
            using Tensor a = Images(3), b = Images(3, "b");
            tape.Begin(training: true);
            // The first is read twice, so that the gradient is both overwritten and added to.
            var sum = tape.Add(a, b);
            var y = tape.Add(sum, a, rectify);
            y = rectify ? y : tape.Relu(y);
            Backward(tape, y);
            runs.Add([.. y.Buffer.Span, .. a.Gradient.Span, .. b.Gradient.Span]);
        }

        runs[0].ShouldBe(runs[1]);
    }

    private static Convolution Create(int inputs, int outputs, bool rectify, bool compressed)
    {
        var options = new ConvolutionOptions(Rectify: rectify);
        var convolution = new Convolution(
            "conv", new Shape(inputs, 5, 6), outputs, options, InitialiserRegistry.Parse("glorot-normal"));
        convolution.Initialise(new Seed(3));
        new RandomStream(new Seed(3), "bias").FillNormal(convolution.Bias!.Values.Span, 0.3f);
        if (!compressed)
            return convolution;
        var scores = new float[convolution.Weight.Shape.Count];
        new RandomStream(new Seed(3), "mask").FillUniform(scores, 0, 1);
        convolution.Weight.SetMask(new Mask(convolution.Weight.Shape, [.. scores.Select(score => score < 0.3f)]));
        convolution.Compress(_ => true);
        return convolution;
    }

    private static Tensor Images(int channels, string name = "x")
    {
        var x = new Tensor(new Shape(channels, 5, 6, 20), requiresGradient: true);
        for (var row = 0; row < x.Rows; row++)
            new RandomStream(new Seed(1), name, row).FillNormal(x.Row(row), 1);
        return x;
    }

    private static void Backward(Tape tape, Tensor y)
    {
        for (var row = 0; row < y.Rows; row++)
            new RandomStream(new Seed(2), "dy", row).FillNormal(y.Gradient.Span.Slice(row * y.Lanes, y.Batch), 1);
        tape.BackwardFrom(y);
    }
}
