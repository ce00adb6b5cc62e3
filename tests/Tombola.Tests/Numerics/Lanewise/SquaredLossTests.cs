using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Vectors;

namespace Tombola.Tests.Numerics.Lanewise;

public sealed class SquaredLossTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 60)]
    [InlineData(40, 65)]
    public void Loss_and_slopes_are_those_of_the_definition(int rows, int batch)
    {
        var lanes = VectorWidth.Padded(batch);
        using var x = RandomBuffers.Create(rows * lanes, "x");
        using var targets = RandomBuffers.Create(rows * lanes, "t");
        using var slopes = new FloatBuffer(rows * lanes);
        var sum = SquaredLoss.Run(slopes, x, targets, batch, lanes);
        var expected = 0.0;
        for (var i = 0; i < slopes.Length; i++)
        {
            var distance = i % lanes < batch ? x.Span[i] - targets.Span[i] : 0;
            slopes.Span[i].ShouldBe(2 * distance);
            expected += (double)distance * distance;
        }

        sum.ShouldBe(expected, 1e-12 * expected);
    }
}
