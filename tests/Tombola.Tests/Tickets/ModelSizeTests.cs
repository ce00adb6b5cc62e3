using Tombola.Formats;
using Tombola.Tickets;

namespace Tombola.Tests.Tickets;

public sealed class ModelSizeTests
{
    /// <summary>
    /// Weights remaining: Frankle and Carbin 2019; of Conv-6, whose size in the paper does not follow from its layers,
    /// by hand.
    /// </summary>
    [Theory]
    [InlineData("lenet-300-100", 7, 21.1)]
    [InlineData("lenet-300-100", 15, 3.6)]
    [InlineData("conv-2", 11, 8.8)]
    [InlineData("conv-2", 14, 4.6)]
    [InlineData("conv-4", 11, 11.1)]
    [InlineData("conv-4", 12, 9.2)]
    [InlineData("conv-6", 7, 26.6)]
    [InlineData("conv-6", 10, 15.3)]
    [InlineData("resnet-18-cifar", 4, 41.7)]
    [InlineData("resnet-18-cifar", 6, 27.1)]
    [InlineData("resnet-18-cifar", 7, 21.9)]
    [InlineData("resnet-18-cifar", 10, 11.8)]
    [InlineData("vgg-19", 12, 6.9)]
    [InlineData("vgg-19", 15, 3.5)]
    [InlineData("vgg-19", 19, 1.5)]
    public void Levels_pass_the_published_percentages(string name, int level, double percent)
    {
        var size = ModelSize.All(level).Single(model => model.Name == name);
        Math.Round(100 * size.AtLevel!.Density, 1).ShouldBe(percent);
        size.AtLevel.WeightsRemaining.ShouldBe((long)Math.Round(size.AtLevel.Density * size.PrunableWeights!.Value));
    }

    /// <summary>LeNet and Conv-2 by hand; the others as He et al. 2015 and ImageNet's model zoos print them.</summary>
    [Theory]
    [InlineData("lenet-300-100", 266_200, 0.5)]
    [InlineData("conv-2", 43_780_608, 0.5)]
    [InlineData("resnet-20", 40.8e6, 0.05e6)]
    [InlineData("resnet-18", 1.81e9, 0.01e9)]
    [InlineData("resnet-50", 4.09e9, 0.01e9)]
    public void A_forward_pass_has_the_known_number_of_multiply_adds(string name, double expected, double tolerance)
    {
        var size = ModelSize.All().Single(model => model.Name == name);
        ((double)size.MultiplyAdds!.Value).ShouldBe(expected, tolerance);
        size.AtLevel.ShouldBeNull();
    }

    [Fact]
    public void What_remains_of_the_multiply_adds_goes_by_the_layers()
    {
        // Conv-2 after one round: convolutions of 1,728 and 36,864 weights at 1,024 pixels, 256 × 16,384 and so on.
        var once = ModelSize.All(1).Single(model => model.Name == "conv-2").AtLevel!;
        once.MultiplyAdds.ShouldBe((1024L * (1_555 + 33_178)) + 3_355_443 + 52_429 + 2_304);
        ModelSize.All(1).Single(model => model.Name == "mlp").AtLevel.ShouldBeNull("it has no sizes of its own");
    }

    [Theory]
    [InlineData("lenet-mnist")]
    [InlineData("conv2-cifar10")]
    [InlineData("conv4-cifar10")]
    [InlineData("conv6-cifar10")]
    [InlineData("resnet18-cifar10")]
    [InlineData("vgg19-cifar10")]
    public void The_papers_pruning_is_that_of_the_presets(string preset)
    {
        var experiment = ExperimentFile.BindStudy(Presets.Open(preset)).Variants[0];
        CanonicalJson.Pretty(ModelSize.PruningOf(experiment.Model.Name))
            .ShouldBe(CanonicalJson.Pretty(experiment.Pruning));
    }
}
