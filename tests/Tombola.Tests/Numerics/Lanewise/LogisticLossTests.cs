using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Vectors;

namespace Tombola.Tests.Numerics.Lanewise;

public sealed class LogisticLossTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 60)]
    [InlineData(2, 700)]
    public void Loss_and_slopes_are_those_of_the_definition(int rows, int batch)
    {
        var lanes = VectorWidth.Padded(batch);
        using var z = RandomBuffers.Create(rows * lanes, "z");
        using var targets = RandomBuffers.Create(rows * lanes, "t");
        using var slopes = new FloatBuffer(rows * lanes);
        var expected = 0.0;
        var expectedSlopes = new double[slopes.Length];
        for (var i = 0; i < slopes.Length; i++)
        {
            z.Span[i] *= 8;
            targets.Span[i] = (targets.Span[i] + 1) / 2;
            if (i % lanes >= batch)
                continue;
            double sigmoid = 1 / (1 + Math.Exp(-z.Span[i])), t = targets.Span[i];
            expected -= (t * Math.Log(sigmoid)) + ((1 - t) * Math.Log(1 - sigmoid));
            expectedSlopes[i] = sigmoid - t;
        }

        LogisticLoss.Run(slopes, z, targets, batch, lanes).ShouldBe(expected, 1e-9 * expected);
        for (var i = 0; i < slopes.Length; i++)
            ((double)slopes.Span[i]).ShouldBe(expectedSlopes[i], i % lanes < batch ? 1e-6 : 1e-30);
    }

    [Theory]
    [InlineData(1000, 0, 1000)]
    [InlineData(-1000, 1, 1000)]
    [InlineData(1000, 1, 0)]
    [InlineData(-1000, 0, 0)]
    [InlineData(30, 1, 9.357622968840175e-14)]
    public void Sure_answers_neither_overflow_nor_cancel(float logit, float target, double expected)
    {
        using FloatBuffer z = new(16), targets = new(16), slopes = new(16);
        z.Span[0] = logit;
        targets.Span[0] = target;
        LogisticLoss.Run(slopes, z, targets, 1, 16).ShouldBe(expected, Math.Max(2e-15, 1e-12 * expected));
        float.IsFinite(slopes.Span[0]).ShouldBeTrue();
    }
}
