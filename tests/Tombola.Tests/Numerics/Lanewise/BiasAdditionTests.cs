using Tombola.Numerics.Lanewise;
using Tombola.Numerics.Memory;
using Tombola.Numerics.Threads;

namespace Tombola.Tests.Numerics.Lanewise;

public sealed class BiasAdditionTests
{
    [Theory]
    [InlineData(1, 16, 1)]
    [InlineData(7, 48, 2)]
    [InlineData(300, 64, 3)]
    public void Adds_one_number_to_each_row(int rows, int lanes, int threads)
    {
        using var team = new ThreadTeam(threads);
        using FloatBuffer x = RandomBuffers.Create(rows * lanes, "x"), bias = RandomBuffers.Create(rows, "bias");
        using var y = new FloatBuffer(x.Length);
        BiasAddition.Run(team, y, x, bias, rows, lanes);
        for (var i = 0; i < x.Length; i++)
            y.Span[i].ShouldBe(x.Span[i] + bias.Span[i / lanes]);
    }
}
