using Tombola.Nn.Models;
using Tombola.Pruning;
using Tombola.Tensors;
using Tombola.Tickets;

namespace Tombola.Tests.Tickets;

/// <summary>Holds the weights remaining at each level against the papers' percentages.</summary>
public sealed class LevelArithmeticTests
{
    [Fact]
    public void Lenet_passes_the_published_percentages()
    {
        using var model = ModelRegistry.Create(new ModelOptions(), new Shape(28, 28), 10);
        var layers = PrunableLayer.Of(model);
        var remaining = PrunableLayer.WeightsRemaining(layers, new PruningOptions(), 20);
        remaining[0].ShouldBe(266_200);
        remaining[1].ShouldBe(188_160 + 24_000 + 900);
        double[] percents = [.. remaining.Select(weights => Math.Round(100.0 * weights / 266_200, 1))];
        percents.ShouldBe([
            100, 80.0, 64.1, 51.3, 41.1, 32.9, 26.3, 21.1, 16.9, 13.5, 10.8,
            8.7, 7.0, 5.6, 4.5, 3.6, 2.9, 2.3, 1.9, 1.5, 1.2]);
    }

    [Theory]
    [InlineData(1, 188_160, 24_000, 900)]
    [InlineData(3, 120_422, 15_360, 729)]
    [InlineData(7, 49_325, 6_291, 478)]
    [InlineData(12, 16_162, 2_062, 282)]
    [InlineData(15, 8_275, 1_056, 206)]
    [InlineData(24, 1_111, 142, 79)]
    public void Lenet_has_exact_counts_in_each_layer(int level, int first, int second, int output)
    {
        PruningCounts.Survivors(784 * 300, 0.2, level).ShouldBe(first);
        PruningCounts.Survivors(300 * 100, 0.2, level).ShouldBe(second);
        PruningCounts.Survivors(100 * 10, 0.1, level).ShouldBe(output);
        using var model = ModelRegistry.Create(new ModelOptions(), new Shape(28, 28), 10);
        PrunableLayer.WeightsRemaining(PrunableLayer.Of(model), new PruningOptions(), level)[level]
            .ShouldBe(first + second + output);
    }

    [Fact]
    public void The_global_scope_counts_all_layers_as_one()
    {
        PrunableLayer[] layers =
        [
            new("a", new Shape(3, 5), LayerKind.FullyConnected), new("b", new Shape(2, 5), LayerKind.Output),
        ];
        var options = new PruningOptions { Scope = PruningScope.Global, FullyConnectedRate = 0.5 };
        PrunableLayer.WeightsRemaining(layers, options, 3).ShouldBe([25, 12, 6, 3]);
    }
}
