using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Random;
using Tombola.Numerics.Vectors;

namespace Tombola.Tests.Numerics.Lanewise;

public sealed class SoftmaxLossTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(10, 60, 4)]
    [InlineData(3, 16, 50)]
    [InlineData(10, 1024, 8)]
    [InlineData(7, 2500, 8)]
    public void Loss_and_slopes_are_those_of_the_definition(int classes, int batch, float spread)
    {
        var lanes = VectorWidth.Padded(batch);
        using FloatBuffer logits = RandomBuffers.Create(classes * lanes, "logits"), slopes = new(classes * lanes);
        slopes.Span.Fill(float.NaN);
        foreach (ref var logit in logits.Span)
            logit *= spread;
        var labels = new int[batch];
        for (var i = 0; i < batch; i++)
            labels[i] = new RandomStream(new Seed(1), "labels").Below(classes, i);

        var sum = SoftmaxLoss.Run(slopes, logits, labels, classes, lanes);

        var expected = 0.0;
        for (var lane = 0; lane < lanes; lane++)
        {
            var exponentials = Enumerable.Range(0, classes)
                .Select(row => Math.Exp(logits.Span[(row * lanes) + lane])).ToArray();
            for (var row = 0; row < classes; row++)
            {
                var oneHot = lane < batch && labels[lane] == row ? 1 : 0;
                var slope = lane < batch ? (exponentials[row] / exponentials.Sum()) - oneHot : 0;
                ((double)slopes.Span[(row * lanes) + lane]).ShouldBe(slope, lane < batch ? 1e-6 : 1e-30);
            }

            expected -= lane < batch ? Math.Log(exponentials[labels[lane]] / exponentials.Sum()) : 0;
        }

        sum.ShouldBe(expected, 1e-6 * batch * spread);
    }

    [Fact]
    public void Huge_logits_neither_overflow_nor_vanish()
    {
        using FloatBuffer logits = new(3 * 16), slopes = new(3 * 16);
        float[] column = [1e30f, -1e30f, 1e30f];
        for (var row = 0; row < 3; row++)
            logits.Span[row * 16] = column[row];
        SoftmaxLoss.Run(slopes, logits, [0], 3, 16).ShouldBe(Math.Log(2), 1e-6);
        slopes.Span[0].ShouldBe(-0.5f);
        slopes.Span[16].ShouldBe(0);
        slopes.Span[32].ShouldBe(0.5f);
    }

    [Fact]
    public void A_NaN_shows_in_the_loss()
    {
        using FloatBuffer logits = new(2 * 16), slopes = new(2 * 16);
        logits.Span[16] = float.NaN;
        SoftmaxLoss.Run(slopes, logits, [0], 2, 16).ShouldBe(double.NaN);
    }
}
